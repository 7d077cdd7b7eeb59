/// Records by the year of their start, as an inspector asks for them.
#pragma once

#include "oubli/model/audit_report.hpp"
#include "oubli/report/report.hpp"

#include <ostream>
#include <vector>

namespace oubli::report {

/// One table and chart per purpose that has records.
void write_ages(std::ostream& out, const std::vector<AgeTable>& ages, const Style& style);

}  // namespace oubli::report
