/// The archive of a dataset as its own passes and steps share it.
#pragma once

#include "oubli/model/rules.hpp"
#include "source/sqlite/archive_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oubli::sqlite {

struct OpenArchive {
  /// Opens the file where there is one; for enforcing, in the present format.
  OpenArchive(const RuledDataset& dataset, const ArchiveTarget& target, Access access);

  /// Null for a table of which nothing was ever archived.
  [[nodiscard]] const ArchivedTable* find(std::string_view table) const;
  /// True when the table has what a relation needs of it.
  [[nodiscard]] bool has_columns(std::string_view table, const std::vector<std::string>& columns) const;

  RuledDataset rules;
  Access access;
  ArchiveFile file;
  std::vector<ArchivedTable> tables;
};

}  // namespace oubli::sqlite
