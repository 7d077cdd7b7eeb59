/// `oubli`, `oubli status`: where things stand (I5).
#pragma once

#include "oubli/report/report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <optional>

namespace oubli {

/// Reads the state and judges every selected dataset; those under one policy stand together. A dataset that can't be read says so in its line.
[[nodiscard]] StatusReport status(const Project& project, std::chrono::system_clock::time_point now,
                                  std::optional<Day> as_of, const Selection& selection = {});

}  // namespace oubli
