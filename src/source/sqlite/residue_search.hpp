/// The last look at a database that was rewritten: is anything of what was removed still in its files?
#pragma once

#include "oubli/model/residue_search.hpp"
#include "source/erased_sample.hpp"

#include <SQLiteCpp/Database.h>

#include <filesystem>

namespace oubli::sqlite {

/// Searches the bytes of the database, its log and its journal, not what SQL shows of them. A value is known by
/// its beginning, for SQLite may put the rest of it elsewhere.
[[nodiscard]] ResidueSearch search_residue(SQLite::Database& database, const std::filesystem::path& file,
                                           const ErasedSample& erased);

}  // namespace oubli::sqlite
