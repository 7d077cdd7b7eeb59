/// What a database says of itself: tables, keys, foreign keys, triggers.
#pragma once

#include "oubli/source/data_source.hpp"

#include <SQLiteCpp/Database.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::sqlite {

/// A table, and how one of its records is found again: by rowid, or where there is none by the
/// columns of its primary key, which then are never NULL.
struct TableFacts {
  TableSchema schema;
  bool by_rowid = true;
  std::vector<std::string> identity;  ///< quoted for SQL: the rowid's usable name, or the key's columns

  /// The identity's columns under an alias: "t0.rowid".
  [[nodiscard]] std::vector<std::string> identity_of(std::string_view alias) const;
  [[nodiscard]] bool has_column(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> column_names() const;
  /// The rowid is a column of the table: its INTEGER PRIMARY KEY.
  [[nodiscard]] bool rowid_is(std::string_view column) const;
};

/// A foreign key to a table that isn't there, or to columns that are no key of it.
struct BrokenKey {
  std::string child;
  std::string parent;
};

class Catalog {
 public:
  explicit Catalog(SQLite::Database& database);

  [[nodiscard]] const std::vector<TableFacts>& tables() const { return m_tables; }
  [[nodiscard]] const std::vector<Relation>& foreign_keys() const { return m_foreign_keys; }
  /// A broken foreign key of the table or to it; null when there is none.
  [[nodiscard]] const BrokenKey* broken_key(std::string_view table) const;
  /// Null when there is no such table; names fold ASCII letters as SQLite does.
  [[nodiscard]] const TableFacts* find(std::string_view table) const;
  /// Throws SQLite::Exception when there is no such table, or none that can be enforced.
  [[nodiscard]] const TableFacts& plain_table(std::string_view table) const;

 private:
  std::vector<TableFacts> m_tables;
  std::vector<Relation> m_foreign_keys;
  std::vector<BrokenKey> m_broken_keys;
};

/// The triggers that deleting from a table would fire, those they fire in turn included.
[[nodiscard]] std::vector<Trigger> removal_triggers(SQLite::Database& database, const TableFacts& table);
/// The same for setting these columns.
[[nodiscard]] std::vector<Trigger> rewriting_triggers(SQLite::Database& database, const TableFacts& table,
                                                      const std::vector<std::string>& columns);

/// The tables that deleting from a table would write, itself, triggers and foreign keys included.
[[nodiscard]] std::set<std::string> tables_written_by_removal(SQLite::Database& database, const TableFacts& table);

/// A name that means the rowid of a table with these columns, for none of them has it; empty when
/// they have them all.
[[nodiscard]] std::string free_rowid_name(const std::vector<std::string>& columns);

/// The database's text encoding as a pragma names it.
[[nodiscard]] std::string text_encoding(SQLite::Database& database);

}  // namespace oubli::sqlite
