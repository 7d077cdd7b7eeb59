/// What the state knows of archived records: one line per policy, dataset and table.
#pragma once

#include "oubli/model/archived_count.hpp"

#include <SQLiteCpp/Database.h>

#include <string>

namespace oubli::state {

/// None where the state's format is older.
[[nodiscard]] ArchivedCounts read_archived(SQLite::Database& database, const std::string& policy,
                                           const std::string& dataset);
void put_archived(SQLite::Database& database, const std::string& policy, const std::string& dataset,
                  const ArchivedCounts& counts);

}  // namespace oubli::state
