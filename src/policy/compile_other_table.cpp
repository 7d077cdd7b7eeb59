/// Events whose day no column of the table gives: rows of another table do, or oubli's own memory (S11).
#include "policy/compile_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

/// A table whose name has been resolved: what is wrong with it has been told.
TableScope known_table(const DatasetScope& dataset, const std::string& name) {
  return {dataset, name, dataset.names.table(name)};
}

std::vector<std::string> children_of(const std::vector<ColumnPair>& pairs) {
  std::vector<std::string> names;
  for (const auto& pair : pairs) names.push_back(pair.child.name);
  return names;
}

std::vector<std::string> parents_of(const std::vector<ColumnPair>& pairs) {
  std::vector<std::string> names;
  for (const auto& pair : pairs) names.push_back(pair.parent.name);
  return names;
}

std::vector<const Relation*> relations_between(const LiveNames& names, const std::vector<Relation>& relations,
                                               const std::string& child, const std::string& parent) {
  std::vector<const Relation*> found;
  for (const auto& relation : relations) {
    if (names.same(relation.child, child) && names.same(relation.parent, parent)) found.push_back(&relation);
  }
  return found;
}

void resolve_table_between(const DatasetScope& dataset, const OtherTable& other, OtherTable::Via& via,
                           const std::vector<Relation>& relations) {
  const auto found = relations_between(dataset.names, relations, other.table.name, via.table.name);
  if (found.size() != 1) {
    if (dataset.names.schema() == nullptr) return;
    return dataset.findings.error(via.table.where, "relation",
                                  fmt::format("{} relation leads from table '{}' to '{}'",
                                              found.empty() ? "no" : "more than one", other.table.name, via.table.name),
                                  fmt::format("write 'via: {{{}: {{column of {}: column of {}}}}}'", via.table.name,
                                              other.table.name, via.table.name));
  }
  for (std::size_t i = 0; i < found.front()->child_columns.size(); ++i) {
    via.on.push_back({{found.front()->child_columns[i], via.table.where},
                      {found.front()->parent_columns[i], via.table.where}});
  }
}

bool names_table(const LiveNames& names, const EventMapping& event, const std::string& table) {
  const auto& other = event.other_table;
  return other && (names.same(other->table.name, table) || (other->via && names.same(other->via->table.name, table)));
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool looks_at(const OtherTableRule& rule, const LiveNames& names, const std::string& table, const std::string& column) {
  if (names.same(rule.table, table) && is_among(rule.columns, column)) return true;
  const auto& via = rule.via;
  return via && names.same(via->table, table) && (is_among(via->linked, column) || is_among(via->link, column));
}

/// The event that looks at this column of a row, as `table.event`; empty without one.
std::string event_that_looks_at(const LiveNames& names, const RuledDataset& rules, const std::string& table,
                                const std::string& column) {
  for (const auto& ruled : rules.tables) {
    for (const auto& event : ruled.rules.events) {
      const auto& other = event.other_table;
      if (other && looks_at(*other, names, table, column)) return ruled.rules.table + '.' + full_name(event);
    }
  }
  return {};
}

bool anonymises(const TableRules& rules) {
  return std::any_of(rules.purposes.begin(), rules.purposes.end(),
                     [](const PurposeRule& purpose) { return purpose.then == Disposition::anonymise; });
}

}  // namespace

OtherTableRule compile_other_table(const TableScope& table, const OtherTable& other, TableRules& rules) {
  OtherTableRule rule;
  rule.pick = other.pick;
  rule.table = other.table.name;
  const auto& link = other.via ? other.via->on : other.on;
  // Its own columns take slots of their own.
  TableRules rows;
  rows.columns = {other.column.name};
  for (const auto& column : children_of(link)) rows.columns.push_back(column);
  rule.links = link.size();
  if (other.where) {
    rule.where = compile_condition(known_table(table.dataset, other.table.name), *other.where, other.where_where, rows,
                                   nullptr, "");
  }
  rule.columns = std::move(rows.columns);
  if (other.via) rule.via = OtherTableRule::Via{other.via->table.name, parents_of(link), children_of(other.on)};
  for (const auto& column : parents_of(other.on)) rule.key.push_back(slot_of(rules, column));
  return rule;
}

FirstSeenRule compile_first_seen(const TableScope& table, const TableConfig& config, const EventMapping& mapping,
                                 TableRules& rules) {
  if (config.key.empty()) {
    table.dataset.findings.error(
        mapping.where, "missing-key",
        fmt::format("event '{}' is remembered by record, and table '{}' has no key", mapping.event, table.name),
        "add 'key: …', the columns that tell one record from another");
  }
  FirstSeenRule rule;
  for (const auto& column : config.key) rule.key.push_back(slot_of(rules, column.name));
  return rule;
}

void resolve_tables_between(const DatasetScope& dataset, std::vector<TableConfig>& tables,
                            const std::vector<Relation>& relations) {
  for (auto& table : tables) {
    for (auto& event : table.events) {
      auto& other = event.other_table;
      if (other && other->via && other->via->on.empty()) {
        resolve_table_between(dataset, *other, *other->via, relations);
      }
    }
  }
}

void spare_columns_of_events(const DatasetScope& dataset, const RuledDataset& rules, RuledTable& table) {
  for (auto& column : table.rules.personal) {
    const auto event = event_that_looks_at(dataset.names, rules, table.rules.table, column.column);
    if (event.empty()) continue;
    column.judges = true;
    if (!anonymises(table.rules)) continue;
    dataset.findings.error(table.config.where, "conflict",
                           fmt::format("anonymising would mask column '{}' of table '{}', which gives the event '{}'",
                                       column.column, table.rules.table, event),
                           "list it under technical if it holds nothing else");
  }
}

bool gives_an_event(const DatasetScope& dataset, const std::vector<TableConfig>& tables, const std::string& table) {
  return std::any_of(tables.begin(), tables.end(), [&](const TableConfig& config) {
    return std::any_of(config.events.begin(), config.events.end(),
                       [&](const EventMapping& event) { return names_table(dataset.names, event, table); });
  });
}

}  // namespace oubli
