/// `oubli enforce --metrics`: what the state knows for a monitoring system.
#pragma once

#include "oubli/model/run_metrics.hpp"
#include "oubli/run/project.hpp"

#include <chrono>

namespace oubli {

/// The last complete run and the legal holds in force; nothing of either without a state. Throws Error
/// (Cause::dataset) when the state can't be read.
[[nodiscard]] RunMetrics metrics_of_state(const Project& project, std::chrono::system_clock::time_point now);

}  // namespace oubli
