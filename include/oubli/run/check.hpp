/// `oubli check`: what is wrong with the policies and the config, before anything runs.
#pragma once

#include "oubli/report/report.hpp"
#include "oubli/run/project.hpp"

#include <chrono>

namespace oubli {

/// The faults of all files, and the values that the law or the text doesn't give (S16). Reads
/// schemas, no data. A dataset that can't be reached is a warning: its names are unchecked.
[[nodiscard]] CheckReport check(const Project& project, std::chrono::system_clock::time_point now);

}  // namespace oubli
