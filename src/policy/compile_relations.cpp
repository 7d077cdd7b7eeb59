#include "policy/compile_relations.hpp"

#include "policy/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

Relation relation_of(const TableConfig& child, const DeclaredRelation& declared, bool follows) {
  Relation relation;
  relation.child = child.name;
  relation.parent = declared.parent.name;
  relation.follows = follows;
  for (const auto& pair : declared.on) {
    relation.child_columns.push_back(pair.child.name);
    relation.parent_columns.push_back(pair.parent.name);
  }
  return relation;
}

namespace {

/// True when each pair of columns of `a` is one of `b`; their order doesn't matter.
bool has_pairs(const LiveNames& names, const Relation& a, const Relation& b) {
  for (std::size_t i = 0; i < a.child_columns.size(); ++i) {
    bool found = false;
    for (std::size_t j = 0; j < b.child_columns.size() && !found; ++j) {
      found =
          names.same(a.child_columns[i], b.child_columns[j]) && names.same(a.parent_columns[i], b.parent_columns[j]);
    }
    if (!found) return false;
  }
  return a.child_columns.size() == b.child_columns.size();
}

bool is_same(const LiveNames& names, const Relation& a, const Relation& b) {
  return names.same(a.child, b.child) && names.same(a.parent, b.parent) && has_pairs(names, a, b);
}

void add(const LiveNames& names, std::vector<Relation>& relations, Relation relation) {
  const auto known = std::find_if(relations.begin(), relations.end(),
                                  [&](const Relation& other) { return is_same(names, other, relation); });
  if (known == relations.end()) {
    relations.push_back(std::move(relation));
  } else {
    known->follows = known->follows || relation.follows;
  }
}

/// True when the columns hold a set the schema knows to be unique.
bool identify_a_row(const LiveTable& parent, const std::vector<std::string>& columns) {
  const auto is_named = [&](const std::string& column) {
    return std::find(columns.begin(), columns.end(), column) != columns.end();
  };
  return std::any_of(parent.unique.begin(), parent.unique.end(),
                     [&](const auto& set) { return std::all_of(set.begin(), set.end(), is_named); });
}

}  // namespace

void check_parent(const DatasetScope& dataset, const DeclaredRelation& declared, const Relation& relation) {
  const auto* const schema = dataset.names.schema();
  const auto* const parent = dataset.names.table(relation.parent);
  if (schema == nullptr || !schema->enforces_keys || parent == nullptr) return;
  const bool all_exist =
      std::all_of(relation.parent_columns.begin(), relation.parent_columns.end(),
                  [&](const std::string& column) { return dataset.names.column(*parent, column) != nullptr; });
  if (!all_exist || identify_a_row(*parent, relation.parent_columns)) return;
  dataset.findings.error(declared.on.front().parent.where, "relation",
                         fmt::format("({}) doesn't tell one row of table '{}' from another",
                                     joined(relation.parent_columns), parent->name),
                         "name the columns of its primary key or of a unique index");
}

namespace {

void declare(const DatasetScope& dataset, const TableConfig& child, const DeclaredRelation& declared, bool follows,
             std::vector<Relation>& relations) {
  Relation relation = relation_of(child, declared, follows);
  check_parent(dataset, declared, relation);
  add(dataset.names, relations, std::move(relation));
}

std::vector<std::string> names_of(const std::vector<TableConfig>& tables) {
  std::vector<std::string> names;
  for (const auto& table : tables) names.push_back(table.name);
  return names;
}

/// The index of the table that `table` follows, or -1.
int parent_of(const DatasetScope& dataset, const std::vector<TableConfig>& tables, const TableConfig& table) {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const TableConfig& other) {
    return dataset.names.same(other.name, table.follows->parent.name);
  });
  return found == tables.end() ? -1 : static_cast<int>(found - tables.begin());
}

int find_root(const DatasetScope& dataset, const std::vector<TableConfig>& tables, std::size_t start) {
  auto at = static_cast<int>(start);
  for (std::size_t steps = 0; steps <= tables.size(); ++steps) {
    const auto& table = tables[static_cast<std::size_t>(at)];
    if (!table.follows) return at;
    at = parent_of(dataset, tables, table);
    if (at < 0) return at;
  }
  const auto& table = tables[start];
  dataset.findings.error(table.follows->parent.where, "relation",
                         fmt::format("table '{}' follows tables that follow each other in a circle", table.name),
                         "let one of them serve the purposes itself");
  return -1;
}

void check_follows(const DatasetScope& dataset, const std::vector<TableConfig>& tables, const TableConfig& table) {
  auto& findings = dataset.findings;
  const auto& parent = table.follows->parent;
  const bool is_missing = dataset.names.schema() != nullptr && dataset.names.table(parent.name) == nullptr;
  if (!is_missing && parent_of(dataset, tables, table) < 0) {
    findings.error(parent.where, "relation",
                   fmt::format("table '{}' follows '{}', which serves no purpose here", table.name, parent.name),
                   suggestion(parent.name, names_of(tables)));
  }
  if (!table.purposes.empty()) {
    findings.error(table.purposes.front().where, "relation",
                   fmt::format("table '{}' follows '{}' and can't serve purposes of its own", table.name, parent.name),
                   "remove 'purposes', or 'follows' and 'on'");
  }
  if (!table.events.empty()) {
    findings.error(table.events.front().where, "relation",
                   fmt::format("table '{}' follows '{}' and goes by the events of that table", table.name, parent.name),
                   "remove 'events', or 'follows' and 'on'");
  }
}

}  // namespace

std::vector<Relation> compile_relations(const DatasetScope& dataset, const std::vector<TableConfig>& tables) {
  std::vector<Relation> relations;
  if (const auto* const schema = dataset.names.schema()) {
    for (const auto& foreign_key : schema->foreign_keys) add(dataset.names, relations, foreign_key);
  }
  for (const auto& table : tables) {
    if (table.follows) declare(dataset, table, *table.follows, true, relations);
    for (const auto& declared : table.relations) declare(dataset, table, declared, false, relations);
  }
  return relations;
}

std::vector<int> find_roots(const DatasetScope& dataset, const std::vector<TableConfig>& tables) {
  std::vector<int> roots;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (tables[i].follows) check_follows(dataset, tables, tables[i]);
    roots.push_back(find_root(dataset, tables, i));
  }
  return roots;
}

}  // namespace oubli
