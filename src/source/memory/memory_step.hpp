/// Chooses what goes from a group of tables in memory, and carries it out.
#pragma once

#include "source/memory/memory_reader.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace oubli::memory {

/// A record chosen to go, as it was then.
struct Member {
  std::size_t table = 0;  ///< index into GroupPlan::tables
  std::size_t row = 0;    ///< index into MemoryTable::rows
  Outcome outcome = Outcome::keep;
  Row fields;
};

/// A root record with all that follow it, or a whole cycle: goes or stays as one.
using Family = std::vector<Member>;

/// How far the steps of a group have come.
struct Progress {
  std::size_t next_row = 0;  ///< of the root table
  bool at_end = false;
  std::map<std::string, std::int64_t> taken;  ///< by table, never more than expected
};

/// The step over the group's next due families, or null. `memory` and `progress` outlive it.
[[nodiscard]] std::unique_ptr<Step> choose_step(RuledMemory& memory, const GroupPlan& plan, StepLimit limit,
                                                Progress& progress);

}  // namespace oubli::memory
