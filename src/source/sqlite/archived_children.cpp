#include "source/sqlite/archived_children.hpp"

#include "source/sqlite/archived_keys.hpp"
#include "source/sqlite/connection.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/pass.hpp"

#include <fmt/format.h>

namespace oubli::sqlite {
namespace {

/// All child columns where the parent isn't there; all of them where its table isn't either.
std::string left_behind(const Catalog& catalog, const Relation& relation) {
  std::string columns;
  for (const std::string& column : relation.child_columns)
    columns += fmt::format("{}{}", columns.empty() ? "" : ", ", column_of("c", column));
  std::string query = fmt::format("SELECT {} FROM {} AS c", columns, main_table(relation.child));
  if (const TableFacts* const parent = catalog.find(relation.parent)) {
    query += fmt::format(" WHERE NOT EXISTS (SELECT 1 FROM {} AS p WHERE {})", main_table(parent->schema.name),
                         joined_on(relation, "p", "c"));
  }
  return query;
}

}  // namespace

void for_each_archived_child(OpenArchive& archive, std::size_t relation,
                             const std::function<void(const RecordKey&)>& use) {
  const Relation& its = archive.rules.relations.at(relation);
  if (!archive.file.is_open() || !archive.has_columns(its.child, its.child_columns)) return;
  archive.file.for_each_confirmed(its.child, its.child_columns, [&](std::span<const Value> child) {
    const RecordKey key = loose_key(child);
    if (!key.null) use(key);
  });
}

void for_each_left_behind(const RuledDataset& rules, std::size_t relation,
                          const std::function<void(const RecordKey&)>& use) {
  const Relation& its = rules.relations.at(relation);
  OpenDataset live(rules.config, Access::read);
  if (live.catalog.find(its.child) == nullptr) return;
  ValueStatement rows(live.database, left_behind(live.catalog, its));
  std::vector<Value> child(its.child_columns.size());
  while (rows.step()) {
    for (std::size_t i = 0; i < child.size(); ++i) child[i] = rows.column(static_cast<int>(i));
    const RecordKey key = loose_key(child);
    if (!key.null) use(key);
  }
}

ArchivedChildCounts::Counts& ArchivedChildCounts::counts(std::size_t relation) {
  const auto [entry, is_new] = m_counts.try_emplace(relation);
  auto& counts = entry->second;
  if (is_new) for_each_archived_child(m_archive, relation, [&](const RecordKey& key) { ++counts[key]; });
  return counts;
}

std::int64_t ArchivedChildCounts::children(std::size_t relation, const RecordKey& parent) {
  if (parent.null) return 0;
  const Counts& known = counts(relation);
  const auto found = known.find(parent);
  return found == known.end() ? 0 : found->second;
}

void ArchivedChildCounts::remove(std::size_t relation, const RecordKey& parent) {
  if (!parent.null && m_counts.contains(relation)) --counts(relation)[parent];
}

}  // namespace oubli::sqlite
