#include "state/key_table.hpp"

#include "oubli/model/digest.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <string_view>
#include <tuple>

namespace oubli::state {

namespace {

constexpr std::size_t k_size = std::tuple_size_v<KeyDigest>;
constexpr const char* k_runs_before =
    "(SELECT run FROM ledger WHERE kind IN ('finished', 'cut_off') AND substr(written_at, 1, 10) < ?)";
static_assert(sizeof(KeyDigest) == k_size, "a batch is its digests one after the other");

std::string_view blob_of(SQLite::Statement& row, int column) {
  const auto value = row.getColumn(column);
  return {static_cast<const char*>(value.getBlob()), static_cast<std::size_t>(value.getBytes())};
}

void confirm_within(SQLite::Database& database, const BatchNumbers& confirmed) {
  SQLite::Statement update(database, "UPDATE ledger_key SET is_confirmed = 1 WHERE number = ?");
  for (const auto number : confirmed) {
    update.bind(1, number);
    update.exec();
    update.reset();
  }
}

bool contains(std::string_view batch, const KeyDigest& key) {
  std::size_t first = 0;
  std::size_t last = batch.size() / k_size;
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    const int order = std::memcmp(batch.data() + middle * k_size, key.data(), k_size);
    if (order == 0) return true;
    (order < 0 ? first : last) = order < 0 ? middle + 1 : middle;
  }
  return false;
}

/// Sums up a table's batches as they come.
struct KeptSoFar {
  Sha256 hash;
  std::int64_t count = 0;
  std::int64_t unconfirmed = 0;

  void add(std::string_view batch, bool is_confirmed) {
    const auto keys = static_cast<std::int64_t>(batch.size() / k_size);
    (is_confirmed ? count : unconfirmed) += keys;
    if (is_confirmed) hash.update(batch);
  }
};

}  // namespace

std::int64_t put_keys(SQLite::Database& database, const KeyPlace& place, std::vector<KeyDigest> keys,
                      const BatchNumbers& confirmed) {
  std::ranges::sort(keys);
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  confirm_within(database, confirmed);
  SQLite::Statement insert(database,
                           "INSERT INTO ledger_key (run, dataset, table_name, side, change, is_confirmed, keys) "
                           "VALUES (?, ?, ?, ?, ?, 0, ?)");
  insert.bind(1, place.run);
  insert.bind(2, place.dataset);
  insert.bind(3, place.table);
  insert.bind(4, place.side);
  insert.bind(5, place.change);
  insert.bindNoCopy(6, keys.data(), static_cast<int>(keys.size() * k_size));
  insert.exec();
  const auto number = database.getLastInsertRowid();
  transaction.commit();
  return number;
}

void confirm_keys(SQLite::Database& database, const BatchNumbers& confirmed) {
  if (confirmed.empty()) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  confirm_within(database, confirmed);
  transaction.commit();
}

std::vector<KeptKeys> read_kept_keys(SQLite::Database& database, const std::string& run) {
  if (!database.tableExists("ledger_key")) return {};
  SQLite::Statement select(database,
                           "SELECT dataset, table_name, side, is_confirmed, keys FROM ledger_key WHERE run = ? "
                           "ORDER BY number");
  select.bind(1, run);
  std::map<std::tuple<std::string, std::string, std::string>, KeptSoFar> tables;
  while (select.executeStep()) {
    auto& table = tables[{select.getColumn(0).getString(), select.getColumn(1).getString(), select.getColumn(2).getString()}];
    table.add(blob_of(select, 4), select.getColumn(3).getInt() != 0);
  }
  std::vector<KeptKeys> kept;
  for (auto& [place, table] : tables) {
    const auto& [dataset, name, side] = place;
    kept.push_back({dataset, name, side, table.count, "sha256:" + to_hex(table.hash.finish()), table.unconfirmed});
  }
  return kept;
}

std::vector<std::string> read_runs_cut_off(SQLite::Database& database) {
  SQLite::Statement select(database,
                           "SELECT run FROM ledger_key WHERE run NOT IN "
                           "(SELECT run FROM ledger WHERE kind IN ('finished', 'cut_off')) "
                           "GROUP BY run ORDER BY min(number)");
  std::vector<std::string> runs;
  while (select.executeStep()) runs.push_back(select.getColumn(0).getString());
  return runs;
}

std::vector<FoundKey> find_key(SQLite::Database& database, const std::string& dataset, const std::string& table,
                               const KeyDigest& key) {
  if (!database.tableExists("ledger_key")) return {};
  SQLite::Statement select(database,
                           "SELECT run, side, change, is_confirmed, keys FROM ledger_key "
                           "WHERE dataset = ? AND table_name = ? ORDER BY number");
  select.bind(1, dataset);
  select.bind(2, table);
  std::vector<FoundKey> found;
  while (select.executeStep()) {
    if (!contains(blob_of(select, 4), key)) continue;
    found.push_back({{select.getColumn(0).getString(), dataset, table, select.getColumn(1).getString(),
                      select.getColumn(2).getString()},
                     select.getColumn(3).getInt() != 0});
  }
  return found;
}

std::int64_t count_keys_before(SQLite::Database& database, const std::string& day) {
  if (!database.tableExists("ledger_key")) return 0;
  SQLite::Statement count(database,
                          std::string("SELECT coalesce(sum(length(keys)), 0) FROM ledger_key WHERE run IN ") + k_runs_before);
  count.bind(1, day);
  return count.executeStep() ? count.getColumn(0).getInt64() / static_cast<std::int64_t>(k_size) : 0;
}

void drop_keys_before(SQLite::Database& database, const std::string& day) {
  SQLite::Statement remove(database, std::string("DELETE FROM ledger_key WHERE run IN ") + k_runs_before);
  remove.bind(1, day);
  remove.exec();
}

}  // namespace oubli::state
