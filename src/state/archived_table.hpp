/// How many archived records the state knows of: one line per policy, dataset and table.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <map>
#include <string>

namespace oubli::state {

/// By table. None where the state's format is older.
[[nodiscard]] std::map<std::string, std::int64_t> read_archived(SQLite::Database& database, const std::string& policy,
                                                                const std::string& dataset);
void put_archived(SQLite::Database& database, const std::string& policy, const std::string& dataset,
                  const std::map<std::string, std::int64_t>& records);

}  // namespace oubli::state
