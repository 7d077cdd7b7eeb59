/// Findings that say the same of several columns or tables, told together.
#pragma once

#include "oubli/model/audit_report.hpp"

#include <span>
#include <string>
#include <vector>

namespace oubli::report {

using Findings = std::span<const AuditFinding>;

/// Neighbours with the same words, about columns of one table or tables of one dataset.
[[nodiscard]] std::vector<Findings> grouped_findings(const std::vector<AuditFinding>& findings);

/// "crm.contacts: notes, extra", "crm: old, tmp"; of one finding alone its place as it is.
[[nodiscard]] std::string places_of(Findings group);

/// "oubli.yaml:9", each line once; empty where no line says it.
[[nodiscard]] std::string lines_of(Findings group);

}  // namespace oubli::report
