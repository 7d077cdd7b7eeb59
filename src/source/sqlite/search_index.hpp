/// Full-text indexes keep the words of removed documents until they are merged; VACUUM doesn't help.
#pragma once

#include <SQLiteCpp/Database.h>

#include <optional>
#include <string>

namespace oubli::sqlite {

/// Rebuilds the indexes of the database's tables' own text and merges the others, so that words of
/// documents removed are gone.
void optimise_search_indexes(SQLite::Database& database);

/// An index that keeps no text of its own can't forget a document it no longer has: says so in
/// words where there is one.
[[nodiscard]] std::optional<std::string> unreachable_search_index(SQLite::Database& database);

}  // namespace oubli::sqlite
