/// What an audit sees of one dataset: the plan that `scan` makes, and one more pass over each table that looks
/// into a sample of every column.
#pragma once

#include "oubli/audit/facts.hpp"
#include "oubli/run/selection.hpp"
#include "run/dataset_plan.hpp"

namespace oubli {

/// The live records, and those of tables that the config doesn't map.
void add_live(DatasetFacts& facts, DatasetPlan& plan, const Selection& selection);
void add_archived(DatasetFacts& facts, DatasetPlan& plan, const Selection& selection);

}  // namespace oubli
