/// The ledger: an append-only table whose entries each carry the hash of the one before, so that a
/// changed, removed, inserted or moved entry is found. How an entry is hashed: `LedgerEntry`.
#pragma once

#include "oubli/state/state.hpp"

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oubli::state {

/// Of a hash in hexadecimal. As many zeros are the first entry's `previous`.
inline constexpr std::size_t k_hash_length = 64;

[[nodiscard]] std::string hash_of(const LedgerEntry& entry);

/// Adds number, previous and hash to `entry` and appends it, in one transaction of its own.
LedgerEntry append_entry(SQLite::Database& database, LedgerEntry entry);
/// The same within the caller's transaction.
LedgerEntry append_within(SQLite::Database& database, LedgerEntry entry);

/// What somebody gave as the reason of an entry; beside the chain.
void put_reason(SQLite::Database& database, std::int64_t entry, const std::string& reason);
/// By the entry's number; none where the state's format is older.
[[nodiscard]] std::map<std::int64_t, std::string> read_reasons(SQLite::Database& database);

/// Of entries written before this day, as text.
[[nodiscard]] std::int64_t count_reasons_before(SQLite::Database& database, const std::string& day);
void drop_reasons_before(SQLite::Database& database, const std::string& day);

[[nodiscard]] std::vector<LedgerEntry> read_ledger(SQLite::Database& database);
[[nodiscard]] std::optional<LedgerEntry> read_last_entry(SQLite::Database& database, const std::string& kind);

/// The number at which the chain first differs from what was appended; one past the last entry
/// where entries are missing at the end.
[[nodiscard]] std::optional<std::int64_t> find_broken_entry(SQLite::Database& database);

}  // namespace oubli::state
