/// One archived table whose records go back to the source, with its statements.
#pragma once

#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/restoring.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace oubli::sqlite {

class ReturningTable {
 public:
  /// Throws Error (Cause::refused) where the source has lost a column. All arguments but `archived` outlive this.
  ReturningTable(OpenDataset& dataset, ArchiveFile& archive, const ArchivedTable& archived);

  [[nodiscard]] const TableFacts& facts() const { return m_facts; }

  /// Inserts the record into the source and gives it the identity it has there. Throws Error (Cause::refused) where
  /// the source doesn't take it, or would hold something else than what was archived.
  void insert(ReturningRecord& record);
  /// True when the source has, where it should stand, exactly what the archive has.
  [[nodiscard]] bool is_as_copied(const ReturningRecord& record);

  [[noreturn]] void refuse(const std::string& reason, const std::string& hint) const;

 private:
  [[nodiscard]] std::string whole_record() const;
  [[nodiscard]] std::vector<std::size_t> insertable() const;
  [[nodiscard]] std::string insertion_text() const;
  [[nodiscard]] const ValueStatement& read_copy(const ReturningRecord& record);
  void require_no_key(const ReturningRecord& record);
  [[nodiscard]] int place_of(const std::string& column) const;
  [[nodiscard]] Value free_rowid(const ReturningRecord& record);
  void run(ValueStatement& insertion);
  [[nodiscard]] std::string identity_of(const ValueStatement& copy) const;

  OpenDataset& m_dataset;
  const TableFacts& m_facts;
  std::vector<std::string> m_columns;  ///< the archive's
  ValueStatement m_copy;               ///< in the archive
  ValueStatement m_there;              ///< in the source
};

}  // namespace oubli::sqlite
