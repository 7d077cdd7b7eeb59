/// Reads the text of a document again, in step with the parser's events.
///
/// yaml-cpp drops text, swallows lines into unclosed quotes and reads much that isn't YAML, all
/// without an error. So no event is believed by itself: each has to find its own indicator and
/// its own characters at the next place of the text, between two of them stand only blanks and
/// comments, and at the end nothing is left. Whatever was dropped, swallowed or misread shows as
/// a step that doesn't fit.
#pragma once

#include "policy/findings.hpp"
#include "policy/source_text.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace oubli {

class SourceWalk {
 public:
  SourceWalk(const SourceText& source, Findings& findings) : m_text(source.text()), m_findings(findings) {}

  /// Up to the first value: comments and at most one `---`.
  void begin_document();
  /// From the last value to the end of the text: comments and at most one `...`.
  void end_document();

  // Indicators. Each stops the reading when the text has something else there. `column` is that of
  // the block collection; the first entry of one decides it.
  [[nodiscard]] Extent take_dash(int column);
  void seek_key(int column);
  /// A `?` before a key is a fault; passes over it.
  void refuse_explicit_key();
  [[nodiscard]] Extent take_colon();
  void take_comma();
  /// A `]` or `}`, with or without a comma before it.
  void close_flow(char bracket);

  /// What stands before a value.
  struct Lead {
    Extent first;           ///< the value's first character
    int column = 0;         ///< where the value, or a property on the same line, starts; from 0
    bool own_line = false;  ///< nothing but blanks stand before it on its line
    bool tab = false;       ///< a tab does
  };
  /// Goes to a value that must stand right of `indent`, the column of the enclosing block
  /// collection. Anchors and tags on the way are faults.
  Lead seek_value(int indent);
  /// Whether an absent value has been written as `null` or `~`; takes it.
  [[nodiscard]] Extent take_null(int indent);

  [[nodiscard]] Extent here() const { return {m_at, m_at + 1}; }
  [[nodiscard]] std::string_view view(Extent extent) const {
    return m_text.substr(extent.begin, extent.end - extent.begin);
  }
  [[nodiscard]] char peek() const { return peek_at(m_at); }
  void take_bracket();
  void take_alias();

  /// Takes a scalar that the parser read as `value`, whatever its style.
  [[nodiscard]] Extent take_scalar(std::string_view value, int indent);

  /// What was left open in the brackets around this place or after it; empty when nothing was.
  [[nodiscard]] Extent unclosed() const;
  [[nodiscard]] bool in_brackets() const { return !m_open_brackets.empty(); }

  /// The word `review:` of each comment that begins with it, of those passed over so far.
  [[nodiscard]] const std::vector<Extent>& review_marks() const { return m_review_marks; }

 private:
  [[nodiscard]] char peek_at(std::size_t at) const { return at < m_text.size() ? m_text[at] : '\0'; }
  [[nodiscard]] bool ends_word(std::size_t at) const;
  [[nodiscard]] std::size_t line_end(std::size_t at) const;
  [[nodiscard]] bool at_marker(std::string_view marker) const;
  [[nodiscard]] int column() const { return static_cast<int>(m_at - m_line_start); }

  void advance(std::size_t bytes);
  void advance_to(std::size_t at);
  void skip_blanks();
  void skip_comment();
  void note_review_mark();
  void skip_properties();
  void expect_own_line(int column);
  [[noreturn]] void stop_here(std::string_view expected);

  [[nodiscard]] Extent take_quoted();
  [[nodiscard]] Extent take_plain(std::string_view value, int indent);
  [[nodiscard]] Extent take_block(std::string_view value, int indent);
  [[nodiscard]] std::size_t take_block_header();
  void check_block_indentation(std::size_t content, int indent);
  void check_last_line(std::size_t block_end);
  [[nodiscard]] std::size_t match(std::string_view value, std::size_t at);
  void check_continuation_lines(Extent scalar, int indent);

  std::string_view m_text;
  Findings& m_findings;
  std::size_t m_at = 0;
  std::size_t m_line_start = 0;
  std::vector<std::size_t> m_open_brackets;
  std::vector<Extent> m_review_marks;
  bool m_starts_line = true;  ///< only blanks stand between m_line_start and m_at
};

}  // namespace oubli
