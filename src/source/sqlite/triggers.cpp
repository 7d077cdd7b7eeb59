/// Which triggers a change fires: SQLite itself is asked, by compiling the change. Parsing the
/// triggers' text would have to know every way to write one.
#include "source/sqlite/catalog.hpp"
#include "source/sqlite/connection.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/value_statement.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <set>
#include <sqlite3.h>
#include <string>

namespace oubli::sqlite {
namespace {

/// While it lives, notes the name of every trigger whose program a statement compiles in, and of every
/// table such a statement writes.
class TriggerWatch {
 public:
  explicit TriggerWatch(SQLite::Database& database) : m_handle(database.getHandle()) {
    sqlite3_set_authorizer(m_handle, &TriggerWatch::note, this);
  }
  ~TriggerWatch() { sqlite3_set_authorizer(m_handle, nullptr, nullptr); }
  TriggerWatch(const TriggerWatch&) = delete;
  TriggerWatch& operator=(const TriggerWatch&) = delete;

  [[nodiscard]] const std::set<std::string>& names() const { return m_names; }
  [[nodiscard]] const std::set<std::string>& written() const { return m_written; }

 private:
  static int note(void* self, int action, const char* table, const char*, const char*, const char* trigger) {
    auto& watch = *static_cast<TriggerWatch*>(self);
    if (trigger != nullptr) watch.m_names.insert(trigger);
    const bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
    if (writes && table != nullptr) watch.m_written.insert(table);
    return SQLITE_OK;
  }
  sqlite3* m_handle;
  std::set<std::string> m_names;
  std::set<std::string> m_written;
};

/// Nothing is run while compiling: a trigger may name what it likes.
class TrustWhileCompiling {
 public:
  explicit TrustWhileCompiling(SQLite::Database& database)
      : m_database(database), m_before(database.execAndGet("PRAGMA trusted_schema").getInt() != 0) {
    trust_schema(m_database, true);
  }
  ~TrustWhileCompiling() { trust_schema(m_database, m_before); }
  TrustWhileCompiling(const TrustWhileCompiling&) = delete;
  TrustWhileCompiling& operator=(const TrustWhileCompiling&) = delete;

 private:
  SQLite::Database& m_database;
  bool m_before;
};

std::string removal_of(const TableFacts& table) {
  return fmt::format("DELETE FROM {} WHERE {} IS NULL", main_table(table.schema.name), table.identity.front());
}

std::vector<Trigger> fired_by(SQLite::Database& database, const std::string& sql) {
  const TrustWhileCompiling trust(database);
  const TriggerWatch watch(database);
  const ValueStatement compiled(database, sql);
  if (watch.names().empty()) return {};
  // Views take part in compiling too: only what the schema calls a trigger counts.
  SQLite::Statement rows(database,
                         "SELECT name, tbl_name FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY name");
  std::vector<Trigger> triggers;
  while (rows.executeStep()) {
    const std::string name = rows.getColumn(0).getString();
    if (watch.names().contains(name)) triggers.push_back({name, rows.getColumn(1).getString()});
  }
  return triggers;
}

}  // namespace

std::vector<Trigger> removal_triggers(SQLite::Database& database, const TableFacts& table) {
  return fired_by(database, removal_of(table));
}

std::set<std::string> tables_written_by_removal(SQLite::Database& database, const TableFacts& table) {
  const TrustWhileCompiling trust(database);
  const TriggerWatch watch(database);
  const ValueStatement compiled(database, removal_of(table));
  return watch.written();
}

std::vector<Trigger> rewriting_triggers(SQLite::Database& database, const TableFacts& table,
                                        const std::vector<std::string>& columns) {
  if (columns.empty()) return {};
  std::string sets;
  for (const std::string& column : columns)
    sets += fmt::format("{}{} = NULL", sets.empty() ? "" : ", ", quoted_name(column));
  return fired_by(database, fmt::format("UPDATE {} SET {} WHERE {} IS NULL", main_table(table.schema.name), sets,
                                        table.identity.front()));
}

}  // namespace oubli::sqlite
