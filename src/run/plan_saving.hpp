/// What `scan` saves as a plan (I9).
#pragma once

#include "run/dataset_plan.hpp"
#include "run/record_digest.hpp"
#include "run/saved_plan.hpp"

#include <vector>

namespace oubli {

/// The records of one side of a dataset that would leave or change now; tables without any left out. A table over a
/// limit is in it all the same: who carries out the plan is held to the limits once more. REQUIRES: neither the plan
/// nor a table of it has failed.
[[nodiscard]] std::vector<SavedTable> records_to_save(const DatasetPlan& plan, const RecordDigester::Key& key);

}  // namespace oubli
