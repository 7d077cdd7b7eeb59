/// Letters of ASCII alone, whatever the locale: what file formats and SQLite call the same word.
#pragma once

#include <string>
#include <string_view>

namespace oubli {

[[nodiscard]] inline std::string ascii_lower(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace oubli
