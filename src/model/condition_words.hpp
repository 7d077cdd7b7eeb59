/// What a name and a keyword look like in a condition (I3): the parser and the printer share it, so
/// that what one writes the other reads.
#pragma once

#include "model/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace oubli::condition {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Every byte of a letter beyond ASCII is above 0x7F: names in any script go unquoted.
[[nodiscard]] constexpr bool begins_name(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

[[nodiscard]] constexpr bool continues_name(char c) { return begins_name(c) || is_digit(c); }

/// `word` in lower case.
[[nodiscard]] inline bool is_keyword(std::string_view word) {
  constexpr std::array<std::string_view, 7> k_keywords{"and", "or", "not", "in", "is", "null", "like"};
  return std::find(k_keywords.begin(), k_keywords.end(), word) != k_keywords.end();
}

/// True when `name` can stand in a condition without double quotes.
[[nodiscard]] inline bool is_bare_name(std::string_view name) {
  return !name.empty() && begins_name(name.front()) && std::all_of(name.begin(), name.end(), continues_name) &&
         !is_keyword(ascii_lower(name));
}

}  // namespace oubli::condition
