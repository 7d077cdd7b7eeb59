// One diagnostic for a person: where, what, the source line with a caret, what to do.

#include "oubli/report/report.hpp"
#include "report/colour.hpp"
#include "report/severity.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace oubli {

namespace {

using report::Cell;
using report::Paint;
using report::printable;

constexpr std::string_view k_tab = "    ";
constexpr int k_gutter_width = 8;  // "   14 | "

/// "policies/crm.yaml:14:16", as far as it is known.
std::string place_of(const SourceLocation& where) {
  if (where.file.empty()) return "oubli";
  std::string place = printable(where.file.string());
  if (where.line > 0) place += fmt::format(":{}", where.line);
  if (where.line > 0 && where.column > 0) place += fmt::format(":{}", where.column);
  return place;
}

std::string painted_severity(Severity severity, const Paint& paint) {
  const std::string word = fmt::format("{}:", report::word_for(severity));
  return severity == Severity::error ? paint.bad(word) : paint.odd(word);
}

/// The source line's characters; a tab is shown as spaces, so that the caret stands under its place.
std::vector<Cell> excerpt_cells(std::string_view excerpt) {
  std::vector<Cell> result;
  while (!excerpt.empty()) {
    const std::size_t tab = std::min(excerpt.find('\t'), excerpt.size());
    const std::vector<Cell> before = report::cells(excerpt.substr(0, tab));
    result.insert(result.end(), before.begin(), before.end());
    if (tab < excerpt.size()) result.push_back({std::string(k_tab), static_cast<int>(k_tab.size())});
    excerpt.remove_prefix(std::min(tab + 1, excerpt.size()));
  }
  return result;
}

int width_of(const std::vector<Cell>& cells, std::size_t first, std::size_t last) {
  int columns = 0;
  for (std::size_t i = first; i < std::min(last, cells.size()); ++i) columns += cells[i].width;
  return columns;
}

/// How many characters to leave out at the start so that those up to `end` fit, with room for an
/// ellipsis on either side.
std::size_t characters_to_skip(const std::vector<Cell>& cells, std::size_t caret, std::size_t end, int available) {
  if (width_of(cells, 0, cells.size()) <= available) return 0;
  std::size_t skipped = 0;
  while (skipped < caret && width_of(cells, skipped, end) + 2 > available) ++skipped;
  return skipped;
}

std::string joined(const std::vector<Cell>& cells, std::size_t first) {
  std::string text;
  for (std::size_t i = first; i < cells.size(); ++i) text += cells[i].text;
  return text;
}

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(0, count)), ' '); }

void write_excerpt(std::ostream& out, const Diagnostic& diagnostic, const Style& style, const Paint& paint) {
  const std::vector<Cell> cells = excerpt_cells(diagnostic.excerpt);
  const std::size_t caret = static_cast<std::size_t>(std::max(1, diagnostic.where.column)) - 1;
  const std::size_t end = caret + static_cast<std::size_t>(std::max(1, diagnostic.where.length));
  const int available = std::max(style.columns - k_gutter_width, 20);
  const std::size_t skipped = characters_to_skip(cells, caret, end, available);
  const std::string_view ellipsis = skipped > 0 ? "…" : "";
  const int margin = skipped > 0 ? 1 : 0;

  const std::string line = report::elided(joined(cells, skipped), available - margin);
  out << fmt::format("{:>5} | {}{}\n", diagnostic.where.line, ellipsis, line);
  if (diagnostic.where.column <= 0) return;
  const int underlined = std::clamp(width_of(cells, caret, end), 1, available);
  out << "      | " << spaces(margin + width_of(cells, skipped, caret))
      << paint.good("^" + std::string(static_cast<std::size_t>(underlined) - 1, '~')) << '\n';
}

}  // namespace

void write_diagnostic(std::ostream& out, const Diagnostic& diagnostic, const Style& style) {
  const Paint paint(style);
  out << paint.bold(place_of(diagnostic.where) + ":") << ' ' << painted_severity(diagnostic.severity, paint) << ' '
      << printable(diagnostic.message);
  if (!diagnostic.code.empty()) out << " [" << printable(diagnostic.code) << ']';
  out << '\n';
  if (!diagnostic.excerpt.empty() && diagnostic.where.line > 0) write_excerpt(out, diagnostic, style, paint);
  if (!diagnostic.hint.empty()) out << paint.bold("hint:") << ' ' << printable(diagnostic.hint) << '\n';
}

}  // namespace oubli
