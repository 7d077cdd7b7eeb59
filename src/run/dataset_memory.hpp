/// What the state remembers of one dataset's events, for its source (S11). Records are known by an
/// HMAC of their keys: whoever has the state alone learns nothing of them.
#pragma once

#include "oubli/source/day_memory.hpp"
#include "oubli/state/state.hpp"

#include <memory>
#include <string>

namespace oubli {

/// For reading alone: null where there is no state.
[[nodiscard]] std::shared_ptr<DayMemory> memory_to_read(const std::string& dataset, const State* state);

/// `state` outlives it.
[[nodiscard]] std::shared_ptr<DayMemory> memory_to_fill(const std::string& dataset, State& state);

}  // namespace oubli
