/// Which archived CSV records go back together, read whole.
#pragma once

#include "source/csv/archive_files.hpp"
#include "source/csv/csv_dataset.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace oubli::csv {

/// An archived record on its way back.
struct ReturningRecord {
  const RuledTable* table = nullptr;
  ArchiveNames names;       ///< of its pair
  std::int64_t row = 0;     ///< in that
  std::string source;       ///< name of the file it came from
  std::vector<std::string> columns;  ///< as they were then; none where the file had no header line
  std::string bytes;        ///< with its line end, where it has one
  std::string content;      ///< without
  std::string digest;       ///< of the content, in hexadecimal
  RecordKey key;            ///< by the config's key; null where there is none
  std::map<std::size_t, RecordKey> as_parent;  ///< by relation
  std::map<std::size_t, RecordKey> as_child;
};

/// The record at a place with what follows it in the archive, each after the one it follows. Throws FileFault
/// (Cause::refused) where it is to go with another, or isn't there.
[[nodiscard]] std::vector<ReturningRecord> returning_records(CsvDataset& live, const ArchiveTarget& target,
                                                             const ArchivedPlace& place);

}  // namespace oubli::csv
