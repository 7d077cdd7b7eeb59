/// Days in tests: `"2024-02-29"_day`.
#pragma once

#include "oubli/model/day.hpp"

#include <cstddef>
#include <string_view>

namespace oubli {

/// Throws where the text is no day: a mistake of the test.
inline Day operator""_day(const char* text, std::size_t length) {
  return day_from_text(std::string_view(text, length)).value();
}

}  // namespace oubli
