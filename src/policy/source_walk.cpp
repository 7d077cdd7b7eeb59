#include "policy/source_walk.hpp"

#include "model/ascii.hpp"
#include "policy/unclosed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace oubli {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

constexpr std::string_view k_flow_indicators = ",[]{}";

}  // namespace

// ---------------------------------------------------------------- moving on

bool SourceWalk::ends_word(std::size_t at) const {
  return at >= m_text.size() || is_blank(m_text[at]) || m_text[at] == '\n';
}

std::size_t SourceWalk::line_end(std::size_t at) const { return std::min(m_text.find('\n', at), m_text.size()); }

void SourceWalk::advance(std::size_t bytes) {
  m_at += bytes;
  m_starts_line = false;
}

void SourceWalk::advance_to(std::size_t at) {
  const std::size_t last_break = m_text.substr(m_at, at - m_at).rfind('\n');
  if (last_break != std::string_view::npos) m_line_start = m_at + last_break + 1;
  advance(at - m_at);
}

void SourceWalk::skip_comment() {
  const bool apart = m_at == m_line_start || is_blank(m_text[m_at - 1]);
  if (!apart) {
    m_findings.stop(here(), "yaml-syntax", "a comment needs a space before its #",
                    "add a space, or put the value in quotes");
  }
  note_review_mark();
  m_at = line_end(m_at);
}

void SourceWalk::note_review_mark() {
  constexpr std::string_view k_mark = "review:";
  const std::size_t begin = m_text.find_first_not_of("# \t", m_at);
  if (begin == std::string_view::npos || ascii_lower(m_text.substr(begin, k_mark.size())) != k_mark) return;
  // A place that is looked at twice has one mark.
  if (m_review_marks.empty() || m_review_marks.back().begin < begin) m_review_marks.push_back({begin, begin + k_mark.size()});
}

void SourceWalk::skip_blanks() {
  while (m_at < m_text.size()) {
    const char c = m_text[m_at];
    if (c == '#') {
      skip_comment();
    } else if (c == '\n') {
      m_line_start = ++m_at;
      m_starts_line = true;
    } else if (is_blank(c)) {
      ++m_at;
    } else {
      break;
    }
  }
  const std::size_t tab = m_starts_line ? m_text.substr(m_line_start, m_at - m_line_start).find('\t') : m_text.npos;
  if (tab != m_text.npos && m_at < m_text.size()) {
    m_findings.stop({m_line_start + tab, m_line_start + tab + 1}, "yaml-tab", "a tab in the indentation",
                    "indent with spaces");
  }
}

void SourceWalk::stop_here(std::string_view expected) {
  if (m_at >= m_text.size()) {
    m_findings.stop(here(), "yaml-syntax", fmt::format("the file ends where {} should stand", expected));
  }
  m_findings.stop(here(), "yaml-syntax", fmt::format("{} should stand here", expected),
                  "check the indentation and the quotes of this line and the one before");
}

// ---------------------------------------------------------------- the document

bool SourceWalk::at_marker(std::string_view marker) const {
  return m_at == m_line_start && m_text.substr(m_at).starts_with(marker) && ends_word(m_at + marker.size());
}

void SourceWalk::begin_document() {
  skip_blanks();
  if (at_marker("---")) advance(3);
}

void SourceWalk::end_document() {
  skip_blanks();
  const bool closed = at_marker("...");
  if (closed) {
    advance(3);
    skip_blanks();
  }
  if (m_at >= m_text.size()) return;
  if (at_marker("---") || (closed && m_starts_line)) {
    m_findings.stop(here(), "yaml-second-document", "a second document starts here", "keep one document in a file");
  }
  m_findings.stop(here(), "yaml-syntax", "this is no part of what stands above",
                  "check the indentation and the quotes of this line and the one before");
}

// ---------------------------------------------------------------- indicators

void SourceWalk::expect_own_line(int its_column) {
  if (m_starts_line && column() == its_column) return;
  if (m_at >= m_text.size() || !m_starts_line) stop_here("the end of the line");
  m_findings.stop(here(), "yaml-indentation", "this line is indented differently from those it belongs to",
                  fmt::format("indent it by {} spaces", its_column));
}

Extent SourceWalk::take_dash(int its_column) {
  skip_blanks();
  const bool is_first = !m_starts_line && column() == its_column;
  if (!is_first) expect_own_line(its_column);
  if (peek() != '-' || !ends_word(m_at + 1)) stop_here("a `- `");
  const Extent dash = here();
  advance(1);
  return dash;
}

void SourceWalk::seek_key(int its_column) {
  skip_blanks();
  expect_own_line(its_column);
}

void SourceWalk::refuse_explicit_key() {
  skip_blanks();
  if (peek() != '?' || !ends_word(m_at + 1)) return;
  m_findings.add(here(), "yaml-complex-key", "keys after a `?` aren't read here", "write `key: value`");
  advance(1);
}

Extent SourceWalk::take_colon() {
  const std::size_t start = m_at;
  skip_blanks();
  if (peek() != ':') {
    m_findings.stop({start, start + 1}, "yaml-syntax", "a `:` is missing after this key", "write `key: value`");
  }
  if (m_text.substr(start, m_at - start).find('\n') != std::string_view::npos) {
    m_findings.add(here(), "yaml-key", "a key and its `:` must stand on one line", "move the `:` behind the key");
  }
  const Extent colon = here();
  advance(1);
  return colon;
}

void SourceWalk::take_comma() {
  skip_blanks();
  if (peek() != ',') stop_here("a `,` or the closing bracket");
  advance(1);
}

void SourceWalk::close_flow(char bracket) {
  skip_blanks();
  if (peek() == ',') {
    advance(1);
    skip_blanks();
  }
  if (peek() != bracket) stop_here(fmt::format("a `{}`", bracket));
  advance(1);
  m_open_brackets.pop_back();
}

void SourceWalk::take_bracket() {
  m_open_brackets.push_back(m_at);
  advance(1);
}

Extent SourceWalk::unclosed() const {
  return find_unclosed(m_text, m_open_brackets.empty() ? m_at : m_open_brackets.front());
}

// ---------------------------------------------------------------- what stands before a value

void SourceWalk::skip_properties() {
  while (peek() == '&' || peek() == '!') {
    const bool is_anchor = peek() == '&';
    std::size_t end = m_at;
    while (!ends_word(end) && (!is_anchor || k_flow_indicators.find(m_text[end]) == std::string_view::npos)) ++end;
    if (is_anchor) {
      m_findings.add({m_at, end}, "yaml-anchor", "anchors aren't read here", "write the value out where it is needed");
    } else {
      m_findings.add({m_at, end}, "yaml-tag", "tags aren't read here", "remove it, or put the value in quotes");
    }
    advance_to(end);
    skip_blanks();
  }
}

SourceWalk::Lead SourceWalk::seek_value(int indent) {
  skip_blanks();
  Lead lead{here(), column(), m_starts_line, false};
  skip_properties();
  lead.first = here();
  if (m_starts_line) {
    lead.column = column();
    lead.own_line = true;
  }
  lead.tab = m_text.substr(m_line_start, m_at - m_line_start).find('\t') != std::string_view::npos;
  if (lead.own_line && lead.column <= indent && m_at < m_text.size()) {
    m_findings.stop(lead.first, "yaml-indentation", "this line must be indented more than the one it belongs to");
  }
  if (at_marker("---") || at_marker("...")) stop_here("a value");
  return lead;
}

Extent SourceWalk::take_null(int indent) {
  const std::size_t before = m_at;
  const std::size_t line_before = m_line_start;
  const bool started_line = m_starts_line;
  skip_blanks();
  const std::size_t start = m_at;
  skip_properties();
  const bool is_deeper = !m_starts_line || column() > indent;
  for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
    const std::size_t end = m_at + word.size();
    const bool written = m_text.substr(m_at).starts_with(word) &&
                         (ends_word(end) || k_flow_indicators.find(m_text[end]) != m_text.npos || m_text[end] == ':');
    if (!written || !is_deeper) continue;
    const Extent extent{m_at, end};
    advance(word.size());
    return extent;
  }
  if (m_at == start) {
    m_at = before;
    m_line_start = line_before;
    m_starts_line = started_line;
  }
  return {m_at, m_at};
}

void SourceWalk::take_alias() {
  std::size_t end = m_at;
  while (!ends_word(end) && k_flow_indicators.find(m_text[end]) == std::string_view::npos) ++end;
  m_findings.add({m_at, end}, "yaml-alias", "aliases aren't read here", "write the value out where it is needed");
  advance_to(end);
}

}  // namespace oubli
