/// What each run is known by.
#pragma once

#include "oubli/model/day.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace oubli {

/// "20261122T030012Z-1f3a9c04": when it began, in UTC, and a number that tells it from others of that second.
[[nodiscard]] std::string new_run_id(std::chrono::system_clock::time_point now);

/// The UTC day on which a run began; nothing for what is no run's id.
[[nodiscard]] std::optional<Day> day_of_run(std::string_view run);

}  // namespace oubli
