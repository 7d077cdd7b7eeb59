// Scalars: what the parser made of one must be what stands in the text. Parsers fold lines and
// strip indentation, so the comparison is of all characters but blanks and line ends.
#include "policy/source_walk.hpp"
#include "policy/unclosed.hpp"

#include <algorithm>

namespace oubli {

namespace {

constexpr std::string_view k_blanks = " \t\n";

bool is_white(char c) { return k_blanks.find(c) != std::string_view::npos; }

/// yaml-cpp knows one escape that YAML doesn't, a single quote between double ones: where it
/// stands; else where the text closes.
std::size_t false_escape(std::string_view text, Extent quoted) {
  const std::size_t close = quoted.end - 1;
  if (text[quoted.begin] != '"') return close;
  for (std::size_t at = quoted.begin + 1; at < close; ++at) {
    if (text[at] != '\\') continue;
    if (text[at + 1] == '\'') return at;
    ++at;
  }
  return close;
}

}  // namespace

Extent SourceWalk::take_scalar(std::string_view value, int indent) {
  switch (peek()) {
    case '\'':
    case '"':
      return take_quoted();
    case '|':
    case '>':
      return take_block(value, indent);
    default:
      return take_plain(value, indent);
  }
}

Extent SourceWalk::take_quoted() {
  const std::size_t start = m_at;
  const std::size_t close = closing_quote(m_text, start);
  if (close >= line_end(start)) {
    m_findings.add({start, start + 1}, "yaml-quote", "this quote doesn't close on its line",
                   "close it, or write a longer text as a block: `key: >`");
  }
  if (close == std::string_view::npos) throw ReadingStopped{};
  advance_to(close + 1);
  const Extent quoted{start, m_at};
  if (const std::size_t escape = false_escape(m_text, quoted); escape != close) {
    m_findings.add({escape, escape + 2}, "yaml-syntax", "no escape is written like this", "write the quote alone");
  }
  return quoted;
}

Extent SourceWalk::take_plain(std::string_view value, int indent) {
  const std::size_t start = m_at;
  const char first = peek();
  const bool is_indicator = (first == '-' || first == '?' || first == ':') &&
                            (ends_word(start + 1) || std::string_view(",[]{}").find(peek_at(start + 1)) != m_text.npos);
  if (is_indicator || std::string_view("@`%").find(first) != std::string_view::npos) {
    m_findings.stop(here(), "yaml-syntax", "a value can't start with this character", "put the value in quotes");
  }
  advance_to(match(value, start));
  check_continuation_lines({start, m_at}, indent);
  return {start, m_at};
}

/// The offset after the last character of `value`, found from `at` on.
std::size_t SourceWalk::match(std::string_view value, std::size_t at) {
  for (const char c : value) {
    if (is_white(c)) continue;
    at = std::min(m_text.find_first_not_of(k_blanks, at), m_text.size());
    if (peek_at(at) != c) {
      m_findings.stop({at, at + 1}, "yaml-syntax", "this can't be read for certain", "put the value in quotes");
    }
    ++at;
  }
  return at;
}

void SourceWalk::check_continuation_lines(Extent scalar, int indent) {
  for (std::size_t line = line_end(scalar.begin) + 1; line < scalar.end; line = line_end(line) + 1) {
    const std::size_t first = m_text.find_first_not_of(" \t", line);
    if (m_text[first] == '\n') continue;
    if (m_text.substr(line, first - line).find('\t') != std::string_view::npos) {
      m_findings.stop({line, first}, "yaml-tab", "a tab in the indentation", "indent with spaces");
    }
    if (static_cast<int>(first - line) <= indent) {
      m_findings.stop({first, first + 1}, "yaml-indentation", "this line must be indented more than its key");
    }
  }
}

// ---------------------------------------------------------------- blocks

Extent SourceWalk::take_block(std::string_view value, int indent) {
  const std::size_t start = m_at;
  const std::size_t content = take_block_header();
  check_block_indentation(content, indent);
  const std::size_t end = std::max(match(value, content), content);
  check_last_line(end);
  advance_to(end);
  return {start, end};
}

/// Passes over `|2-  # comment`; returns where the next line's break stands.
std::size_t SourceWalk::take_block_header() {
  std::size_t at = m_at + 1;
  while (peek_at(at) == '-' || peek_at(at) == '+' || (peek_at(at) >= '0' && peek_at(at) <= '9')) ++at;
  if (peek_at(at - 1) == '0') m_findings.stop({at - 1, at}, "yaml-syntax", "a block can't be indented by 0 spaces");
  const std::size_t end = line_end(at);
  const std::size_t rest = std::min(m_text.find_first_not_of(" \t", at), end);
  const bool is_comment = rest > at && peek_at(rest) == '#';
  if (rest != end && !is_comment) {
    m_findings.stop({rest, rest + 1}, "yaml-syntax", "the text of a block starts on the next line");
  }
  return end;
}

/// Blank lines at the start of a block may not be wider than its first line: it is unclear how
/// many of their spaces are text.
void SourceWalk::check_block_indentation(std::size_t content, int indent) {
  std::size_t widest = 0;
  for (std::size_t line = content + 1; line < m_text.size(); line = line_end(line) + 1) {
    const std::size_t first = std::min(m_text.find_first_not_of(' ', line), m_text.size());
    const std::size_t width = first - line;
    const auto right_of = static_cast<std::size_t>(indent + 1);
    if (peek_at(first) == '\t' && width < right_of) {
      m_findings.stop({first, first + 1}, "yaml-tab", "a tab in the indentation", "indent with spaces");
    }
    if (first < m_text.size() && m_text[first] != '\n') {
      const bool is_content = width >= right_of;
      if (is_content && widest > width) {
        m_findings.stop({first, first + 1}, "yaml-indentation", "the blank lines above have more spaces than this one",
                        "remove the spaces of the blank lines");
      }
      return;
    }
    widest = std::max(widest, width);
  }
}

/// Whether spaces after the last line break of a file are a line of the block is read either way.
void SourceWalk::check_last_line(std::size_t block_end) {
  const std::size_t rest = m_text.find_first_not_of(k_blanks, block_end);
  const std::size_t last_break = m_text.substr(block_end).rfind('\n');
  if (rest != m_text.npos || last_break == m_text.npos || m_text.back() == '\n') return;
  m_findings.add({m_text.size() - 1, m_text.size()}, "yaml-syntax", "the file ends in a line of spaces", "remove them");
}

}  // namespace oubli
