/// What `oubli audit` prints.
#pragma once

#include "oubli/model/audit_report.hpp"
#include "oubli/report/report.hpp"

#include <ostream>

namespace oubli {

/// Each check by number with what it found, then the sum. With ages, a table and bars by year of start.
void write_audit_text(std::ostream& out, const AuditReport& report, const Style& style);
/// `oubli.audit/1`.
void write_audit_json(std::ostream& out, const AuditReport& report);
/// SARIF 2.1.0: every finding as a result, what is accepted as suppressed.
void write_audit_sarif(std::ostream& out, const AuditReport& report);

}  // namespace oubli
