/// Rows of any table, live and archived, for events of another one (S11).
#pragma once

#include "source/events/foreign_rows.hpp"
#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/open_dataset.hpp"

#include <optional>
#include <string>
#include <vector>

namespace oubli::sqlite {

/// Reads in whatever transaction there is. Both arguments outlive it.
class SqliteRows final : public events::ForeignRows {
 public:
  SqliteRows(OpenDataset& dataset, std::optional<ArchiveFile>& archive) : m_dataset(dataset), m_archive(archive) {}

  void for_each_row(const std::string& table, const std::vector<std::string>& columns, Side side,
                    const Use& use) override;
  /// As SQLite compares a parent's column with a child's: by their affinities and the parent's collation.
  [[nodiscard]] std::vector<events::KeyComparison> comparisons(const Relation& relation) const override;

 private:
  OpenDataset& m_dataset;
  std::optional<ArchiveFile>& m_archive;
};

}  // namespace oubli::sqlite
