#include "state/day_table.hpp"

#include <SQLiteCpp/Transaction.h>

namespace oubli::state {

namespace {

void bind(SQLite::Statement& statement, int parameter, const RememberedDay::Digest& digest) {
  statement.bind(parameter, digest.data(), static_cast<int>(digest.size()));
}

}  // namespace

bool DayTable::exists() const { return m_database.tableExists("remembered_day"); }

std::vector<std::string> DayTable::events() {
  std::vector<std::string> events;
  if (!exists()) return events;
  SQLite::Statement select(m_database, "SELECT DISTINCT event FROM remembered_day");
  while (select.executeStep()) events.push_back(select.getColumn(0).getString());
  return events;
}

std::optional<RememberedDay> DayTable::find(const std::string& event, const RememberedDay::Digest& digest) {
  if (!m_select) {
    if (!exists()) return std::nullopt;
    m_select.emplace(m_database, "SELECT reading, day FROM remembered_day WHERE event = ? AND digest = ?");
  }
  m_select->bind(1, event);
  bind(*m_select, 2, digest);
  std::optional<RememberedDay> found;
  if (m_select->executeStep()) {
    found = RememberedDay{event, digest, m_select->getColumn(0).getString(),
                          day_from_text(m_select->getColumn(1).getString())};
  }
  m_select->reset();
  return found;
}

void DayTable::put(const std::vector<RememberedDay>& days) {
  SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement insert(m_database, "INSERT OR REPLACE INTO remembered_day VALUES (?, ?, ?, ?, ?)");
  for (const RememberedDay& day : days) {
    insert.bind(1, day.event);
    bind(insert, 2, day.digest);
    insert.bind(3, day.reading);
    day.day ? insert.bind(4, to_text(*day.day)) : insert.bind(4);
    insert.bind(5, day.mark);
    insert.exec();
    insert.reset();
  }
  transaction.commit();
}

void DayTable::mark(const std::string& event, const std::string& mark,
                    const std::vector<RememberedDay::Digest>& digests) {
  if (!exists()) return;
  SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement update(m_database, "UPDATE remembered_day SET mark = ? WHERE event = ? AND digest = ?");
  for (const auto& digest : digests) {
    update.bind(1, mark);
    update.bind(2, event);
    bind(update, 3, digest);
    update.exec();
    update.reset();
  }
  transaction.commit();
}

void DayTable::drop_unmarked(const std::string& event, const std::string& mark) {
  if (!exists()) return;
  SQLite::Statement remove(m_database, "DELETE FROM remembered_day WHERE event = ? AND mark <> ?");
  remove.bind(1, event);
  remove.bind(2, mark);
  remove.exec();
}

}  // namespace oubli::state
