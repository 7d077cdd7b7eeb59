#include "oubli/run/scan.hpp"

#include "oubli/state/state.hpp"
#include "run/plan_to_read.hpp"
#include "run/record_lines.hpp"
#include "run/report_lines.hpp"

namespace oubli {

namespace {

void add_records(RunReport& report, const DatasetPlan& plan) {
  for (auto& line : report.tables) {
    if (line.dataset != plan.name() || line.side != plan.side) continue;
    for (const auto& planned : plan.tables) {
      if (planned.name() == line.table) line.records = record_lines(plan, planned);
    }
  }
}

void add_side(RunReport& report, const DatasetPlan& plan, const ScanRequest& request) {
  add_plan(report, plan, request.selection);
  if (request.with_records) add_records(report, plan);
}

}  // namespace

RunReport scan(const Project& project, const ScanRequest& request, std::chrono::system_clock::time_point now) {
  const auto days = days_by_policy(project, now, request.as_of);
  auto report = report_heading(project, days, request.selection);
  const auto state = State::open_for_reading(project.config.state);
  const Stops stops(project, state ? &*state : nullptr, now);
  const ReadingTerms terms{project, request.selection, state ? &*state : nullptr, stops, days, request.threads};
  for (const auto& dataset : project.datasets) {
    if (!is_selected(request.selection, dataset)) continue;
    const auto planned = plan_both(dataset, request_to_read(terms, dataset));
    add_side(report, planned.live, request);
    if (planned.archive) add_side(report, *planned.archive, request);
  }
  return report;
}

}  // namespace oubli
