/// Putting archived records back into the database: the move of step.hpp the other way round.
///
/// The source's transaction holds the lock while the archive notes what is on its way; then the source
/// commits, then the archive lets go. So a record is never in neither, and nobody can take its key between.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/open_dataset.hpp"

namespace oubli::sqlite {

/// See DataSource::restore. `archive` is open.
[[nodiscard]] Restored restore_records(OpenDataset& dataset, ArchiveFile& archive, const ArchivedPlace& place,
                                       const GoingRecords& going);

/// See DataSource::settle_restored. `archive` is open.
void settle_restored(OpenDataset& dataset, ArchiveFile& archive);

}  // namespace oubli::sqlite
