/// Finds the quote or bracket that was left open, to name it instead of where the parser stumbled.
#pragma once

#include "policy/source_text.hpp"

#include <cstddef>
#include <string_view>

namespace oubli {

/// Where the quoted text that opens at `start` has its last quote; npos when nowhere.
[[nodiscard]] std::size_t closing_quote(std::string_view text, std::size_t start);

/// The first quote from `from` on that doesn't close on its line, or bracket that isn't closed by
/// its like; empty when there is none. Knows no block texts: for explanations only.
[[nodiscard]] Extent find_unclosed(std::string_view text, std::size_t from);

}  // namespace oubli
