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
  void mark(const std::string& event, const std::string& mark, const std::vector<RememberedDay::Digest>& digests);
  void drop_unmarked(const std::string& event, const std::string& mark);

 private:
  [[nodiscard]] bool exists() const;

  SQLite::Database& m_database;
  std::optional<SQLite::Statement> m_select;  ///< asked once per record
};

}  // namespace oubli::state
