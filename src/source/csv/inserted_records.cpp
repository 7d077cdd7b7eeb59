#include "source/csv/inserted_records.hpp"

#include <utility>

namespace oubli::csv {

namespace {

constexpr std::string_view k_line_ends = "\r\n";

std::string line_end_at_end_of(const std::string& text) {
  return text.substr(text.find_last_not_of(k_line_ends) + 1);
}

}  // namespace

InsertedRecords::InsertedRecords(CsvTable& table, std::size_t file, std::vector<const ReturningRecord*> records)
    : m_table(table),
      m_file(file),
      m_records(std::move(records)),
      m_scan(table.folder, table.files[file], table.dialect(), ColumnChoice()),
      m_replacement(table.folder, m_scan.file(), m_scan.descriptor()),
      m_line_end(line_end_at_end_of(m_scan.head())),
      m_size(m_scan.file().identity.size) {}

bool InsertedRecords::ends_with_line_end() const {
  char last = '\n';
  if (m_size > 0) static_cast<void>(read_at(m_scan.descriptor(), &last, 1, m_size - 1, file()));
  return k_line_ends.find(last) != std::string_view::npos;
}

// A last line without an end stays the last: another program may be writing it.
void InsertedRecords::find_place() {
  const bool ends = ends_with_line_end();
  m_place = m_size;
  std::int64_t last_begin = m_size;
  for (ScannedRecord record; m_scan.next(record);) {
    ++m_rows;
    last_begin = record.raw.begin;
    if (m_line_end.empty()) m_line_end = record.raw.bytes.substr(record.raw.content.size());
  }
  if (m_line_end.empty()) m_line_end = "\n";
  if (!ends && m_rows > 0) m_place = last_begin;
  m_rows_before = m_rows - (m_place < m_size ? 1 : 0);
}

// A line means something under its own header alone.
void InsertedRecords::require_same_columns() const {
  const auto header = read_header(m_scan.descriptor(), m_table.dialect(), file());
  for (const auto* record : m_records) {
    if (header && header->names == record->columns) continue;
    throw FileFault(file() + " has other columns than when the record was archived",
                    "bring the archived line into the columns of now by hand", Cause::refused);
  }
}

void InsertedRecords::prepare() {
  require_same_columns();
  find_place();
  m_replacement.keep(0, m_place);
  const bool is_header_alone = m_place == m_size && !ends_with_line_end();
  if (is_header_alone) m_replacement.write(m_line_end);
  for (const auto* record : m_records) {
    m_replacement.write(record->bytes);
    const bool has_line_end = record->bytes.size() > record->content.size();
    if (!has_line_end) m_replacement.write(m_line_end);
  }
  m_replacement.keep(m_place, m_size);
  m_replacement.finish();
  require_as_archived();
}

// A quote that somebody left open before them would take them for its text.
void InsertedRecords::require_as_archived() const {
  FileScan scan(m_table.folder, present_file(m_table.folder, m_replacement.temporary()), m_table.dialect(),
                ColumnChoice());
  std::size_t as_archived = 0;
  std::int64_t rows = 0;
  for (ScannedRecord record; scan.next(record);) {
    const auto place = static_cast<std::size_t>(rows++ - m_rows_before);
    if (rows > m_rows_before && place < m_records.size())
      as_archived += !record.malformed && record.raw.content == m_records[place]->content ? 1 : 0;
  }
  const bool is_right =
      as_archived == m_records.size() && rows == m_rows + static_cast<std::int64_t>(m_records.size());
  if (!is_right)
    throw FileFault("the record wouldn't be read in " + file() + " as it was archived",
                    "look at the end of the file: a quote may be open there", Cause::refused);
}

void InsertedRecords::put_in_place() {
  m_replacement.put_in_place();
  m_replacement.carry_over(m_size);
  m_table.files[m_file] = m_replacement.file();
}

}  // namespace oubli::csv
