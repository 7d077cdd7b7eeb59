/// The numbered checks of `oubli audit`. Pure: from facts to findings.
#pragma once

#include "oubli/audit/facts.hpp"
#include "oubli/model/audit_report.hpp"

#include <vector>

namespace oubli {

/// Runs every check, by number.
[[nodiscard]] std::vector<AuditCheck> run_checks(const AuditFacts& facts);

/// All checks without their results, for manuals and SARIF: number, name, title, legal reference.
[[nodiscard]] std::vector<AuditCheck> all_checks();

}  // namespace oubli
