#include "proposal/csv_lines.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace oubli::proposal {

namespace {

using Quote = CsvDialect::Quote;

class Cutting {
 public:
  Cutting(std::string_view text, char delimiter, Quote quote)
      : m_text(text),
        m_delimiter(delimiter),
        m_quotes(quote != Quote::none),
        m_quote(quote == Quote::single_quote ? '\'' : '"'),
        m_ends{delimiter, '\n'} {}

  Lines run(bool is_whole) {
    while (m_at < m_text.size()) {
      const bool ended = take_record();
      const bool is_blank = m_record.size() == 1 && m_record.front().empty();
      if (!is_blank && (ended || is_whole)) m_lines.records.push_back(m_record);
    }
    return std::move(m_lines);
  }

 private:
  /// False where the text ends before the line does.
  bool take_record() {
    m_record.clear();
    for (;;) {
      m_record.push_back(take_field());
      if (m_at >= m_text.size()) return false;
      const bool goes_on = m_text[m_at++] == m_delimiter;
      if (!goes_on) return true;
    }
  }

  std::string_view take_field() {
    if (m_quotes && m_at < m_text.size() && m_text[m_at] == m_quote) {
      if (const auto quoted = take_quoted(); quoted.data() != nullptr) return quoted;
      ++m_lines.odd_quotes;
    }
    const auto end =
        std::min(m_text.find_first_of(std::string_view(m_ends.data(), m_ends.size()), m_at), m_text.size());
    auto field = m_text.substr(m_at, end - m_at);
    while (field.ends_with('\r')) field.remove_suffix(1);
    m_at = end;
    return field;
  }

  /// Null where the quote closes nowhere, or something else than a delimiter follows.
  std::string_view take_quoted() {
    std::size_t close = m_at + 1;
    for (;; close += 2) {
      close = m_text.find(m_quote, close);
      if (close == std::string_view::npos) return {};
      if (close + 1 >= m_text.size() || m_text[close + 1] != m_quote) break;
    }
    std::size_t after = close + 1;
    while (after < m_text.size() && m_text[after] == '\r') ++after;
    if (after < m_text.size() && m_text[after] != m_delimiter && m_text[after] != '\n') return {};
    const auto field = m_text.substr(m_at + 1, close - m_at - 1);
    ++m_lines.quoted;
    m_at = after;
    return field;
  }

  std::string_view m_text;
  char m_delimiter;
  bool m_quotes;
  char m_quote;
  std::array<char, 2> m_ends;
  std::size_t m_at = 0;
  std::vector<std::string_view> m_record;
  Lines m_lines;
};

}  // namespace

Lines lines_of(std::string_view text, bool is_whole, char delimiter, CsvDialect::Quote quote) {
  return Cutting(text, delimiter, quote).run(is_whole);
}

}  // namespace oubli::proposal
