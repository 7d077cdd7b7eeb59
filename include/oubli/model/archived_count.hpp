/// What the state knows of a table's records in the archive.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace oubli {

struct ArchivedCount {
  std::int64_t at_least = 0;  ///< there must be; fewer: some are lost
  std::int64_t arrivals = 0;  ///< at most, that came in a run which hasn't yet minimised them there (S15)
  friend bool operator==(const ArchivedCount&, const ArchivedCount&) = default;
};

/// By table.
using ArchivedCounts = std::map<std::string, ArchivedCount>;

}  // namespace oubli
