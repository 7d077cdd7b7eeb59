#include "state/day_table.hpp"

#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <algorithm>

namespace oubli::state {

namespace {

// In the place of the last pass's name.
constexpr const char* k_leaving = "leaving";

constexpr const char* k_days = "main.remembered_day";
constexpr const char* k_copy = "temp.known_day";

// A copy for fewer questions would cost more than it saves.
constexpr int k_asked_without_copy = 64;

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

void put_into(SQLite::Database& database, const char* table, const std::vector<RememberedDay>& days) {
  SQLite::Statement insert(
      database, fmt::format("INSERT INTO {} (event, digest, reading, day, mark) VALUES (?, ?, ?, ?, ?) "
                            "ON CONFLICT DO UPDATE SET reading = excluded.reading, day = excluded.day, is_in_doubt = 0",
                            table));
  for (const RememberedDay& day : days) {
    insert.bind(1, day.event);
    bind(insert, 2, day.digest);
    insert.bind(3, day.reading);
    day.day ? insert.bind(4, to_text(*day.day)) : insert.bind(4);
    insert.bind(5, day.pass);
    insert.exec();
    insert.reset();
  }
}

void leave_in(SQLite::Database& database, const char* table, const std::string& event,
              const std::vector<RememberedDay::Digest>& digests) {
  SQLite::Statement update(database, fmt::format("UPDATE {} SET mark = ? WHERE event = ? AND digest = ?", table));
  for (const auto& digest : digests) {
    update.bind(1, k_leaving);
    update.bind(2, event);
    bind(update, 3, digest);
    update.exec();
    update.reset();
  }
}

void meet_in(SQLite::Database& database, const char* table, const std::string& event, const std::string& pass,
             const std::vector<MetRecord>& met) {
  SQLite::Statement update(database,
                           fmt::format("UPDATE {} SET mark = ?, content = ?, is_in_doubt = ?, away_since = NULL "
                                       "WHERE event = ? AND digest = ?",
                                       table));
  for (const MetRecord& record : met) {
    update.bind(1, pass);
    bind(update, 2, record.content);
    update.bind(3, record.is_in_doubt ? 1 : 0);
    update.bind(4, event);
    bind(update, 5, record.digest);
    update.exec();
    update.reset();
  }
}

}  // namespace

// ---------------------------------------------------------------- reading

bool DayTable::exists() const { return m_database.tableExists("remembered_day"); }

std::string DayTable::columns() const {
  SQLite::Statement column(m_database, "SELECT 1 FROM pragma_table_info('remembered_day') WHERE name = 'content'");
  return column.executeStep() ? "reading, day, mark, content, away_since, is_in_doubt"
                              : "reading, day, mark, NULL, NULL, 0";
}

std::vector<std::string> DayTable::events() {
  std::vector<std::string> events;
  if (!exists()) return events;
  SQLite::Statement select(m_database, fmt::format("SELECT DISTINCT event FROM {}", k_days));
  while (select.executeStep()) events.push_back(select.getColumn(0).getString());
  return events;
}

void DayTable::make_copy() {
  if (m_has_copy) return;
  m_database.exec("PRAGMA temp.cache_size = -16384; PRAGMA temp.journal_mode = OFF");
  m_database.exec(
      "CREATE TEMP TABLE known_day (digest BLOB, event TEXT, reading TEXT, day TEXT, mark TEXT, content BLOB, "
      "away_since TEXT, is_in_doubt INTEGER DEFAULT 0, PRIMARY KEY (digest, event)) WITHOUT ROWID");
  m_database.exec(fmt::format("INSERT INTO {} SELECT digest, event, {} FROM {} ORDER BY digest", k_copy, columns(), k_days));
  m_has_copy = true;
  m_select.reset();
}

std::optional<RememberedDay> DayTable::find(const std::string& event, const RememberedDay::Digest& digest) {
  if (!m_select && !exists()) return std::nullopt;
  if (++m_asked == k_asked_without_copy) make_copy();
  if (!m_select) {
    m_select.emplace(m_database, fmt::format("SELECT {} FROM {} WHERE event = ? AND digest = ?", columns(),
                                             m_has_copy ? k_copy : k_days));
  }
  m_select->bindNoCopy(1, event);
  bind(*m_select, 2, digest);
  std::optional<RememberedDay> found;
  if (m_select->executeStep()) {
    found = RememberedDay{.event = event,
                          .digest = digest,
                          .reading = m_select->getColumn(0).getString(),
                          .day = day_from_text(m_select->getColumn(1).getString()),
                          .content = digest_in(m_select->getColumn(3)),
                          .away_since = day_from_text(m_select->getColumn(4).getString()),
                          .is_in_doubt = m_select->getColumn(5).getInt() != 0,
                          .is_leaving = m_select->getColumn(2).getString() == k_leaving};
  }
  m_select->reset();
  return found;
}

// ---------------------------------------------------------------- writing

void DayTable::put(const std::vector<RememberedDay>& days) {
  SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
  put_into(m_database, k_days, days);
  transaction.commit();
  if (m_has_copy) put_into(m_database, k_copy, days);
}

void DayTable::leave(const std::string& event, const std::vector<RememberedDay::Digest>& digests) {
  SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
  leave_in(m_database, k_days, event, digests);
  transaction.commit();
  if (m_has_copy) leave_in(m_database, k_copy, event, digests);
}

void DayTable::meet(const std::string& event, const std::string& pass, const std::vector<MetRecord>& met) {
  make_copy();
  std::vector<MetRecord> changed;
  std::ranges::copy_if(met, std::back_inserter(changed), &MetRecord::is_changed);
  if (!changed.empty()) {
    SQLite::Transaction transaction(m_database, SQLite::TransactionBehavior::IMMEDIATE);
    meet_in(m_database, k_days, event, "", changed);
    transaction.commit();
  }
  SQLite::Transaction in_copy(m_database);
  meet_in(m_database, k_copy, event, pass, met);
  in_copy.commit();
}

void DayTable::note_away(const std::string& event, const std::string& pass, Day today) {
  make_copy();
  for (const char* const table : {k_days, k_copy}) {
    SQLite::Statement update(
        m_database, fmt::format("UPDATE {} SET away_since = ? WHERE event = ? AND away_since IS NULL AND digest IN "
                                "(SELECT digest FROM {} WHERE event = ? AND mark <> ?)",
                                table, k_copy));
    update.bind(1, to_text(today));
    update.bind(2, event);
    update.bind(3, event);
    update.bind(4, pass);
    update.exec();
  }
}

void DayTable::forget(const std::string& event, Day day) {
  make_copy();
  for (const char* const table : {k_days, k_copy}) {
    SQLite::Statement remove(
        m_database, fmt::format("DELETE FROM {} WHERE event = ? AND (mark = ? OR away_since <= ?)", table));
    remove.bind(1, event);
    remove.bind(2, k_leaving);
    remove.bind(3, to_text(day));
    remove.exec();
  }
}

}  // namespace oubli::state
