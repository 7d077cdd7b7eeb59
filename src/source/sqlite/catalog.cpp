#include "source/sqlite/catalog.hpp"

#include "source/sqlite/identifiers.hpp"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace oubli::sqlite {
namespace {

/// One row of `pragma_table_list`.
struct ListedTable {
  std::string name;
  std::string type;
  bool without_rowid = false;
};

std::vector<ListedTable> listed_tables(SQLite::Database& database) {
  SQLite::Statement rows(database,
                         "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' "
                         "AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name");
  std::vector<ListedTable> tables;
  while (rows.executeStep()) {
    tables.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString(), rows.getColumn(2).getInt() != 0});
  }
  return tables;
}

void read_columns(SQLite::Database& database, TableSchema& schema) {
  constexpr int k_hidden = 1;
  SQLite::Statement rows(database, "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?)");
  rows.bind(1, schema.name);
  std::map<int, std::string> key;
  while (rows.executeStep()) {
    const int hidden = rows.getColumn(4).getInt();
    if (hidden == k_hidden) continue;
    const std::string name = rows.getColumn(0).getString();
    schema.columns.push_back({name, rows.getColumn(1).getString(), rows.getColumn(2).getInt() != 0, hidden != 0});
    if (const int place = rows.getColumn(3).getInt(); place > 0) key[place] = name;
  }
  for (auto& [place, name] : key) schema.primary_key.push_back(std::move(name));
}

/// One index of `pragma_index_list`.
struct ListedIndex {
  std::string name;
  bool unique = false;
  bool of_primary_key = false;
  bool partial = false;
};

std::vector<ListedIndex> listed_indexes(SQLite::Database& database, const std::string& table) {
  SQLite::Statement rows(database, "SELECT name, \"unique\", origin, partial FROM pragma_index_list(?)");
  rows.bind(1, table);
  std::vector<ListedIndex> indexes;
  while (rows.executeStep()) {
    indexes.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getInt() != 0,
                       rows.getColumn(2).getString() == "pk", rows.getColumn(3).getInt() != 0});
  }
  return indexes;
}

/// The columns of an index; nothing when it is over an expression.
std::vector<std::string> indexed_columns(SQLite::Database& database, const std::string& index) {
  SQLite::Statement rows(database, "SELECT name, cid FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno");
  rows.bind(1, index);
  std::vector<std::string> columns;
  while (rows.executeStep()) {
    if (rows.getColumn(1).getInt() < 0) return {};
    columns.push_back(rows.getColumn(0).getString());
  }
  return columns;
}

void read_unique_sets(SQLite::Database& database, const std::vector<ListedIndex>& indexes, TableSchema& schema) {
  if (!schema.primary_key.empty()) schema.unique.push_back(schema.primary_key);
  for (const ListedIndex& index : indexes) {
    if (!index.unique || index.partial || index.of_primary_key) continue;
    auto columns = indexed_columns(database, index.name);
    if (!columns.empty()) schema.unique.push_back(std::move(columns));
  }
}

/// A rowid is shown by a column only for exactly `INTEGER PRIMARY KEY`; with `DESC`, an old quirk,
/// the key has an index of its own instead.
bool has_rowid_column(const TableSchema& schema, const std::vector<ListedIndex>& indexes) {
  if (schema.primary_key.size() != 1) return false;
  if (std::ranges::any_of(indexes, &ListedIndex::of_primary_key)) return false;
  const auto is_key = [&](const ColumnSchema& column) { return column.name == schema.primary_key.front(); };
  const auto column = std::ranges::find_if(schema.columns, is_key);
  return column != schema.columns.end() && same_name(column->declared_type, "INTEGER");
}

void find_identity(const ListedTable& listed, const std::vector<ListedIndex>& indexes, TableFacts& facts) {
  facts.by_rowid = !listed.without_rowid;
  const bool rowid_column = facts.by_rowid && has_rowid_column(facts.schema, indexes);
  // VACUUM renumbers the rowids of a table that has neither such a column nor any index.
  facts.schema.implicit_rowid = facts.by_rowid && !rowid_column && indexes.empty();
  if (facts.by_rowid && !rowid_column) {
    if (const auto name = free_rowid_name(facts.column_names()); !name.empty())
      facts.identity.push_back(quoted_name(name));
    return;
  }
  for (const std::string& column : facts.schema.primary_key) facts.identity.push_back(quoted_name(column));
}

TableFacts read_plain_table(SQLite::Database& database, const ListedTable& listed) {
  TableFacts facts;
  facts.schema.name = listed.name;
  read_columns(database, facts.schema);
  const auto indexes = listed_indexes(database, listed.name);
  read_unique_sets(database, indexes, facts.schema);
  find_identity(listed, indexes, facts);
  // All three names of the rowid taken by columns: its records can't be told apart.
  facts.schema.is_plain_table = !facts.identity.empty();
  return facts;
}

TableFacts read_other_table(SQLite::Database& database, const ListedTable& listed) {
  TableFacts facts;
  facts.schema.name = listed.name;
  facts.schema.is_plain_table = false;
  try {
    read_columns(database, facts.schema);
  } catch (const SQLite::Exception&) {
    // A view over something gone, or a module this program doesn't have: it has no columns for us.
    facts.schema.columns.clear();
  }
  return facts;
}

/// One foreign key as the pragma lists it.
struct ListedKey {
  std::string parent;
  std::vector<std::string> child_columns;
  std::vector<std::string> parent_columns;  ///< empty: the parent's primary key
};

std::vector<ListedKey> listed_keys(SQLite::Database& database, const std::string& table) {
  SQLite::Statement rows(database,
                         "SELECT id, \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?) ORDER BY id, seq");
  rows.bind(1, table);
  std::map<int, ListedKey> keys;
  while (rows.executeStep()) {
    ListedKey& key = keys[rows.getColumn(0).getInt()];
    key.parent = rows.getColumn(1).getString();
    key.child_columns.push_back(rows.getColumn(2).getString());
    if (!rows.getColumn(3).isNull()) key.parent_columns.push_back(rows.getColumn(3).getString());
  }
  std::vector<ListedKey> list;
  for (auto& [id, key] : keys) list.push_back(std::move(key));
  return list;
}

/// Names as the table's own schema writes them; a name it doesn't have is left out.
std::vector<std::string> as_in_schema(const TableSchema& schema, const std::vector<std::string>& names) {
  std::vector<std::string> found;
  for (const std::string& name : names) {
    for (const ColumnSchema& column : schema.columns) {
      if (same_name(column.name, name)) found.push_back(column.name);
    }
  }
  return found;
}

/// Nothing when the key is to a missing table or column: SQLite itself refuses to change its parent.
std::optional<Relation> relation_from(const Catalog& catalog, const TableSchema& child, const ListedKey& key) {
  const TableFacts* const parent = catalog.find(key.parent);
  if (parent == nullptr || !parent->schema.is_plain_table) return std::nullopt;
  Relation relation;
  relation.child = child.name;
  relation.child_columns = as_in_schema(child, key.child_columns);
  relation.parent = parent->schema.name;
  relation.parent_columns =
      key.parent_columns.empty() ? parent->schema.primary_key : as_in_schema(parent->schema, key.parent_columns);
  if (relation.child_columns.size() != relation.parent_columns.size() || relation.child_columns.empty())
    return std::nullopt;
  return relation;
}

bool is_unique(const TableSchema& schema, const std::vector<std::string>& columns) {
  return std::ranges::any_of(schema.unique, [&](const std::vector<std::string>& unique) {
    return std::ranges::is_permutation(unique, columns);
  });
}

}  // namespace

std::vector<std::string> TableFacts::identity_of(std::string_view alias) const {
  std::vector<std::string> columns;
  for (const std::string& column : identity) columns.push_back(fmt::format("{}.{}", alias, column));
  return columns;
}

bool TableFacts::has_column(std::string_view name) const {
  return std::ranges::any_of(schema.columns, [&](const ColumnSchema& column) { return same_name(column.name, name); });
}

bool TableFacts::rowid_is(std::string_view column) const {
  return by_rowid && schema.primary_key.size() == 1 && same_name(schema.primary_key.front(), column) &&
         identity.front() == quoted_name(schema.primary_key.front());
}

Catalog::Catalog(SQLite::Database& database) {
  for (const ListedTable& listed : listed_tables(database)) {
    m_tables.push_back(listed.type == "table" ? read_plain_table(database, listed)
                                              : read_other_table(database, listed));
  }
  for (const TableFacts& facts : m_tables) {
    if (!facts.schema.is_plain_table) continue;
    for (const ListedKey& key : listed_keys(database, facts.schema.name)) {
      auto relation = relation_from(*this, facts.schema, key);
      if (!relation || !is_unique(find(relation->parent)->schema, relation->parent_columns))
        m_broken_keys.push_back({facts.schema.name, key.parent});
      if (relation) m_foreign_keys.push_back(std::move(*relation));
    }
  }
}

const BrokenKey* Catalog::broken_key(std::string_view table) const {
  const auto touches = [&](const BrokenKey& key) {
    return same_name(key.child, table) || same_name(key.parent, table);
  };
  const auto found = std::ranges::find_if(m_broken_keys, touches);
  return found == m_broken_keys.end() ? nullptr : &*found;
}

const TableFacts* Catalog::find(std::string_view table) const {
  const auto found =
      std::ranges::find_if(m_tables, [&](const TableFacts& facts) { return same_name(facts.schema.name, table); });
  return found == m_tables.end() ? nullptr : &*found;
}

const TableFacts& Catalog::plain_table(std::string_view table) const {
  const TableFacts* const facts = find(table);
  if (facts == nullptr) throw SQLite::Exception(fmt::format("there is no table {}", table));
  if (!facts->schema.is_plain_table)
    throw SQLite::Exception(
        fmt::format("{} is a view, a virtual table or one whose records can't be told apart", table));
  return *facts;
}

std::vector<std::string> TableFacts::column_names() const {
  std::vector<std::string> names;
  for (const ColumnSchema& column : schema.columns) names.push_back(column.name);
  return names;
}

std::string free_rowid_name(const std::vector<std::string>& columns) {
  for (const char* const name : {"rowid", "_rowid_", "oid"}) {
    const auto is_taken = [&](const std::string& column) { return same_name(column, name); };
    if (std::ranges::none_of(columns, is_taken)) return name;
  }
  return {};
}

std::string text_encoding(SQLite::Database& database) { return database.execAndGet("PRAGMA encoding").getString(); }

}  // namespace oubli::sqlite
