/// Putting archived records back into CSV files: noted first, then a new file in the place of each that gets some,
/// then the archive's pairs without them.
#pragma once

#include "source/csv/csv_dataset.hpp"

namespace oubli::csv {

/// See DataSource::restore.
[[nodiscard]] Restored restore_records(CsvDataset& dataset, const ArchiveTarget& target, const ArchivedPlace& place,
                                       const GoingRecords& going);

}  // namespace oubli::csv
