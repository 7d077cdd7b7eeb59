#include "source/csv/record_parser.hpp"

#include <algorithm>

namespace oubli::csv {

namespace {

constexpr std::size_t k_most_returns = 2;  // CR CR LF: what a text-mode transfer makes of CR LF

}  // namespace

std::string_view without_returns(std::string_view record) {
  for (std::size_t i = 0; i < k_most_returns && record.ends_with('\r'); ++i) record.remove_suffix(1);
  return record;
}

RecordParser::Result RecordParser::parse(std::string_view bytes, bool is_all) {
  m_bytes = bytes;
  m_is_all = is_all;
  m_at = 0;
  m_field_ends.clear();
  m_is_malformed = false;
  if (!find_line_end(0)) return Result::cut;
  do {
    if (const Result result = parse_field(); result != Result::complete) return result;
    m_field_ends.push_back(static_cast<std::uint32_t>(m_at));
  } while (m_at++ != m_line_end);  // past the delimiter: one more field, be it empty
  return Result::complete;
}

// Leaves `m_at` on the delimiter after the field, or on the record's end.
RecordParser::Result RecordParser::parse_field() {
  if (m_grammar.has_quote && m_at != m_line_end && m_bytes[m_at] == m_grammar.quote) return parse_quoted_field();
  pass_over_plain_text();
  return Result::complete;
}

RecordParser::Result RecordParser::parse_quoted_field() {
  m_open_quote = m_at;
  std::size_t close = m_bytes.find(m_grammar.quote, m_at + 1);
  while (close != std::string_view::npos && close + 1 < m_bytes.size() && m_bytes[close + 1] == m_grammar.quote) {
    close = m_bytes.find(m_grammar.quote, close + 2);
  }
  if (close == std::string_view::npos) return m_is_all ? Result::open_quote : Result::cut;
  if (close + 1 == m_bytes.size() && !m_is_all) return Result::cut;
  if (close > m_line_end && !find_line_end(close + 1)) return Result::cut;
  m_at = close + 1;
  if (is_line_end(m_at)) m_at = m_line_end;
  if (m_at == m_line_end || m_bytes[m_at] == m_grammar.delimiter) return Result::complete;
  m_is_malformed = true;
  pass_over_plain_text();
  return Result::complete;
}

void RecordParser::pass_over_plain_text() {
  m_at = std::min(m_bytes.substr(0, m_line_end).find(m_grammar.delimiter, m_at), m_line_end);
}

bool RecordParser::is_line_end(std::size_t at) const {
  return without_returns(m_bytes.substr(at, m_line_end - at)).empty();
}

bool RecordParser::find_line_end(std::size_t from) {
  const std::size_t found = m_bytes.find('\n', from);
  m_line_end = std::min(found, m_bytes.size());
  return found != std::string_view::npos || m_is_all;
}

}  // namespace oubli::csv
