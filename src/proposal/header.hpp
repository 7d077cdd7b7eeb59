/// Whether the first line of a CSV names its columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oubli::proposal {

struct HeaderGuess {
  bool is_there = false;
  std::string evidence;
};

[[nodiscard]] HeaderGuess header_of(const std::vector<std::vector<std::string_view>>& records);

}  // namespace oubli::proposal
