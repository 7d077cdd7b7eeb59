/// Who points to archived records: in the archive itself, and among the live records.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/open_archive.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>

namespace oubli::sqlite {

/// The parent key of every archived record of the relation's child table.
void for_each_archived_child(OpenArchive& archive, std::size_t relation,
                             const std::function<void(const RecordKey&)>& use);

/// The same of its live records whose parent isn't among the live ones.
void for_each_left_behind(const RuledDataset& rules, std::size_t relation,
                          const std::function<void(const RecordKey&)>& use);

/// Counts, for every relation but those that follow, the archived children of each parent. Reads a
/// relation's child table once and is told of what goes after that.
class ArchivedChildCounts {
 public:
  explicit ArchivedChildCounts(OpenArchive& archive) : m_archive(archive) {}

  [[nodiscard]] std::int64_t children(std::size_t relation, const RecordKey& parent);
  void remove(std::size_t relation, const RecordKey& parent);

 private:
  using Counts = std::unordered_map<RecordKey, std::int64_t, RecordKeyHash>;
  [[nodiscard]] Counts& counts(std::size_t relation);

  OpenArchive& m_archive;
  std::map<std::size_t, Counts> m_counts;
};

}  // namespace oubli::sqlite
