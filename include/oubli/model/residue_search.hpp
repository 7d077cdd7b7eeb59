/// What looking for removed values in a dataset's raw files came to.
#pragma once

#include <cstdint>

namespace oubli {

/// Counted in values: of those that this run removed, a sample of at most 1,000 that are 12 bytes or longer.
struct ResidueSearch {
  std::int64_t searched = 0;          ///< of values that no record has any more
  std::int64_t found = 0;             ///< of these, in a file all the same
  std::int64_t in_other_records = 0;  ///< not searchable: records that stay hold the same
  friend bool operator==(const ResidueSearch&, const ResidueSearch&) = default;
};

}  // namespace oubli
