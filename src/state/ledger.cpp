#include "state/ledger.hpp"

#include "oubli/model/digest.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace oubli::state {

namespace {

constexpr const char* k_columns = "SELECT number, written_at, kind, run, body, previous, hash FROM ledger ";

constexpr const char* k_entries_before = "(SELECT number FROM ledger WHERE substr(written_at, 1, 10) < ?)";

std::string netstring(std::string_view field) { return fmt::format("{}:{},", field.size(), field); }

LedgerEntry read_entry(SQLite::Statement& row) {
  return {row.getColumn(0).getInt64(),  row.getColumn(1).getString(), row.getColumn(2).getString(),
          row.getColumn(3).getString(), row.getColumn(4).getString(), row.getColumn(5).getString(),
          row.getColumn(6).getString()};
}

std::string read_head(SQLite::Database& database) {
  return database.execAndGet("SELECT ledger_head FROM oubli_state").getString();
}

void insert_entry(SQLite::Database& database, const LedgerEntry& entry) {
  SQLite::Statement insert(database, "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?)");
  insert.bind(1, entry.number);
  insert.bind(2, entry.written_at);
  insert.bind(3, entry.kind);
  insert.bind(4, entry.run);
  insert.bind(5, entry.body);
  insert.bind(6, entry.previous);
  insert.bind(7, entry.hash);
  insert.exec();
}

void set_head(SQLite::Database& database, const std::string& hash) {
  SQLite::Statement update(database, "UPDATE oubli_state SET ledger_head = ?");
  update.bind(1, hash);
  update.exec();
}

}  // namespace

std::string hash_of(const LedgerEntry& entry) {
  const std::string form = netstring(std::to_string(entry.number)) + netstring(entry.written_at) +
                           netstring(entry.kind) + netstring(entry.run) + netstring(entry.body) +
                           netstring(entry.previous);
  return to_hex(sha256(form));
}

LedgerEntry append_within(SQLite::Database& database, LedgerEntry entry) {
  entry.number = database.execAndGet("SELECT coalesce(max(number), 0) + 1 FROM ledger").getInt64();
  entry.previous = read_head(database);
  entry.hash = hash_of(entry);
  insert_entry(database, entry);
  set_head(database, entry.hash);
  return entry;
}

LedgerEntry append_entry(SQLite::Database& database, LedgerEntry entry) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  entry = append_within(database, std::move(entry));
  transaction.commit();
  return entry;
}

void put_reason(SQLite::Database& database, std::int64_t entry, const std::string& reason) {
  SQLite::Statement insert(database, "INSERT INTO ledger_reason VALUES (?, ?)");
  insert.bind(1, entry);
  insert.bind(2, reason);
  insert.exec();
}

std::map<std::int64_t, std::string> read_reasons(SQLite::Database& database) {
  std::map<std::int64_t, std::string> reasons;
  if (!database.tableExists("ledger_reason")) return reasons;
  SQLite::Statement select(database, "SELECT entry, reason FROM ledger_reason");
  while (select.executeStep()) reasons[select.getColumn(0).getInt64()] = select.getColumn(1).getString();
  return reasons;
}

std::int64_t count_reasons_before(SQLite::Database& database, const std::string& day) {
  if (!database.tableExists("ledger_reason")) return 0;
  SQLite::Statement count(database, std::string("SELECT count(*) FROM ledger_reason WHERE entry IN ") + k_entries_before);
  count.bind(1, day);
  return count.executeStep() ? count.getColumn(0).getInt64() : 0;
}

void drop_reasons_before(SQLite::Database& database, const std::string& day) {
  SQLite::Statement remove(database, std::string("DELETE FROM ledger_reason WHERE entry IN ") + k_entries_before);
  remove.bind(1, day);
  remove.exec();
}

std::vector<LedgerEntry> read_ledger(SQLite::Database& database) {
  SQLite::Statement select(database, std::string(k_columns) + "ORDER BY number");
  std::vector<LedgerEntry> entries;
  while (select.executeStep()) entries.push_back(read_entry(select));
  return entries;
}

std::optional<LedgerEntry> read_last_entry(SQLite::Database& database, const std::string& kind) {
  SQLite::Statement select(database, std::string(k_columns) + "WHERE kind = ? ORDER BY number DESC LIMIT 1");
  select.bind(1, kind);
  if (!select.executeStep()) return std::nullopt;
  return read_entry(select);
}

std::optional<std::int64_t> find_broken_entry(SQLite::Database& database) {
  std::int64_t expected = 1;
  std::string previous(k_hash_length, '0');
  for (const LedgerEntry& entry : read_ledger(database)) {
    if (entry.number != expected || entry.previous != previous || entry.hash != hash_of(entry)) return expected;
    previous = entry.hash;
    ++expected;
  }
  // Entries cut off at the end leave a sound chain, but not the head it had.
  if (read_head(database) != previous) return expected;
  return std::nullopt;
}

}  // namespace oubli::state
