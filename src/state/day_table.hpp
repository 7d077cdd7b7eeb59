/// The days the state remembers (S11): one line per event and keyed digest. A state
/// that is only read may be older than the table.
#pragma once

#include "oubli/state/state.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <optional>
#include <string>
#include <vector>

namespace oubli::state {

class DayTable {
 public:
  /// `database` outlives this.
  explicit DayTable(SQLite::Database& database) : m_database(database) {}

  [[nodiscard]] std::vector<std::string> events();
  [[nodiscard]] std::optional<RememberedDay> find(const std::string& event, const RememberedDay::Digest& digest);
  void put(const std::vector<RememberedDay>& days);
  void leave(const std::string& event, const std::vector<RememberedDay::Digest>& digests);
  void meet(const std::string& event, const std::string& pass, const std::vector<MetRecord>& met);
  void note_away(const std::string& event, const std::string& pass, Day today);
  void forget(const std::string& event, Day day);

 private:
  [[nodiscard]] bool exists() const;
  /// How the table is asked for one day; a state that is only read may lack the last columns.
  [[nodiscard]] std::string select_text() const;

  SQLite::Database& m_database;
  std::optional<SQLite::Statement> m_select;  ///< asked once per record
};

}  // namespace oubli::state
