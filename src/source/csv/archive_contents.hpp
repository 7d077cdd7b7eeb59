/// Looking at a CSV dataset's archive: see oubli/source/archive_contents.hpp.
#pragma once

#include "oubli/source/archive_contents.hpp"

namespace oubli {

[[nodiscard]] ArchiveContents csv_archive_contents(const RuledDataset& dataset, const ArchiveTarget& target,
                                                   Contents contents);
[[nodiscard]] ArchivedRecord csv_archived_record(const RuledDataset& dataset, const ArchiveTarget& target,
                                                 const ArchivedPlace& place);

}  // namespace oubli
