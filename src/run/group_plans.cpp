#include "run/group_plans.hpp"

#include <algorithm>

namespace oubli {

namespace {

const PlannedTable& planned_table(const DatasetPlan& plan, const RuledTable* table) {
  return *std::ranges::find(plan.tables, table, &PlannedTable::table);
}

}  // namespace

GroupPlan group_plan(const DatasetPlan& plan, const TableGroup& group, const GoingRecords& going,
                     const std::set<std::string>& allowed) {
  GroupPlan result;
  result.as_one = group.as_one;
  result.going = &going;
  for (const auto* table : group.tables) {
    const auto& planned = planned_table(plan, table);
    if (!allowed.contains(planned.name()) || planned.failure) continue;
    const auto& outcomes = planned.tally.outcomes;
    auto pass = plan.families->pass(*table, plan.matchers.at(planned.name()));
    pass.with_key = true;
    result.tables.push_back({std::move(pass), outcomes[Outcome::archive] + outcomes[Outcome::purge]});
  }
  const bool has_root = std::ranges::any_of(
      result.tables, [](const TablePlan& t) { return t.pass.table->root == t.pass.table->rules.table; });
  if (!has_root) result.tables.clear();
  return result;
}

std::vector<TablePlan> rewriting_plans(const DatasetPlan& plan, const TableGroup& group,
                                       const std::set<std::string>& allowed) {
  auto tables = group_plan(plan, group, *plan.families, allowed).tables;
  for (auto& table : tables) table.expected = planned_table(plan, table.pass.table).tally.to_rewrite();
  std::erase_if(tables, [](const TablePlan& table) { return table.expected == 0; });
  return tables;
}

bool OldestRecords::goes(const RuledTable& table, const JudgedRecord& record) const {
  return record.judgement.due && *record.judgement.due <= m_until && m_going.goes(table, record);
}

bool OldestRecords::is_rewritten(const RuledTable& table, const JudgedRecord& record) const {
  const bool is_later = record.judgement.due && *record.judgement.due > m_until;
  return !(record.judgement.outcome == Outcome::anonymise && is_later) && m_going.is_rewritten(table, record);
}

bool MinimisedRecords::is_rewritten(const RuledTable& table, const JudgedRecord& record) const {
  return record.judgement.outcome != Outcome::anonymise && m_going.is_rewritten(table, record);
}

std::vector<OldestShare> oldest_shares(const std::map<Day, std::int64_t>& due_since, std::int64_t most) {
  std::vector<OldestShare> shares;
  std::int64_t taken = 0;
  for (const auto& [day, records] : due_since) {
    if (taken == most) break;
    if (taken + records > most) {
      shares.push_back({day, most - taken});
      break;
    }
    taken += records;
    if (shares.empty()) shares.push_back({});
    shares.front() = {day, taken};
  }
  return shares;
}

}  // namespace oubli
