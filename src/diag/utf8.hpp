/// Code points of UTF-8 text.
#pragma once

#include <cstddef>
#include <string_view>

namespace oubli {

/// One code point as it stands in a text. A byte that is no part of valid UTF-8 counts as one
/// invalid code point of length 1.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 1;  ///< in bytes
  bool valid = false;
};

/// The code point at `offset`. Overlong forms, surrogates and values over U+10FFFF are invalid.
/// REQUIRES: `offset` lies within the text.
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t offset);

/// How many code points the text has: its width in columns as editors count them.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace oubli
