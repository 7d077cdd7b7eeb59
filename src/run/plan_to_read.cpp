#include "run/plan_to_read.hpp"

#include "run/archive_target.hpp"
#include "run/dataset_memory.hpp"

namespace oubli {

PlanRequest request_to_read(const ReadingTerms& terms, const RuledDataset& dataset) {
  const auto& config = terms.project.config;
  const auto& days = terms.days.at(dataset.config.policy);
  return {.days = days,
          .access = Access::read,
          .taking_part = tables_taking_part(dataset, terms.selection),
          .archive = archive_to_read(config, dataset, terms.state),
          .limits = config.limits,
          .allowed = {},
          .stops = terms.stops.in_force(dataset, days.clock),
          .memory = memory_to_read(dataset.config.name, terms.state),
          .temporary_folder = config.state.parent_path(),
          .threads = terms.threads.value_or(machine_threads())};
}

}  // namespace oubli
