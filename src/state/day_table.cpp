#include "state/day_table.hpp"

#include <SQLiteCpp/Transaction.h>

#include <algorithm>

namespace oubli::state {

namespace {

// In the place of the last pass's name.
constexpr const char* k_leaving = "leaving";

void bind(SQLite::Statement& statement, int parameter, const RememberedDay::Digest& digest) {
  statement.bind(parameter, digest.data(), static_cast<int>(digest.size()));
}

std::optional<RememberedDay::Digest> digest_in(const SQLite::Column& column) {
  RememberedDay::Digest digest{};
  if (column.getBytes() != static_cast<int>(digest.size())) return std::nullopt;
  const auto* const bytes = static_cast<const unsigned char*>(column.getBlob());
  std::copy_n(bytes, digest.size(), digest.begin());
  return digest;
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

std::string DayTable::select_text() const {
  SQLite::Statement column(m_database, "SELECT 1 FROM pragma_table_info('remembered_day') WHERE name = 'content'");
  const std::string absences = column.executeStep() ? "content, away_since, is_in_doubt" : "NULL, NULL, 0";
  return "SELECT reading, day, " + absences + " FROM remembered_day WHERE event = ? AND digest = ?";
}

std::optional<RememberedDay> DayTable::find(const std::string& event, const RememberedDay::Digest& digest) {
  if (!m_select) {
    if (!exists()) return std::nullopt;
    m_select.emplace(m_database, select_text());
  }
  m_select->bind(1, event);
  bind(*m_select, 2, digest);
  std::optional<RememberedDay> found;
  if (m_select->executeStep()) {
    found = RememberedDay{.event = event,
                          .digest = digest,
                          .reading = m_select->getColumn(0).getString(),
                          .day = day_from_text(m_select->getColumn(1).getString()),
                          .content = digest_in(m_select->getColumn(2)),
                          .away_since = day_from_text(m_select->getColumn(3).getString()),
                          .is_in_doubt = m_select->getColumn(4).getInt() != 0};
  }
  m_select->reset();
  return found;
}

void DayTable::put(const std::vector<RememberedDay>& days) {
  SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement insert(m_database,
                           "INSERT INTO remembered_day (event, digest, reading, day, mark) VALUES (?, ?, ?, ?, ?) "
                           "ON CONFLICT DO UPDATE SET reading = excluded.reading, day = excluded.day, is_in_doubt = 0");
  for (const RememberedDay& day : days) {
    insert.bind(1, day.event);
    bind(insert, 2, day.digest);
    insert.bind(3, day.reading);
    day.day ? insert.bind(4, to_text(*day.day)) : insert.bind(4);
    insert.bind(5, day.pass);
    insert.exec();
    insert.reset();
  }
  transaction.commit();
}

void DayTable::leave(const std::string& event, const std::vector<RememberedDay::Digest>& digests) {
  SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement update(m_database, "UPDATE remembered_day SET mark = ? WHERE event = ? AND digest = ?");
  for (const auto& digest : digests) {
    update.bind(1, k_leaving);
    update.bind(2, event);
    bind(update, 3, digest);
    update.exec();
    update.reset();
  }
  transaction.commit();
}

void DayTable::meet(const std::string& event, const std::string& pass, const std::vector<MetRecord>& met) {
  SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement update(m_database,
                           "UPDATE remembered_day SET mark = ?, content = ?, is_in_doubt = ?, away_since = NULL "
                           "WHERE event = ? AND digest = ?");
  for (const MetRecord& record : met) {
    update.bind(1, pass);
    bind(update, 2, record.content);
    update.bind(3, record.is_in_doubt ? 1 : 0);
    update.bind(4, event);
    bind(update, 5, record.digest);
    update.exec();
    update.reset();
  }
  transaction.commit();
}

void DayTable::note_away(const std::string& event, const std::string& pass, Day today) {
  SQLite::Statement update(
      m_database, "UPDATE remembered_day SET away_since = ? WHERE event = ? AND mark <> ? AND away_since IS NULL");
  update.bind(1, to_text(today));
  update.bind(2, event);
  update.bind(3, pass);
  update.exec();
}

void DayTable::forget(const std::string& event, Day day) {
  SQLite::Statement remove(m_database, "DELETE FROM remembered_day WHERE event = ? AND (mark = ? OR away_since <= ?)");
  remove.bind(1, event);
  remove.bind(2, k_leaving);
  remove.bind(3, to_text(day));
  remove.exec();
}

}  // namespace oubli::state
