/// Digests of the keys of changed records, in batches: a batch is one row with the digests one after the other,
/// sorted. So they take 16 bytes each, a step adds a row or two, and finding one is a binary search in each batch.
#pragma once

#include "oubli/model/changed_keys.hpp"

#include <SQLiteCpp/Database.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace oubli::state {

using KeyDigest = std::array<unsigned char, 16>;
using BatchNumbers = std::vector<std::int64_t>;

/// Adds a batch that isn't confirmed yet, and confirms others; all or nothing, in one transaction. Returns its number.
[[nodiscard]] std::int64_t put_keys(SQLite::Database& database, const KeyPlace& place, std::vector<KeyDigest> keys,
                                    const BatchNumbers& confirmed);
void confirm_keys(SQLite::Database& database, const BatchNumbers& confirmed);

/// What a run has kept, by dataset, table and side. None where the state's format is older.
[[nodiscard]] std::vector<KeptKeys> read_kept_keys(SQLite::Database& database, const std::string& run);

/// Runs that kept keys and whose end isn't in the ledger, by number of their first batch.
[[nodiscard]] std::vector<std::string> read_runs_cut_off(SQLite::Database& database);

[[nodiscard]] std::vector<FoundKey> find_key(SQLite::Database& database, const std::string& dataset,
                                             const std::string& table, const KeyDigest& key);

/// Of runs whose end the ledger dates before this day, as text.
[[nodiscard]] std::int64_t count_keys_before(SQLite::Database& database, const std::string& day);
void drop_keys_before(SQLite::Database& database, const std::string& day);

}  // namespace oubli::state
