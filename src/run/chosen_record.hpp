/// One record that a person names by its key or row, and why it is what it is.
#pragma once

#include "oubli/model/explanation.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"
#include "run/dataset_plan.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

struct FoundTable {
  const RuledDataset* dataset = nullptr;
  const RuledTable* table = nullptr;
};

/// The table named as `dataset.table`, or `table` where only one dataset has it. Throws Error (Cause::usage).
[[nodiscard]] FoundTable find_table(const Project& project, const std::string& asked);

/// Throws Error (Cause::usage) where the choice can't be one of this table's records.
void require_choice(const FoundTable& found, const RecordChoice& choice);

/// How a dataset is judged by a command about one record. `state`: null where there is none.
[[nodiscard]] PlanRequest request_to_read(const Project& project, const RuledDataset& dataset, const State* state,
                                          std::chrono::system_clock::time_point now, std::optional<Day> as_of);

/// The chosen records of one side, each explained; several where the key isn't unique, or a row number is that of
/// several files. REQUIRES: `plan` has not failed.
[[nodiscard]] std::vector<Explanation> explanations(const DatasetPlan& plan, const FoundTable& found,
                                                    const RecordChoice& choice);

}  // namespace oubli
