#include "source/sqlite/references.hpp"

#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/pass.hpp"
#include "source/sqlite/typed_bytes.hpp"

#include <fmt/format.h>

namespace oubli::sqlite {
namespace {

void read_row(const ValueStatement& statement, std::vector<Value>& values) {
  values.resize(static_cast<std::size_t>(statement.columns()));
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = statement.column(static_cast<int>(i));
}

/// Finds a parent by the values of a child. A bound value has no affinity, so the parent's columns
/// decide how they compare, as they do for a foreign key.
ValueStatement parent_lookup(const OpenDataset& dataset, const Relation& relation) {
  const TableFacts& parent = dataset.catalog.plain_table(relation.parent);
  std::string condition;
  for (std::size_t i = 0; i < relation.parent_columns.size(); ++i) {
    condition += fmt::format("{}{} = ?{}", i == 0 ? "" : " AND ", column_of("p", relation.parent_columns[i]), i + 1);
  }
  return {dataset.database,
          fmt::format("SELECT {} FROM {} AS p WHERE {} LIMIT 1", fmt::join(parent.identity_of("p"), ", "),
                      main_table(parent.schema.name), condition)};
}

}  // namespace

void for_each_live_reference(OpenDataset& dataset, const Relation& relation, const UseKey& use) {
  const std::string child = dataset.catalog.plain_table(relation.child).schema.name;
  ValueStatement rows(dataset.database, fmt::format("SELECT {} FROM {} AS t0",
                                                    fmt::join(parent_identity(dataset.catalog, relation, "t0"), ", "),
                                                    main_table(child)));
  std::vector<Value> parent;
  while (rows.step()) {
    read_row(rows, parent);
    const RecordKey key = record_key(parent);
    if (!key.null) use(key);
  }
}

void for_each_archived_reference(OpenDataset& dataset, ArchiveFile& archive, const Relation& relation,
                                 const UseKey& use) {
  ValueStatement lookup = parent_lookup(dataset, relation);
  std::vector<Value> parent;
  archive.for_each_confirmed(relation.child, relation.child_columns, [&](std::span<const Value> child) {
    lookup.reset();
    lookup.bind_all(child);
    if (!lookup.step()) return;
    read_row(lookup, parent);
    use(record_key(parent));
  });
}

ValueStatement& ChildFinder::statement(std::size_t relation) {
  if (const auto found = m_statements.find(relation); found != m_statements.end()) return found->second;
  const Relation& pointing = m_dataset.rules.relations.at(relation);
  const TableFacts& parent = m_dataset.catalog.plain_table(pointing.parent);
  const TableFacts& child = m_dataset.catalog.plain_table(pointing.child);
  std::string places;
  for (std::size_t i = 1; i <= parent.identity.size(); ++i) places += fmt::format("{}?{}", i == 1 ? "" : ", ", i);
  // CROSS JOIN keeps the order: the one parent first, then its children, by an index where there is one.
  const std::string sql = fmt::format("SELECT {} FROM {} AS p CROSS JOIN {} AS c WHERE ({}) = ({}) AND {}",
                                      fmt::join(child.identity_of("c"), ", "), main_table(parent.schema.name),
                                      main_table(child.schema.name), fmt::join(parent.identity_of("p"), ", "), places,
                                      joined_on(pointing, "p", "c"));
  return m_statements.emplace(relation, ValueStatement(m_dataset.database, sql)).first->second;
}

std::vector<std::string> ChildFinder::children(std::size_t relation, std::string_view parent) {
  ValueStatement& rows = statement(relation);
  rows.bind_all(values_from(parent));
  std::vector<std::string> identities;
  std::vector<Value> child;
  while (rows.step()) {
    read_row(rows, child);
    identities.push_back(typed_bytes(child));
  }
  rows.reset();
  return identities;
}

bool ArchivedChildren::exist(OpenDataset& dataset, ArchiveFile& archive, std::size_t relation,
                             std::string_view parent) {
  const auto [entry, is_new] = m_parents.try_emplace(relation);
  auto& parents = entry->second;
  if (is_new) {
    for_each_archived_reference(dataset, archive, dataset.rules.relations.at(relation),
                                [&](const RecordKey& key) { parents.insert(key); });
  }
  return parents.contains(record_key(values_from(parent)));
}

void ArchivedChildren::forget(const OpenDataset& dataset, std::string_view child_table) {
  std::erase_if(m_parents, [&](const auto& entry) {
    return same_name(dataset.rules.relations.at(entry.first).child, child_table);
  });
}

}  // namespace oubli::sqlite
