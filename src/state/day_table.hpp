/// The days the state remembers (S11): one line per event and keyed digest. A state
/// that is only read may be older than the table.
///
/// A run asks for the day of every record, which in a file that others may change costs a lock and a look
/// each time. So it reads from a copy of its own (a temporary table: in memory, and in an unlinked file
/// where there are many) that every change is made to as well. The copy alone knows what a pass has met:
/// a night on which nothing changes writes nothing.
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
  /// `database` outlives this. No other process writes these days while a run does (its lock).
  explicit DayTable(SQLite::Database& database) : m_database(database) {}

  [[nodiscard]] std::vector<std::string> events();
  [[nodiscard]] std::optional<RememberedDay> find(const std::string& event, const RememberedDay::Digest& digest);
  void put(const std::vector<RememberedDay>& days);
  void leave(const std::string& event, const std::vector<RememberedDay::Digest>& digests);
  void meet(const std::string& event, const std::string& pass, const std::vector<MetRecord>& met);
  void note_away(const std::string& event, const std::string& pass, Day today);
  void forget(const std::string& event, Day day);

 private:
  /// False for a state that is only read and older than the table.
  [[nodiscard]] bool exists() const;
  /// What is read of a day; a state that is only read may lack the last ones.
  [[nodiscard]] std::string columns() const;
  void make_copy();

  SQLite::Database& m_database;
  bool m_has_copy = false;
  int m_asked = 0;
  std::optional<SQLite::Statement> m_select;  ///< asked once per record
};

}  // namespace oubli::state
