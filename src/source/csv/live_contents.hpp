/// Looking for certain records among the live ones of a CSV table, spared files included.
#pragma once

#include "source/csv/csv_dataset.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace oubli::csv {

using RecordKeys = std::unordered_set<RecordKey, RecordKeyHash>;

/// Those of `wanted` that a live record of the table has in these columns.
[[nodiscard]] RecordKeys live_keys_among(const CsvTable& table, const std::vector<std::string>& columns,
                                         const RecordKeys& wanted);

/// How often each of these contents, by its digest in hexadecimal, is among the table's live records.
[[nodiscard]] std::map<std::string, std::int64_t> live_counts(const CsvTable& table,
                                                              const std::set<std::string>& digests);

}  // namespace oubli::csv
