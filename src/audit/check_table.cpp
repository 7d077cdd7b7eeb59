#include "audit/check_table.hpp"

#include "oubli/audit/checks.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace audit {

namespace {

struct Group {
  const char* title;
  std::span<const CheckLine> (*lines)();
};

constexpr Group k_groups[] = {{"Policy", policy_checks},
                              {"Datasets", mapping_checks},
                              {"Records", record_checks},
                              {"Archive and holds", archive_checks},
                              {"Runs and proof", run_checks_of_state}};

AuditCheck heading_of(const Group& group, const CheckLine& line) {
  AuditCheck check;
  check.number = line.number;
  check.name = line.name;
  check.group = group.title;
  check.title = line.title;
  check.legal = line.legal;
  return check;
}

AuditCheck run(const Group& group, const CheckLine& line, const AuditFacts& facts) {
  auto check = heading_of(group, line);
  auto result = line.run(facts);
  check.figure = std::move(result.figure);
  check.findings = std::move(result.findings);
  if (!result.is_applicable) check.state = CheckState::not_applicable;
  for (const auto& finding : check.findings) check.state = std::max(check.state, finding.state);
  std::ranges::stable_sort(check.findings, std::ranges::greater(), &AuditFinding::state);
  return check;
}

}  // namespace

CheckResult not_applicable(std::string why) { return {std::move(why), {}, false}; }

AuditFinding failure(FindingPlace place, std::string message, std::string hint) {
  return {CheckState::fail, std::move(place), std::move(message), std::move(hint)};
}

AuditFinding caution(FindingPlace place, std::string message, std::string hint) {
  return {CheckState::warn, std::move(place), std::move(message), std::move(hint)};
}

FindingPlace place_of(const TableFacts& table) { return {table.dataset, table.table, table.side, {}, {}, table.where}; }

FindingPlace place_of(const TableFacts& table, const ColumnFacts& column) {
  auto place = place_of(table);
  place.column = column.name;
  if (column.where.line > 0) place.where = column.where;
  return place;
}

FindingPlace place_of(const TableFacts& table, const std::string& purpose) {
  auto place = place_of(table);
  place.purpose = purpose;
  return place;
}

FindingPlace place_of(const Policy& policy, const Purpose& purpose) {
  return {{}, {}, Side::live, {}, purpose.name, {policy.file, purpose.where.line, purpose.where.column, 1}};
}

bool is_selected(const AuditFacts& facts, const std::string& purpose) {
  return facts.purposes.empty() || std::ranges::count(facts.purposes, purpose) > 0;
}

void for_each_table(const AuditFacts& facts, const std::function<void(const TableFacts&)>& use) {
  for (const auto& dataset : facts.datasets) {
    for (const auto& table : dataset.tables) use(table);
  }
}

void for_each_purpose(const AuditFacts& facts, const std::function<void(const Policy&, const Purpose&)>& use) {
  for (const auto& policy : facts.policies) {
    for (const auto& purpose : policy.purposes) {
      if (is_selected(facts, purpose.name)) use(policy, purpose);
    }
  }
}

}  // namespace audit

std::vector<AuditCheck> run_checks(const AuditFacts& facts) {
  std::vector<AuditCheck> checks;
  for (const auto& group : audit::k_groups) {
    for (const auto& line : group.lines()) checks.push_back(audit::run(group, line, facts));
  }
  return checks;
}

std::vector<AuditCheck> all_checks() {
  std::vector<AuditCheck> checks;
  for (const auto& group : audit::k_groups) {
    for (const auto& line : group.lines()) checks.push_back(audit::heading_of(group, line));
  }
  return checks;
}

}  // namespace oubli
