#include "policy/compile_rewriting.hpp"

#include "policy/compile_rules.hpp"
#include "policy/personal_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace oubli {

namespace {

const std::string& anonymising_purpose(const TableRules& rules) {
  return std::find_if(rules.purposes.begin(), rules.purposes.end(),
                      [](const PurposeRule& rule) { return rule.then == Disposition::anonymise; })
      ->purpose;
}

/// How the column writes a date: as an event of the table says, else in ISO form.
std::vector<ColumnFormat> formats_of(const TableConfig& config, const std::string& column) {
  const auto event = std::find_if(config.events.begin(), config.events.end(),
                                  [&](const EventMapping& mapping) { return mapping.column.name == column; });
  return event == config.events.end() ? std::vector{ColumnFormat{}} : event->formats;
}

/// The mask that the column's categories state; several different ones are reported elsewhere.
Mask mask_of(const TableScope& table, const TableConfig& config, const ListedColumn& listed) {
  Mask mask;
  for (const auto& category : table.dataset.policy.categories) {
    if (category.mask && is_among(listed.categories, category.name)) mask = *category.mask;
  }
  if (mask.kind == Mask::Kind::year_only) mask.formats = formats_of(config, listed.column.name);
  return mask;
}

CategorySet set_of(const std::vector<std::string>& categories, const TableRules& rules) {
  CategorySet set = 0;
  for (std::size_t i = 0; i < rules.categories.size(); ++i) {
    if (is_among(categories, rules.categories[i])) set |= CategorySet{1} << i;
  }
  return set;
}

void add_columns(const Condition& condition, const TableRules& rules, std::set<std::string>& columns) {
  for (const auto& part : condition.parts) add_columns(part, rules, columns);
  const bool is_column = condition.parts.empty() && !condition.names_event && condition.slot >= 0;
  if (is_column) columns.insert(rules.columns[static_cast<std::size_t>(condition.slot)]);
}

void add_slots(const std::vector<int>& slots, const TableRules& rules, std::set<std::string>& columns) {
  for (const int slot : slots) columns.insert(rules.columns[static_cast<std::size_t>(slot)]);
}

/// The columns by which the rules judge a record.
std::set<std::string> judging_columns(const TableRules& rules) {
  std::set<std::string> columns;
  for (const auto& event : rules.events) {
    if (event.column >= 0) columns.insert(rules.columns[static_cast<std::size_t>(event.column)]);
    if (event.when) add_columns(*event.when, rules, columns);
    if (event.other_table) add_slots(event.other_table->key, rules, columns);
    if (event.first_seen) add_slots(event.first_seen->key, rules, columns);
  }
  for (const auto& purpose : rules.purposes) {
    if (purpose.where) add_columns(*purpose.where, rules, columns);
  }
  return columns;
}

PersonalColumn personal_column(const TableScope& table, const RuledTable& ruled, const ListedColumn& listed) {
  PersonalColumn column;
  column.column = listed.column.name;
  column.categories = set_of(listed.categories, ruled.rules);
  column.anonymised = mask_of(table, ruled.config, listed);
  if (refuses_null(table, column.column)) column.minimised = column.anonymised;
  column.judges = ruled.root == ruled.rules.table && judging_columns(ruled.rules).contains(column.column);
  return column;
}

/// What the purposes of a table list, whether it has columns of that category or not.
std::vector<std::string> categories_of(const Policy& policy, const TableRules& rules) {
  std::vector<std::string> categories;
  for (const auto& purpose : policy.purposes) {
    const bool is_served = std::any_of(rules.purposes.begin(), rules.purposes.end(),
                                       [&](const PurposeRule& rule) { return rule.purpose == purpose.name; });
    if (is_served) categories.insert(categories.end(), purpose.categories.begin(), purpose.categories.end());
  }
  return categories;
}

bool minimises(const RuledTable& ruled) {
  const auto own = ruled.config.on_partial_end;
  return own == PartialEnd::unstated ? ruled.rules.minimises : own == PartialEnd::minimise;
}

}  // namespace

void assign_anonymised_rule(const TableScope& table, const TableConfig& config, TableRules& rules) {
  rules.minimises = config.on_partial_end == PartialEnd::minimise;
  if (!anonymises(rules)) return;
  if (!config.anonymised_mark) {
    table.dataset.findings.error(config.where, "missing-key",
                                 fmt::format("table '{}' anonymises under purpose '{}' and has no column to mark it in",
                                             table.name, anonymising_purpose(rules)),
                                 "add 'anonymised_mark: …', a column that is NULL until then");
    return;
  }
  AnonymisedRule rule{slot_of(rules, config.anonymised_mark->name), {}};
  for (const auto& listed : personal_columns(config)) {
    rule.masked.push_back({slot_of(rules, listed.column.name), mask_of(table, config, listed)});
  }
  rules.anonymised = std::move(rule);
}

void assign_personal_columns(const TableScope& table, RuledTable& ruled) {
  TableRules& rules = ruled.rules;
  rules.minimises = minimises(ruled);
  const bool is_masked = anonymises(rules);
  if (ruled.config.anonymised_mark && is_masked) rules.mark = ruled.config.anonymised_mark->name;
  if (!is_masked && !rules.minimises) return;
  for (const auto& listed : personal_columns(ruled.config)) {
    rules.personal.push_back(personal_column(table, ruled, listed));
  }
}

CategorySet categories_needed_below(const DatasetScope& scope, const RuledDataset& dataset, const RuledTable& table) {
  std::set<std::string> seen;
  std::vector<std::string> waiting;
  for (const auto& other : dataset.tables) {
    if (other.root == table.root && seen.insert(other.rules.table).second) waiting.push_back(other.rules.table);
  }
  CategorySet needed = 0;
  while (!waiting.empty()) {
    const std::string parent = std::exchange(waiting.back(), {});
    waiting.pop_back();
    for (const auto& relation : dataset.relations) {
      if (relation.parent != parent || !seen.insert(relation.child).second) continue;
      waiting.push_back(relation.child);
      const auto child = std::find_if(dataset.tables.begin(), dataset.tables.end(),
                                      [&](const RuledTable& other) { return other.rules.table == relation.child; });
      if (child != dataset.tables.end()) {
        needed |= set_of(categories_of(scope.policy, child->rules), table.rules);
      } else if (!is_among(dataset.config.no_personal_data, relation.child)) {
        return ~CategorySet{0};
      }
    }
  }
  return needed;
}

}  // namespace oubli
