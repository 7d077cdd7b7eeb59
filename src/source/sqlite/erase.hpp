/// Making removed bytes unreadable in a database's files.
///
/// `secure_delete` alone isn't erasure: moving cells between pages leaves copies it never touches.
/// Only VACUUM of the file, followed by a checkpoint that moved every frame, leaves none.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/erased_sample.hpp"

#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <string>

namespace oubli::sqlite {

enum class Rowids { in_use, unused };

/// Rewrites the file without the residue of removed records, or says why that must wait. No
/// transaction may be open. `erased`: what is looked for afterwards. Throws SQLite::Exception for anything but a
/// lock or lack of space.
[[nodiscard]] ErasureResult erase_file(SQLite::Database& database, const std::filesystem::path& file, Rowids rowids,
                                       const ErasedSample& erased);

[[nodiscard]] ErasureEstimate estimate_erasure(SQLite::Database& database, const std::filesystem::path& file);

}  // namespace oubli::sqlite
