/// Looking at a SQLite dataset's archive: see oubli/source/archive_contents.hpp.
#pragma once

#include "oubli/source/archive_contents.hpp"

namespace oubli {

[[nodiscard]] ArchiveContents sqlite_archive_contents(const RuledDataset& dataset, const ArchiveTarget& target,
                                                      Contents contents);
[[nodiscard]] ArchivedRecord sqlite_archived_record(const RuledDataset& dataset, const ArchiveTarget& target,
                                                    const ArchivedPlace& place);

}  // namespace oubli
