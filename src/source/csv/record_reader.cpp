#include "source/csv/record_reader.hpp"

#include "source/csv/record_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace oubli::csv {

namespace {

constexpr std::size_t k_buffer_bytes = 256 * 1024;
constexpr std::size_t k_look_bytes = 16 * 1024;
constexpr int k_most_returns = 2;  // CR CR LF: what a text-mode transfer makes of CR LF

const char* find(const char* from, const char* limit, char byte) {
  return static_cast<const char*>(std::memchr(from, byte, static_cast<std::size_t>(limit - from)));
}

std::int64_t line_of(const Descriptor& file, std::int64_t offset, const std::string& name) {
  std::int64_t line = 1;
  std::array<char, k_look_bytes> bytes{};
  for (std::int64_t at = 0; at < offset;) {
    const auto wanted = std::min(static_cast<std::int64_t>(bytes.size()), offset - at);
    const std::size_t got = read_at(file, bytes.data(), static_cast<std::size_t>(wanted), at, name);
    if (got == 0) break;
    line += std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(got), '\n');
    at += static_cast<std::int64_t>(got);
  }
  return line;
}

}  // namespace

RecordReader::RecordReader(const Descriptor& file, const CsvDialect& dialect, std::int64_t begin, std::string name)
    : m_file(file),
      m_name(std::move(name)),
      m_delimiter(dialect.delimiter),
      m_has_quote(dialect.quote != CsvDialect::Quote::none),
      m_quote(dialect.quote == CsvDialect::Quote::single_quote ? '\'' : '"'),
      m_buffer(k_buffer_bytes, '\0'),
      m_offset(begin),
      m_record(m_buffer.data()),
      m_at(m_record),
      m_limit(m_record) {}

bool RecordReader::next(RawRecord& record) {
  for (;;) {
    const Progress progress = parse();
    if (progress == Progress::end) return false;
    if (progress == Progress::complete) {
      deliver(record);
      return !is_trailing_blank(record);
    }
    if (static_cast<std::size_t>(m_limit - m_record) > k_longest_record) {
      pass_over_long_record(record);
      return true;
    }
    read_more();
  }
}

RecordReader::Progress RecordReader::parse() {
  if (m_record == m_limit) return m_at_end ? Progress::end : Progress::cut;
  m_fields.clear();
  m_malformed = false;
  m_at = m_record;
  if (!find_line_end(m_at)) return Progress::cut;
  do {
    if (!parse_field()) return Progress::cut;
  } while (m_at++ != m_line_end);  // past the delimiter: one more field, be it empty
  return Progress::complete;
}

// Leaves `m_at` on the delimiter after the field, or on the record's end.
bool RecordReader::parse_field() {
  if (m_has_quote && m_at != m_line_end && *m_at == m_quote) return parse_quoted_field();
  const char* const delimiter = find(m_at, m_line_end, m_delimiter);
  add_field(m_at, delimiter != nullptr ? delimiter : content_end());
  m_at = delimiter != nullptr ? delimiter : m_line_end;
  return true;
}

bool RecordReader::parse_quoted_field() {
  const char* const begin = m_at + 1;
  bool doubled = false;
  const char* close = find(begin, m_limit, m_quote);
  while (close != nullptr && close + 1 != m_limit && close[1] == m_quote) {
    doubled = true;
    close = find(close + 2, m_limit, m_quote);
  }
  if (close == nullptr && m_at_end) refuse_open_quote(offset_of(m_at));
  if (close == nullptr || (close + 1 == m_limit && !m_at_end)) return false;
  if (close > m_line_end && !find_line_end(close + 1)) return false;
  add_field(begin, close, doubled);
  m_at = close + 1;
  if (m_at == content_end()) m_at = m_line_end;
  if (m_at == m_line_end || *m_at == m_delimiter) return true;
  m_malformed = true;
  const char* const delimiter = find(m_at, m_line_end, m_delimiter);
  m_at = delimiter != nullptr ? delimiter : m_line_end;
  return true;
}

void RecordReader::add_field(const char* begin, const char* end, bool has_doubled_quotes) {
  m_fields.push_back({{begin, static_cast<std::size_t>(end - begin)}, has_doubled_quotes});
}

// Never before `m_at`, so that a CR inside quotes isn't taken for part of the line end.
const char* RecordReader::content_end() const {
  const char* end = m_line_end;
  for (int i = 0; i < k_most_returns && end != m_at && end[-1] == '\r'; ++i) --end;
  return end;
}

bool RecordReader::find_line_end(const char* from) {
  m_line_end = find(from, m_limit, '\n');
  if (m_line_end == nullptr && m_at_end) m_line_end = m_limit;
  return m_line_end != nullptr;
}

void RecordReader::deliver(RawRecord& record) {
  const char* const next = m_line_end == m_limit ? m_limit : m_line_end + 1;
  m_at = m_record;
  const std::string_view content(m_record, static_cast<std::size_t>(content_end() - m_record));
  const std::string_view bytes(m_record, static_cast<std::size_t>(next - m_record));
  const std::int64_t begin = offset_of(m_record);
  m_record = next;
  if (content.size() > k_longest_record) {
    record = {begin, offset_of(next), {}, {}, {}, true};
  } else {
    record = {begin, offset_of(next), bytes, content, m_fields, m_malformed};
  }
}

// Looks ahead once per run of empty lines, however long the run.
bool RecordReader::is_trailing_blank(const RawRecord& record) {
  if (!record.content.empty() || record.malformed) return false;
  if (record.end > m_blank_until) m_blank_until = first_content(m_file, record.end, m_name);
  char byte = 0;
  return read_at(m_file, &byte, 1, m_blank_until, m_name) == 0;
}

void RecordReader::read_more() {
  const auto kept = static_cast<std::size_t>(m_limit - m_record);
  m_offset = offset_of(m_record);
  if (kept == m_buffer.size()) {
    m_buffer.resize(2 * m_buffer.size());
    m_record = m_buffer.data();
  }
  std::memmove(m_buffer.data(), m_record, kept);
  const std::size_t room = m_buffer.size() - kept;
  const std::size_t got =
      read_at(m_file, m_buffer.data() + kept, room, m_offset + static_cast<std::int64_t>(kept), m_name);
  m_at_end = got < room;
  m_record = m_buffer.data();
  m_limit = m_record + kept + got;
}

void RecordReader::pass_over_long_record(RawRecord& record) {
  const std::int64_t begin = offset_of(m_record);
  RecordEnd scanner(m_delimiter, m_has_quote ? std::optional(m_quote) : std::nullopt);
  std::int64_t end = begin;
  for (bool found = false; !found;) {
    const std::size_t got = read_at(m_file, m_buffer.data(), m_buffer.size(), end, m_name);
    if (got == 0) break;
    const std::size_t used = scanner.feed(std::string_view(m_buffer).substr(0, got));
    end += static_cast<std::int64_t>(used);
    found = scanner.found();
  }
  if (!scanner.found() && scanner.is_inside_quotes()) refuse_open_quote(begin + scanner.last_quote());
  record = {begin, end, {}, {}, {}, true};
  m_offset = end;
  m_at_end = false;
  m_record = m_limit = m_buffer.data();
}

void RecordReader::refuse_open_quote(std::int64_t quote) const {
  throw FileFault(
      fmt::format("{} ends inside a quoted field that opens in line {}", m_name, line_of(m_file, quote, m_name)),
      "close the quote there, or say `quote: none` where quotes are text");
}

std::int64_t first_content(const Descriptor& file, std::int64_t offset, const std::string& name) {
  std::array<char, k_look_bytes> bytes{};
  for (;;) {
    const std::size_t got = read_at(file, bytes.data(), bytes.size(), offset, name);
    const std::size_t content = std::string_view(bytes.data(), got).find_first_not_of("\r\n");
    if (content != std::string_view::npos) return offset + static_cast<std::int64_t>(content);
    offset += static_cast<std::int64_t>(got);
    if (got < bytes.size()) return offset;
  }
}

std::int64_t text_begin(const Descriptor& file, const CsvDialect& dialect, const std::string& name) {
  std::array<char, 3> bytes{};
  const std::string_view mark(bytes.data(), read_at(file, bytes.data(), bytes.size(), 0, name));
  if (mark.starts_with("\xFF\xFE") || mark.starts_with("\xFE\xFF")) {
    throw FileFault(name + " is in UTF-16, which isn't supported", "convert it to UTF-8");
  }
  const bool skips = dialect.encoding == CsvDialect::Encoding::utf8 && mark == "\xEF\xBB\xBF";
  return skips ? static_cast<std::int64_t>(mark.size()) : 0;
}

}  // namespace oubli::csv
