/// Stops in the state file: one row each, never deleted.
#pragma once

#include "oubli/model/stop.hpp"

#include <SQLiteCpp/Database.h>

#include <vector>

namespace oubli::state {

/// By number. None where the state's format is older than stops.
[[nodiscard]] std::vector<Stop> read_stops(SQLite::Database& database);
void insert_stop(SQLite::Database& database, const Stop& stop);
void set_lifted(SQLite::Database& database, std::int64_t number, const StopLifting& lifting);

}  // namespace oubli::state
