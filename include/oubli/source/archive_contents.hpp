/// What lies in a dataset's archive, looked at as it is: for lists, and for whoever checks that it is whole.
///
/// Where a pass stops at the first thing that is wrong, this goes on and counts it.
#pragma once

#include "oubli/model/archive_contents.hpp"
#include "oubli/source/data_source.hpp"

#include <filesystem>
#include <vector>

namespace oubli {

/// Whether the contents are held against their digests, too, which reads every byte.
enum class Contents : std::uint8_t { counted, checked };

struct ArchiveContents {
  std::vector<ArchivedTableContents> tables;  ///< by name; those the config no longer has, too
  std::vector<std::filesystem::path> files;   ///< and folders, with what stands beside them
};

/// Changes nothing. Throws Error for an archive that can't be opened or is another state's; one that was never made
/// has no tables.
[[nodiscard]] ArchiveContents archive_contents(const RuledDataset& dataset, const ArchiveTarget& target,
                                               Contents contents);

/// One record whole. Throws Error where it isn't there or its fields can't be told from each other.
[[nodiscard]] ArchivedRecord archived_record(const RuledDataset& dataset, const ArchiveTarget& target,
                                             const ArchivedPlace& place);

}  // namespace oubli
