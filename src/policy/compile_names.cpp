/// Holds the names of a config against the live schema.
#include "policy/compile_scope.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

/// The first line of a CSV may be no header but a record, whose values are nobody's business: it is
/// never listed.
std::string column_suggestion(const TableScope& table, const std::string& name) {
  const auto& columns = table.live->columns;
  if (table.dataset.names.has_declared_names()) return suggestion(name, columns);
  const auto nearest = nearest_word(name, columns);
  if (!nearest.empty()) return fmt::format("did you mean '{}'?", nearest);
  return "the first line names the columns: correct `delimiter`, or name them yourself, `header: [a, b]`";
}

void find_columns(const TableScope& table, std::vector<NamedColumn>& columns) {
  for (auto& column : columns) column = find_column(table, column);
}

bool is_pattern(const NamedColumn& column) { return column.name.find('*') != std::string::npos; }

std::vector<NamedColumn> columns_that_fit(const TableScope& table, const NamedColumn& pattern) {
  if (table.live == nullptr) return {pattern};
  std::vector<NamedColumn> columns;
  for (const auto& column : table.live->columns) {
    if (table.dataset.names.fits(pattern.name, column)) columns.push_back({column, pattern.where});
  }
  if (columns.empty()) {
    table.dataset.findings.warning(pattern.where, "unused",
                                   fmt::format("no column of table '{}' fits '{}'", table.name, pattern.name),
                                   column_suggestion(table, pattern.name));
  }
  return columns;
}

void check_category(const DatasetScope& dataset, const CategoryColumns& category) {
  std::vector<std::string> declared{"technical"};
  for (const auto& known : dataset.policy.categories) declared.push_back(known.name);
  if (std::find(declared.begin(), declared.end(), category.category) != declared.end()) return;
  dataset.findings.error(category.where, "undeclared",
                         fmt::format("policy '{}' has no data category '{}'", dataset.policy.id, category.category),
                         suggestion(category.category, declared));
}

void resolve_category(const TableScope& table, CategoryColumns& category) {
  check_category(table.dataset, category);
  std::vector<NamedColumn> columns;
  for (const auto& pattern : category.patterns) {
    const auto found =
        is_pattern(pattern) ? columns_that_fit(table, pattern) : std::vector<NamedColumn>{find_column(table, pattern)};
    columns.insert(columns.end(), found.begin(), found.end());
  }
  category.patterns = std::move(columns);
}

void resolve_pairs(const TableScope& child, const TableScope& parent, std::vector<ColumnPair>& pairs) {
  for (auto& pair : pairs) {
    pair.child = find_column(child, pair.child);
    pair.parent = find_column(parent, pair.parent);
  }
}

void resolve_relation(const TableScope& child, DeclaredRelation& relation) {
  const auto parent = find_table(child.dataset, relation.parent.name, relation.parent.where);
  relation.parent.name = parent.name;
  resolve_pairs(child, parent, relation.on);
}

void resolve_subject(const TableScope& table, DataSubject& subject) {
  if (subject.via) {
    resolve_relation(table, *subject.via);
  } else {
    subject.column = find_column(table, subject.column);
  }
}

void resolve_other_table(const TableScope& table, OtherTable& other) {
  const auto rows = find_table(table.dataset, other.table.name, other.table.where);
  other.table.name = rows.name;
  other.column = find_column(rows, other.column);
  if (!other.via) return resolve_pairs(rows, table, other.on);
  const auto between = find_table(table.dataset, other.via->table.name, other.via->table.where);
  other.via->table.name = between.name;
  resolve_pairs(rows, between, other.via->on);
  resolve_pairs(between, table, other.on);
}

}  // namespace

TableScope find_table(const DatasetScope& dataset, const std::string& name, const SourceLocation& where) {
  const auto* const live = dataset.names.table(name);
  if (live == nullptr) {
    if (dataset.names.schema() != nullptr) {
      dataset.findings.error(where, "no-table", fmt::format("the dataset has no table '{}'", name),
                             suggestion(name, dataset.names.table_names()));
    }
    return {dataset, name, nullptr};
  }
  if (!live->is_plain_table) {
    dataset.findings.error(where, "not-a-table", fmt::format("'{}' is a view or a virtual table", live->name),
                           "name the table that holds its records");
  }
  return {dataset, live->name, live};
}

NamedColumn find_column(const TableScope& table, const NamedColumn& column) {
  if (table.live == nullptr) return column;
  if (const auto* const name = table.dataset.names.column(*table.live, column.name)) return {*name, column.where};
  table.dataset.findings.error(column.where, "no-column",
                               fmt::format("table '{}' has no column '{}'", table.name, column.name),
                               column_suggestion(table, column.name));
  return column;
}

TableConfig resolve_names(const TableScope& table, TableConfig config) {
  config.name = table.name;
  find_columns(table, config.key);
  if (config.anonymised_mark) config.anonymised_mark = find_column(table, *config.anonymised_mark);
  if (config.data_subject) resolve_subject(table, *config.data_subject);
  if (config.follows) resolve_relation(table, *config.follows);
  for (auto& category : config.columns) resolve_category(table, category);
  for (auto& event : config.events) {
    if (event.other_table) resolve_other_table(table, *event.other_table);
    if (!event.other_table && !event.first_seen) event.column = find_column(table, event.column);
  }
  for (auto& relation : config.relations) resolve_relation(table, relation);
  return config;
}

}  // namespace oubli
