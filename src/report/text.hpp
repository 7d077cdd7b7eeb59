/// Text for a terminal: what may be shown, how wide it is, where it breaks.
///
/// Names come from files and databases of strangers. `printable` makes them harmless; every report
/// passes what it didn't write itself through it.
#pragma once

#include "model/figures.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oubli::report {

/// One character as shown: its bytes, escaped where needed, and the columns it takes.
struct Cell {
  std::string text;
  int width = 1;
};

/// The characters of UTF-8 text, one a code point. Control characters, direction overrides and
/// bytes that are no UTF-8 are escaped: `\x1b`, `\u{202e}`.
[[nodiscard]] std::vector<Cell> cells(std::string_view text);

/// The text with everything escaped that a terminal would obey rather than show.
[[nodiscard]] std::string printable(std::string_view text);

/// The columns that the text takes once printed.
[[nodiscard]] int width(std::string_view text);

/// The text cut to `columns`, with `…` where something is missing.
[[nodiscard]] std::string elided(std::string_view text, int columns);

[[nodiscard]] std::string padded_left(std::string_view text, int columns);
[[nodiscard]] std::string padded_right(std::string_view text, int columns);

/// The text broken at spaces so that no line is wider than `columns`, each line indented by
/// `indent` spaces and ended; a longer word has a line of its own. `hang`: of the lines after the first.
[[nodiscard]] std::string wrapped(std::string_view text, int columns, int indent, int hang);

using oubli::counted;
using oubli::grouped;

/// "a", "a and b", "a, b and c".
[[nodiscard]] std::string listed(const std::vector<std::string>& items, std::string_view last = "and");

}  // namespace oubli::report
