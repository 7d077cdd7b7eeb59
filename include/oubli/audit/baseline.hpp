/// Holds what an audit found against what a person accepted.
#pragma once

#include "oubli/model/audit_report.hpp"
#include "oubli/model/baseline.hpp"

#include <vector>

namespace oubli {

/// Marks the findings that an entry in date accepts: they no longer count for their check. An entry that
/// accepts nothing, or whose last day is past, is itself a finding, of check 106.
void accept_known(std::vector<AuditCheck>& checks, const Baseline& baseline, Day today);

}  // namespace oubli
