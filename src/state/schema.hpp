/// The tables of a state file, and what makes a file one.
#pragma once

#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <string>

namespace oubli::state {

/// Makes an empty state with this id. The name appears only once the file is whole, so a crash
/// leaves none or a good one. REQUIRES: there is no file of that name.
void create_state(const std::filesystem::path& file, const std::string& id);

/// Throws Error (Cause::dataset) when the file isn't a state, or one of a newer format. Looks at
/// the file's bytes alone: SQLite would make companion files for a database in WAL mode.
void check_is_state(const std::filesystem::path& file);

/// The same for what only SQL tells; REQUIRES: `check_is_state` passed.
void check_format(SQLite::Database& database, const std::filesystem::path& file);

/// Adds what the formats after the file's own brought. A state that is only read keeps its format.
void bring_up_to_date(SQLite::Database& database);

/// The settings of a connection that writes.
void prepare_for_writing(SQLite::Database& database);

}  // namespace oubli::state
