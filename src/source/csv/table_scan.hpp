/// Reads the wanted columns of a file's records.
#pragma once

#include "oubli/model/value.hpp"
#include "source/csv/record_reader.hpp"
#include "source/csv/table_files.hpp"
#include "source/csv/text_decoder.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli::csv {

/// A file's columns, from its header line or the config, and where its records begin.
struct Header {
  std::vector<std::string> names;  ///< without the spaces around them
  std::int64_t records_begin = 0;
};

/// Nothing for a file without a byte of text, which has no header line and no records either.
/// Throws FileFault for a header that can't be decoded.
[[nodiscard]] std::optional<Header> read_header(const Descriptor& file, const CsvDialect& dialect,
                                                const std::string& name);

/// The columns a pass wants, each in a slot of its own.
class ColumnChoice {
 public:
  /// Appends, also where the column has a slot already: rules count on their own order.
  void append(const std::vector<std::string>& columns);
  /// The column's slot, a new one where it had none.
  [[nodiscard]] std::size_t slot(const std::string& column);
  [[nodiscard]] std::vector<std::size_t> slots(const std::vector<std::string>& columns);
  [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }

 private:
  std::vector<std::string> m_columns;
};

/// A record with the wanted fields decoded; lives until the next one is read.
struct ScannedRecord {
  RawRecord raw;
  std::int64_t row = 0;           ///< from 1, the header not counted
  bool malformed = false;         ///< also: wrong number of fields, or undecodable text
  std::span<const Value> fields;  ///< by slot; empty when malformed
};

/// What becomes of a wanted column that a file doesn't have.
enum class Absent { refused, null };

/// One pass over one file. An empty field, quoted or not, is null; all others are text.
class FileScan {
 public:
  /// Throws FileFault when the file lacks a wanted column, or has it twice, or isn't the one
  /// `file` tells of any more.
  FileScan(const Folder& folder, TableFile file, const CsvDialect& dialect, const ColumnChoice& choice,
           Absent absent = Absent::refused, ReadingWay way = {});
  FileScan(const FileScan&) = delete;
  FileScan& operator=(const FileScan&) = delete;

  /// False after the last record; throws FileFault when the file changed while it was read.
  [[nodiscard]] bool next(ScannedRecord& record);
  /// Goes on with the record that begins at `offset`, as the first row.
  void start_at(std::int64_t offset);
  /// Leaves out the records that begin at `offset` or later.
  void stop_at(std::int64_t offset);
  /// Whether that is why there is no more.
  [[nodiscard]] bool has_stopped() const { return m_reader && m_reader->has_stopped(); }
  /// Offers it records before they are delivered; they are counted as rows all the same.
  void set_taker(RecordTaker* taker);
  /// Where the last record ended, or the first is to begin.
  [[nodiscard]] std::int64_t position() const { return m_reader ? m_reader->position() : m_records_begin; }
  [[nodiscard]] std::int64_t rows() const { return m_row + (m_reader ? m_reader->taken() : 0); }
  /// Fields a record must have.
  [[nodiscard]] std::size_t width() const { return m_width; }

  /// False for a slot whose column the file doesn't have.
  [[nodiscard]] bool has(std::size_t slot) const { return m_positions.at(slot) != k_absent; }
  [[nodiscard]] const Descriptor& descriptor() const { return m_descriptor; }
  [[nodiscard]] const TableFile& file() const { return m_file; }
  /// Which of a record's fields a slot is.
  [[nodiscard]] std::size_t place_of(std::size_t slot) const { return m_positions[slot]; }
  /// What comes before the records, the header line above all: where it ends, and its bytes.
  [[nodiscard]] std::int64_t records_begin() const { return m_records_begin; }
  [[nodiscard]] std::string head() const;

 private:
  static constexpr std::size_t k_absent = static_cast<std::size_t>(-1);

  void find_columns(const std::vector<std::string>& names, const ColumnChoice& choice, Absent absent);
  [[nodiscard]] std::size_t position(const std::vector<std::string>& names, const std::string& column,
                                     Absent absent) const;
  [[nodiscard]] bool is_sound(const RawRecord& raw) const;
  void decode(const RawRecord& raw);
  [[nodiscard]] std::string_view text_of(const RawField& field, const RawRecord& raw);
  void make_room(const RawRecord& raw);

  TableFile m_file;
  const Folder& m_folder;
  CsvDialect m_dialect;
  ReadingWay m_way;
  char m_quote;
  TextDecoder m_decoder;
  Descriptor m_descriptor;
  std::size_t m_width = 0;
  std::vector<std::size_t> m_positions;  ///< by slot: the field's place in a record
  std::int64_t m_records_begin = 0;
  std::optional<RecordReader> m_reader;  ///< none for a file without text
  std::int64_t m_row = 0;
  std::vector<Value> m_fields;
  std::string m_scratch;  ///< what fields become where their bytes can't stand as they are
};

}  // namespace oubli::csv
