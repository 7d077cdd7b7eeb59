/// A dataset in memory: what unit tests run on, and the plainest reading of the contract.
#pragma once

#include "oubli/source/archive_notes.hpp"
#include "oubli/source/data_source.hpp"

#include <string>
#include <vector>

namespace oubli {

/// A field that owns its bytes.
struct OwnedValue {
  Value::Type type = Value::Type::null;
  std::int64_t integer = 0;
  double real = 0;
  std::string bytes;
  [[nodiscard]] Value view() const;
  friend bool operator==(const OwnedValue&, const OwnedValue&) = default;
};

struct MemoryTable {
  TableSchema schema;
  std::vector<std::vector<OwnedValue>> rows;
  std::vector<ArchiveNotes> notes;  ///< an archived table's: one per row, or fewer: of those after them nothing is known
};

/// The tables a MemorySource works on; owned by the test, changed by steps.
struct MemoryDataset {
  std::vector<MemoryTable> tables;
  std::vector<Relation> foreign_keys;
  std::vector<MemoryTable> archive;  ///< what was archived, by table name
};

/// `dataset` must outlive the source.
[[nodiscard]] std::unique_ptr<DataSource> open_memory_source(MemoryDataset& dataset);
/// The same of what was archived.
[[nodiscard]] std::unique_ptr<DataSource> open_memory_archive(MemoryDataset& dataset);

}  // namespace oubli
