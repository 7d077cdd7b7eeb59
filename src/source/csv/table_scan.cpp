#include "source/csv/table_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace oubli::csv {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

char quote_of(const CsvDialect& dialect) { return dialect.quote == CsvDialect::Quote::single_quote ? '\'' : '"'; }

void append_undoubled(std::string_view bytes, char quote, std::string& to) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    to.push_back(bytes[at]);
    if (bytes[at] == quote) ++at;
  }
}

std::string header_name(const RawField& field, const TextDecoder& decoder, char quote, const std::string& file) {
  std::string bytes;
  if (field.has_doubled_quotes) append_undoubled(field.bytes, quote, bytes);
  const std::string_view written = field.has_doubled_quotes ? std::string_view(bytes) : field.bytes;
  std::string scratch;
  scratch.reserve(TextDecoder::k_growth * written.size());
  const auto text = decoder.decode(written, scratch);
  if (!text) throw FileFault(file + " has a header line in another encoding", "correct `encoding`");
  return std::string(trimmed(*text));
}

}  // namespace

std::optional<Header> read_header(const Descriptor& file, const CsvDialect& dialect, const std::string& name) {
  const std::int64_t begin = text_begin(file, dialect, name);
  if (!dialect.header.empty()) return Header{dialect.header, begin};
  RecordReader reader(file, dialect, begin, name);
  RawRecord line;
  if (!reader.next(line)) return std::nullopt;
  if (line.malformed) throw FileFault(name + " has a malformed header line", "correct `delimiter` or `quote`");
  Header header{{}, line.end};
  const TextDecoder decoder(dialect.encoding);
  for (std::size_t place = 0; place < line.fields.size(); ++place) {
    header.names.push_back(header_name(line.fields[place], decoder, quote_of(dialect), name));
  }
  return header;
}

void ColumnChoice::append(const std::vector<std::string>& columns) {
  m_columns.insert(m_columns.end(), columns.begin(), columns.end());
}

std::size_t ColumnChoice::slot(const std::string& column) {
  const auto found = std::find(m_columns.begin(), m_columns.end(), column);
  const auto slot = static_cast<std::size_t>(found - m_columns.begin());
  if (found == m_columns.end()) m_columns.push_back(column);
  return slot;
}

std::vector<std::size_t> ColumnChoice::slots(const std::vector<std::string>& columns) {
  std::vector<std::size_t> result;
  for (const auto& column : columns) result.push_back(slot(column));
  return result;
}

FileScan::FileScan(const Folder& folder, TableFile file, const CsvDialect& dialect, const ColumnChoice& choice,
                   Absent absent, ReadingWay way)
    : m_file(std::move(file)),
      m_folder(folder),
      m_dialect(dialect),
      m_way(way),
      m_quote(quote_of(dialect)),
      m_decoder(dialect.encoding),
      m_descriptor(folder.open_file(m_file.name)) {
  require_unchanged(m_descriptor, m_file);
  const auto header = read_header(m_descriptor, dialect, m_file.name);
  if (!header) return;
  find_columns(header->names, choice, absent);
  m_records_begin = header->records_begin;
  start_at(m_records_begin);
}

void FileScan::start_at(std::int64_t offset) {
  m_reader.emplace(m_descriptor, m_dialect, offset, m_file.name, &m_decoder, m_way);
  m_row = 0;
}

void FileScan::stop_at(std::int64_t offset) {
  if (m_reader) m_reader->stop_at(offset);
}

void FileScan::set_taker(RecordTaker* taker) {
  if (m_reader) m_reader->set_taker(taker);
}

void FileScan::find_columns(const std::vector<std::string>& names, const ColumnChoice& choice, Absent absent) {
  m_width = names.size();
  for (const auto& column : choice.columns()) m_positions.push_back(position(names, column, absent));
  m_fields.resize(m_positions.size());
}

std::size_t FileScan::position(const std::vector<std::string>& names, const std::string& column, Absent absent) const {
  const auto found = std::find(names.begin(), names.end(), column);
  if (found == names.end() && absent == Absent::null) return k_absent;
  if (found == names.end()) throw FileFault(fmt::format("{} has no column `{}`", m_file.name, column));
  if (std::count(names.begin(), names.end(), column) > 1) {
    throw FileFault(fmt::format("{} has more than one column `{}`", m_file.name, column),
                    "give one of them another name");
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::string FileScan::head() const {
  std::string bytes(static_cast<std::size_t>(m_records_begin), '\0');
  bytes.resize(read_at(m_descriptor, bytes.data(), bytes.size(), 0, m_file.name));
  return bytes;
}

bool FileScan::next(ScannedRecord& record) {
  if (!m_reader || !m_reader->next(record.raw)) {
    require_unchanged(m_folder, m_file);
    return false;
  }
  ++m_row;
  record.row = rows();
  record.malformed = !is_sound(record.raw);
  record.fields = {};
  if (record.malformed) return true;
  decode(record.raw);
  record.fields = m_fields;
  return true;
}

// A line is as malformed by text in a column that no rule reads.
bool FileScan::is_sound(const RawRecord& raw) const {
  if (raw.malformed || raw.fields.size() != m_width) return false;
  return raw.is_sound_text || m_decoder.can_decode(raw.content);
}

void FileScan::decode(const RawRecord& raw) {
  m_scratch.clear();
  for (std::size_t slot = 0; slot < m_positions.size(); ++slot) {
    // In place: a Value of its own, copied, would be read back before it is wholly written.
    Value& value = m_fields[slot];
    value.bytes = has(slot) ? text_of(raw.fields[m_positions[slot]], raw) : std::string_view();
    value.type = value.bytes.empty() ? Value::Type::null : Value::Type::text;
  }
}

std::string_view FileScan::text_of(const RawField& field, const RawRecord& raw) {
  std::string_view bytes = field.bytes;
  const bool stands_as_it_is = !field.has_doubled_quotes && (m_decoder.is_utf8() || is_ascii(bytes));
  if (stands_as_it_is) return bytes;
  if (m_scratch.empty()) make_room(raw);
  if (field.has_doubled_quotes) {
    const std::size_t begin = m_scratch.size();
    append_undoubled(bytes, m_quote, m_scratch);
    bytes = std::string_view(m_scratch).substr(begin);
  }
  return m_decoder.decode_sound(bytes, m_scratch);
}

// Doubled quotes are undone first and decoded after: both results must fit without moving.
void FileScan::make_room(const RawRecord& raw) {
  std::size_t wanted_bytes = 0;
  for (const std::size_t position : m_positions) wanted_bytes += raw.fields[position].bytes.size();
  m_scratch.reserve((1 + TextDecoder::k_growth) * wanted_bytes);
}

}  // namespace oubli::csv
