#include "policy/text_checks.hpp"

#include "diag/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

void check_characters(std::string_view text, Findings& findings) {
  for (std::size_t offset = 0; offset < text.size();) {
    const CodePoint point = code_point_at(text, offset);
    const Extent extent{offset, offset + point.length};
    if (!point.valid) {
      findings.stop(extent, "yaml-encoding", "this byte isn't UTF-8", "save the file as UTF-8");
    }
    if (point.value == U'\r') {
      findings.add(extent, "yaml-control", "a carriage return that ends no line", "end lines with LF or CR LF");
    } else if (is_hidden_character(point.value)) {
      findings.add(extent, "yaml-control",
                   fmt::format("a character that can't be seen, U+{:04X}", static_cast<unsigned>(point.value)),
                   "remove it");
    }
    offset += point.length;
  }
}

/// Keeps a hostile file within a second: yaml-cpp needs the square of a line's length for some.
void check_lines(std::string_view text, Findings& findings) {
  constexpr std::size_t k_longest_line = 16 * 1024;
  constexpr std::size_t k_most_lines = 100'000;
  std::size_t lines = 0;
  for (std::size_t start = 0; start < text.size(); ++lines) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (end - start > k_longest_line) {
      findings.stop({start, start + 1}, "yaml-size", "this line is longer than 16 KiB", "break the line");
    }
    if (lines == k_most_lines)
      findings.stop({start, start + 1}, "yaml-size", "more than 100 000 lines", "split the file");
    start = end + 1;
  }
}

/// Directives stand before the document; a `%` anywhere else is text.
void check_directives(std::string_view text, Findings& findings) {
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    const std::size_t first = line.find_first_not_of(" \t");
    const bool is_blank = first == std::string_view::npos || line[first] == '#';
    if (!is_blank && line[0] != '%') return;
    if (!is_blank) {
      findings.add({start, end}, "yaml-directive", "directives aren't read here", "remove the line");
    }
    start = end + 1;
  }
}

}  // namespace

bool is_hidden_character(char32_t character) {
  const bool control =
      (character < 0x20 && character != U'\n' && character != U'\t') || (character >= 0x7F && character <= 0x9F);
  const bool line_break = character == 0x2028 || character == 0x2029;
  const bool direction = (character >= 0x202A && character <= 0x202E) || (character >= 0x2066 && character <= 0x2069);
  const bool byte_order_mark = character == 0xFEFF || character == 0xFFFE;
  return control || line_break || direction || byte_order_mark;
}

void check_text(const SourceText& source, Findings& findings) {
  const std::string_view text = source.text();
  if (is_utf16(text)) findings.stop({0, 1}, "yaml-encoding", "the file is UTF-16", "save the file as UTF-8");
  check_lines(text, findings);
  check_characters(text, findings);
  check_directives(text, findings);
}

}  // namespace oubli
