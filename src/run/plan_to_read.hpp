/// How commands that change nothing plan a dataset: `scan`, `audit` and `forecast` judge it the same way.
#pragma once

#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"
#include "run/dataset_plan.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace oubli {

/// What all datasets of a command are judged by.
struct ReadingTerms {
  const Project& project;
  const Selection& selection;
  const State* state = nullptr;  ///< null: there is none yet
  const Stops& stops;
  const std::map<std::string, RunDays>& days;  ///< by policy
  std::optional<unsigned> threads = std::nullopt;
};

[[nodiscard]] PlanRequest request_to_read(const ReadingTerms& terms, const RuledDataset& dataset);

}  // namespace oubli
