/// A live CSV file on its way to holding some records more, after all it has.
#pragma once

#include "source/csv/replacement.hpp"
#include "source/csv/returning.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oubli::csv {

class InsertedRecords {
 public:
  /// `file`: index into the table's files. `table` must outlive this.
  InsertedRecords(CsvTable& table, std::size_t file, std::vector<const ReturningRecord*> records);

  /// Writes the new file in full beside the old one and reads it back. Throws FileFault (Cause::refused) where the
  /// records wouldn't be read there as they were.
  void prepare();
  /// It counts from here on.
  void put_in_place();
  [[nodiscard]] bool is_in_place() const { return m_replacement.is_in_place(); }

  [[nodiscard]] const std::string& file() const { return m_scan.file().name; }
  /// Of the first of them.
  [[nodiscard]] std::int64_t row() const { return m_rows_before + 1; }

 private:
  void require_same_columns() const;
  void find_place();
  [[nodiscard]] bool ends_with_line_end() const;
  void require_as_archived() const;

  CsvTable& m_table;
  std::size_t m_file;
  std::vector<const ReturningRecord*> m_records;
  FileScan m_scan;
  Replacement m_replacement;
  std::string m_line_end;
  std::int64_t m_size;           ///< of the file as it is
  std::int64_t m_place = 0;      ///< where they go
  std::int64_t m_rows = 0;       ///< it has
  std::int64_t m_rows_before = 0;
};

}  // namespace oubli::csv
