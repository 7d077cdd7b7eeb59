#include "source/csv/record_reader.hpp"

#include "source/csv/record_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>

namespace oubli::csv {

namespace {

constexpr std::size_t k_look_bytes = 16 * 1024;

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

// A delimiter beyond ASCII would be part of a character of UTF-8.
bool checks_text(Grammar grammar, const TextDecoder* decoder) {
  const bool is_ascii_delimiter = static_cast<unsigned char>(grammar.delimiter) < 0x80;
  return decoder != nullptr && (is_ascii_delimiter || decoder->check() != TextCheck::utf8);
}

StructureQuestion question_of(Grammar grammar, const TextDecoder* decoder) {
  if (!checks_text(grammar, decoder)) return {grammar};
  return {grammar, decoder->check(), decoder->has_meaning()};
}

// A byte more than is left tells that the file ends; a small file needs no more.
std::size_t capacity_for(std::int64_t left, std::size_t most) {
  return std::clamp<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(left, 0)) + 1, 1, most);
}

// Filled with zeros, so that a block beyond the valid bytes reads what somebody has written.
std::unique_ptr<char[]> buffer_of(std::size_t capacity) { return std::make_unique<char[]>(capacity + k_block_bytes); }

}  // namespace

Grammar grammar_of(const CsvDialect& dialect) {
  return {dialect.delimiter, dialect.quote != CsvDialect::Quote::none,
          dialect.quote == CsvDialect::Quote::single_quote ? '\'' : '"'};
}

RecordReader::RecordReader(const Descriptor& file, const CsvDialect& dialect, std::int64_t begin, std::string name,
                           const TextDecoder* decoder, ReadingWay way)
    : m_file(file),
      m_name(std::move(name)),
      m_grammar(grammar_of(dialect)),
      m_checks_text(checks_text(m_grammar, decoder)),
      m_index(question_of(m_grammar, decoder), way.simd),
      m_parser(m_grammar),
      m_capacity(capacity_for(status_of(file, m_name).st_size - begin, way.buffer_bytes)),
      m_buffer(buffer_of(m_capacity)),
      m_offset(begin),
      m_record(m_buffer.get()),
      m_limit(m_record) {}

bool RecordReader::next(RawRecord& record) {
  for (;;) {
    if (m_taker != nullptr) let_take();
    if (has_stopped()) return false;
    const Progress progress = find(record);
    if (progress == Progress::end) return false;
    if (progress == Progress::complete) return !is_trailing_blank(record);
    if (static_cast<std::size_t>(m_limit - m_record) > k_longest_record) {
      pass_over_long_record(record);
      return true;
    }
    read_more();
  }
}

// Longer than a record may be is only what the buffer grew for: it is passed over there.
void RecordReader::let_take() {
  const auto rest = m_index.rest();
  const bool may_be_too_long = m_index.end() - m_index.begin() > static_cast<std::ptrdiff_t>(k_longest_record);
  if (!m_checks_text || may_be_too_long || rest.records.empty() || has_stopped()) return;
  const std::size_t taken = m_taker->take(
      {m_index.begin(), m_record, rest.field_ends, rest.fields_before, before_stop(rest), m_grammar});
  if (taken == 0) return;
  m_index.skip(taken);
  m_record = m_index.given_end();
  m_taken += static_cast<std::int64_t>(taken);
}

// The first record begins before the stop: so does each that follows one that ends before it.
std::span<const RecordMark> RecordReader::before_stop(const RecordIndex::Rest& rest) const {
  if (offset_of(m_index.end()) <= m_stop) return rest.records;
  const auto next_begins_before = [&](const RecordMark& record) {
    return offset_of(m_index.begin()) + rest.field_ends[record.fields - 1] + 1 < m_stop;
  };
  const auto last = std::ranges::partition_point(rest.records, next_begins_before);
  return rest.records.first(std::min(static_cast<std::size_t>(last - rest.records.begin()) + 1, rest.records.size()));
}

RecordReader::Progress RecordReader::find(RawRecord& record) {
  if (find_in_index(record)) return Progress::complete;
  if (m_record == m_limit) return m_at_end ? Progress::end : Progress::cut;
  // The index knows of no odd quote up to the limit: all there is of the next record is looked at.
  if (m_index.end() == m_limit && !m_at_end) return Progress::cut;
  if (m_record != m_index.begin()) {
    m_index.build(m_record, m_limit);
    if (find_in_index(record)) return Progress::complete;
    if (m_index.end() == m_limit && !m_at_end) return Progress::cut;
  }
  return parse(record);
}

bool RecordReader::find_in_index(RawRecord& record) {
  RecordIndex::Found found;
  if (!m_index.next(found)) return false;
  record.malformed = false;
  record.is_sound_text = m_checks_text && found.is_sound_text;
  deliver(record, m_index.begin(), found.field_ends);
  return true;
}

RecordReader::Progress RecordReader::parse(RawRecord& record) {
  const char* const base = m_record;
  const auto result = m_parser.parse({base, static_cast<std::size_t>(m_limit - base)}, m_at_end);
  if (result == RecordParser::Result::cut) return Progress::cut;
  if (result == RecordParser::Result::open_quote) {
    refuse_open_quote(offset_of(base) + static_cast<std::int64_t>(m_parser.open_quote()));
  }
  record.malformed = m_parser.is_malformed();
  record.is_sound_text = false;
  deliver(record, base, m_parser.field_ends());
  return Progress::complete;
}

void RecordReader::deliver(RawRecord& record, const char* base, std::span<const std::uint32_t> field_ends) {
  const char* const line_end = base + field_ends.back();
  const char* const next = line_end == m_limit ? m_limit : line_end + 1;
  record.begin = offset_of(m_record);
  record.end = offset_of(next);
  record.bytes = {m_record, static_cast<std::size_t>(next - m_record)};
  record.content = without_returns({m_record, static_cast<std::size_t>(line_end - m_record)});
  record.fields = RawFields(record.content, base, field_ends, m_grammar);
  m_record = next;
  const bool is_too_long = record.content.size() > k_longest_record;
  if (is_too_long) record = {record.begin, record.end, {}, {}, {}, true};
  if (record.malformed) record.fields = {};
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
  m_index.clear();
  m_offset = offset_of(m_record);
  make_room(kept);
  const std::size_t room = m_capacity - kept;
  const std::size_t got =
      read_at(m_file, m_buffer.get() + kept, room, m_offset + static_cast<std::int64_t>(kept), m_name);
  m_at_end = got < room;
  m_record = m_buffer.get();
  m_limit = m_record + kept + got;
}

// What is kept comes to the front.
void RecordReader::make_room(std::size_t kept) {
  if (kept < m_capacity) {
    std::memmove(m_buffer.get(), m_record, kept);
    return;
  }
  auto larger = buffer_of(2 * m_capacity);
  std::memcpy(larger.get(), m_record, kept);
  m_buffer = std::move(larger);
  m_capacity *= 2;
}

void RecordReader::pass_over_long_record(RawRecord& record) {
  const std::int64_t begin = offset_of(m_record);
  RecordEnd scanner(m_grammar.delimiter, m_grammar.has_quote ? std::optional(m_grammar.quote) : std::nullopt);
  std::int64_t end = begin;
  for (bool found = false; !found;) {
    const std::size_t got = read_at(m_file, m_buffer.get(), m_capacity, end, m_name);
    if (got == 0) break;
    const std::size_t used = scanner.feed({m_buffer.get(), got});
    end += static_cast<std::int64_t>(used);
    found = scanner.found();
  }
  if (!scanner.found() && scanner.is_inside_quotes()) refuse_open_quote(begin + scanner.last_quote());
  record = {begin, end, {}, {}, {}, true};
  m_index.clear();
  m_offset = end;
  m_at_end = false;
  m_record = m_limit = m_buffer.get();
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
