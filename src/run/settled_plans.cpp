#include "run/settled_plans.hpp"

#include "run/archived_records.hpp"
#include "run/group_plans.hpp"

namespace oubli {

namespace {

/// Says whether there was anything to settle.
bool settle_groups(EnforceRun& run, DatasetPlan& plan, const PlanRequest& request) {
  bool settled = false;
  plan.source->settle_restored();
  for (const auto& group : table_groups(*plan.rules)) {
    const auto groups = group_plan(plan, group, *plan.families, request.taking_part);
    if (groups.tables.empty()) continue;
    settled |= settle_pending(*plan.source, groups, run.observer(plan, [](const StepResult&) {}));
  }
  return settled;
}

void settle(EnforceRun& run, DatasetPlan& plan, PlanRequest request) {
  while (!plan.failure) {
    try {
      if (settle_groups(run, plan, request)) plan_again(plan, request);
      return;
    } catch (const PlanOutdated&) {
      request = run.plan_request(*plan.rules);
      plan_again(plan, request);
    }
  }
}

// The archive is planned when it is known which copies in it are for good.
PlannedDataset settled_plan(EnforceRun& run, const RuledDataset& dataset) {
  ArchivedRecords archived(run.state, dataset);
  if (run.request.accept_lost_archive) archived.accept_lost();
  const auto request = run.plan_request(dataset);
  PlannedDataset planned{plan_dataset(dataset, request), std::nullopt};
  settle(run, planned.live, request);
  add_archive(planned, request);
  archived.found(planned);
  return planned;
}

}  // namespace

std::vector<PlannedDataset> settled_plans(EnforceRun& run) {
  std::vector<PlannedDataset> plans;
  for (const auto& dataset : run.project.datasets) {
    if (!is_selected(run.request.selection, dataset)) continue;
    try {
      if (!run.pace.goes_on()) throw Error(Cause::dataset, dataset.config.name + ": not looked at, for the run was stopped");
      plans.push_back(settled_plan(run, dataset));
    } catch (const Error& error) {
      plans.push_back({failed_plan(dataset, error), std::nullopt});
    }
  }
  return plans;
}

void plan_anew(EnforceRun& run, DatasetPlan& plan) {
  try {
    const auto request = run.plan_request(*plan.rules);
    plan_again(plan, request);
    settle(run, plan, request);
  } catch (const Error& error) {
    plan.failure = error;
  }
}

}  // namespace oubli
