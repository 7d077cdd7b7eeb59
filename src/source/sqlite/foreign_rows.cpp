#include "source/sqlite/foreign_rows.hpp"

#include "model/ascii.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/value_statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sqlite3.h>

namespace oubli::sqlite {
namespace {

using events::KeyComparison;
using Affinity = KeyComparison::Affinity;
using Collation = KeyComparison::Collation;

/// SQLite's own rules, in their order.
Affinity affinity_of(const std::string& declared_type) {
  const std::string type = ascii_lower(declared_type);
  const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  if (has("int")) return Affinity::numeric;
  if (has("char") || has("clob") || has("text")) return Affinity::text;
  if (type.empty() || has("blob")) return Affinity::none;
  return Affinity::numeric;
}

Affinity affinity_of(const TableFacts& table, const std::string& column) {
  const auto found = std::ranges::find_if(
      table.schema.columns, [&](const ColumnSchema& each) { return same_name(each.name, column); });
  return found == table.schema.columns.end() ? Affinity::none : affinity_of(found->declared_type);
}

Affinity together(Affinity one, Affinity other) {
  if (one == Affinity::numeric || other == Affinity::numeric) return Affinity::numeric;
  return one == Affinity::text || other == Affinity::text ? Affinity::text : Affinity::none;
}

Collation collation_of(const SQLite::Database& database, const TableFacts& table, const std::string& column) {
  const char* name = nullptr;
  const int code = sqlite3_table_column_metadata(database.getHandle(), "main", table.schema.name.c_str(),
                                                 column.c_str(), nullptr, &name, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK || name == nullptr) return Collation::binary;
  if (same_name(name, "NOCASE")) return Collation::nocase;
  return same_name(name, "RTRIM") ? Collation::rtrim : Collation::binary;
}

std::string column_list(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + column_of("r", column);
  return list;
}

}  // namespace

void SqliteRows::for_each_row(const std::string& table, const std::vector<std::string>& columns, Side side,
                              const Use& use) {
  if (side == Side::archive) {
    if (m_archive && m_archive->is_open()) m_archive->for_each_copy(table, columns, use);
    return;
  }
  const std::string name = m_dataset.catalog.plain_table(table).schema.name;
  ValueStatement rows(m_dataset.database,
                      fmt::format("SELECT {} FROM {} AS r", column_list(columns), main_table(name)));
  std::vector<Value> values(columns.size());
  while (rows.step()) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = rows.column(static_cast<int>(i));
    use(values);
  }
}

std::vector<KeyComparison> SqliteRows::comparisons(const Relation& relation) const {
  const TableFacts& child = m_dataset.catalog.plain_table(relation.child);
  const TableFacts& parent = m_dataset.catalog.plain_table(relation.parent);
  std::vector<KeyComparison> comparisons;
  for (std::size_t i = 0; i < relation.child_columns.size(); ++i) {
    const std::string& pointed_to = relation.parent_columns.at(i);
    comparisons.push_back(
        {together(affinity_of(child, relation.child_columns[i]), affinity_of(parent, pointed_to)),
         collation_of(m_dataset.database, parent, pointed_to)});
  }
  return comparisons;
}

}  // namespace oubli::sqlite
