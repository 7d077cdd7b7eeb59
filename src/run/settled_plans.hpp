/// The plans of a run: of every dataset, before the first change. What an interrupted run left between its two
/// steps is finished first, since the counts then change.
#pragma once

#include "run/dataset_plan.hpp"
#include "run/enforce_run.hpp"

#include <vector>

namespace oubli {

/// Of every selected dataset, with every limit checked.
[[nodiscard]] std::vector<PlannedDataset> settled_plans(EnforceRun& run);

/// Plans one side of a dataset anew in the middle of a run. What fails is the plan's failure.
void plan_anew(EnforceRun& run, DatasetPlan& plan);

}  // namespace oubli
