/// Where a file may be cut, so that several threads read it: a guess, which the reading proves.
///
/// Whether an offset in the middle of a file lies inside quotes can only be known from its begin. A
/// line end is taken for a record's if the lines after it read as records of the header's width.
/// Whoever reads up to the cut finds out whether a record truly begins there.
#pragma once

#include "source/csv/table_scan.hpp"

#include <cstdint>
#include <optional>

namespace oubli::csv {

/// A place in the 64 KiB after `from` where a record seems to begin; nothing where none does.
[[nodiscard]] std::optional<std::int64_t> likely_record_begin(const FileScan& scan, const CsvDialect& dialect,
                                                              std::int64_t from);

}  // namespace oubli::csv
