/// The first lines of a CSV cut into fields, to see which way of cutting them makes sense. Records proper are read
/// by their source.
#pragma once

#include "oubli/model/config.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace oubli::proposal {

struct Lines {
  /// Fields without their quotes, doubled ones left as they are. Empty lines are passed over.
  std::vector<std::vector<std::string_view>> records{};
  std::int64_t quoted = 0;      ///< fields in quotes
  std::int64_t odd_quotes = 0;  ///< quotes that open a field and don't close it
};

/// `is_whole`: otherwise the last record is cut, and left out.
[[nodiscard]] Lines lines_of(std::string_view text, bool is_whole, char delimiter, CsvDialect::Quote quote);

}  // namespace oubli::proposal
