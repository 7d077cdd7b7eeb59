/// What a monitoring system learns of the last run.
#pragma once

#include "oubli/model/run_report.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace oubli {

struct RunMetrics {
  std::chrono::system_clock::time_point ended;
  std::chrono::duration<double> took{};
  int exit_status = 0;  ///< I6
  std::optional<std::chrono::system_clock::time_point> last_complete;  ///< of all runs, this one included
  std::int64_t holds = 0;           ///< legal holds in force
  std::optional<RunReport> report;  ///< absent: the run was refused before it looked at anything
};

}  // namespace oubli
