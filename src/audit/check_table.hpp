/// How a check is written: a line in the table of its group and a small function from facts to a result.
#pragma once

#include "model/figures.hpp"
#include "oubli/audit/facts.hpp"
#include "oubli/model/audit_report.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::audit {

/// What a check found. Without findings it passed.
struct CheckResult {
  std::string figure;  ///< what was looked at
  std::vector<AuditFinding> findings{};
  bool is_applicable = true;
};

/// What a baseline's own entries are told by; see accept_known.
inline constexpr int k_baseline_check = 106;

struct CheckLine {
  int number;
  const char* name;
  const char* title;
  const char* legal;
  CheckResult (*run)(const AuditFacts& facts);
};

/// The groups' tables, each in a file of its own.
[[nodiscard]] std::span<const CheckLine> policy_checks();
[[nodiscard]] std::span<const CheckLine> mapping_checks();
[[nodiscard]] std::span<const CheckLine> record_checks();
[[nodiscard]] std::span<const CheckLine> archive_checks();
[[nodiscard]] std::span<const CheckLine> run_checks_of_state();

/// Of the archive's records, as 301 of the live ones.
[[nodiscard]] CheckResult check_archive_overdue(const AuditFacts& facts);

[[nodiscard]] CheckResult not_applicable(std::string why);

[[nodiscard]] AuditFinding failure(FindingPlace place, std::string message, std::string hint);
[[nodiscard]] AuditFinding caution(FindingPlace place, std::string message, std::string hint);

[[nodiscard]] FindingPlace place_of(const TableFacts& table);
[[nodiscard]] FindingPlace place_of(const TableFacts& table, const ColumnFacts& column);
[[nodiscard]] FindingPlace place_of(const TableFacts& table, const std::string& purpose);
[[nodiscard]] FindingPlace place_of(const Policy& policy, const Purpose& purpose);

/// Whether the selection leaves this purpose in.
[[nodiscard]] bool is_selected(const AuditFacts& facts, const std::string& purpose);

/// Every table of either side, dataset by dataset.
void for_each_table(const AuditFacts& facts, const std::function<void(const TableFacts&)>& use);
/// Every purpose of the policies that the selection leaves in.
void for_each_purpose(const AuditFacts& facts, const std::function<void(const Policy&, const Purpose&)>& use);

}  // namespace oubli::audit
