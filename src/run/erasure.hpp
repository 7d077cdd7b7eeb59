/// Erasing what was removed from a dataset's files, at the time its schedule says.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"
#include "run/dataset_plan.hpp"

#include <chrono>

namespace oubli {

/// When an erasure is asked for.
struct ErasureMoment {
  std::chrono::system_clock::time_point now;
  bool at_once = false;  ///< whatever the schedule says
};

/// Makes removed bytes unreadable where it is time; what isn't done, and why, is in what it returns and in the state,
/// which is tried again. Of an archive the schedule is its dataset's.
[[nodiscard]] ErasureLine erase_files(DatasetPlan& plan, const Project& project, State& state, ErasureMoment moment);

/// The same where nothing may begin any more.
[[nodiscard]] ErasureLine leave_erasure_pending(const DatasetPlan& plan, State& state, const std::string& because);

}  // namespace oubli
