#include "oubli/run/enforce.hpp"

#include "oubli/model/digest.hpp"
#include "oubli/state/state.hpp"
#include "run/applied_counts.hpp"
#include "run/dataset_run.hpp"
#include "run/enforce_run.hpp"
#include "run/preconditions.hpp"
#include "run/report_lines.hpp"
#include "run/settled_plans.hpp"

#include <algorithm>

namespace oubli {

namespace {

void require_state(const Config& config) {
  if (std::filesystem::exists(config.state)) return;
  throw Error(Cause::refused, "nothing is approved yet", "run `oubli approve --by NAME`");
}

void require_no_stop_file(const Config& config) {
  const auto file = stop_file(config);
  std::error_code none;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, none))) return;
  throw Error(Cause::refused, "there is a file " + file.filename().string() + ", which stops every run",
              "remove it when runs may go on");
}

// A refusal is in the ledger, too.
void require_allowed(EnforceRun& run) {
  try {
    require_approved(run.state, run.project);
    require_past_days(run.project, run.days);
    run.use_saved_plan();
    static_cast<void>(run.stops());
    require_no_stop_file(run.project.config);
    if (!run.request.accept_clock) require_plausible_clock(run.state, run.now);
  } catch (const Error& error) {
    run.ledger.refused(error.diagnostic());
    throw;
  }
}

std::string rules_digest(const Project& project, const TableLine& line) {
  for (const auto& dataset : project.datasets) {
    for (const auto& table : dataset.tables) {
      if (dataset.config.name == line.dataset && table.rules.table == line.table) {
        return sha256_text(canonical_dump(table.rules));
      }
    }
  }
  return {};
}

// What a run kept that was cut off is sealed like that of any other.
void seal_runs_cut_off(EnforceRun& run) {
  for (const auto& other : run.state.runs_cut_off()) run.ledger.cut_off(other, run.state.kept_keys(other));
}

RunReport begin(EnforceRun& run) {
  auto report = report_heading(run.project, run.days, run.request.selection);
  report.enforced.emplace().run = run.id;
  if (const auto* const plan = run.saved_plan()) report.enforced->plan = plan->digest;
  run.ledger.started(run.project, run.request, report);
  return report;
}

void add_plans(RunReport& report, const std::vector<PlannedDataset>& plans, const EnforceRun& run) {
  for (const auto& planned : plans) {
    add_plan(report, planned.live, run.request.selection);
    if (planned.archive) add_plan(report, *planned.archive, run.request.selection);
  }
  const auto* const saved = run.saved_plan();
  for (auto& line : report.tables) {
    line.applied = AppliedCounts{};
    if (!saved) continue;
    const auto* const table = saved->find(line.dataset, line.table, line.side);
    line.in_plan = table ? table->count() : 0;
  }
}

void close(EnforceRun& run, RunReport& report) {
  count_remaining(report, run.request);
  report.enforced->stopped_because = run.pace.stopped_because();
  report.enforced->status = status_of(report);
  for (const auto& line : report.tables) run.ledger.table(line, rules_digest(run.project, line));
  run.ledger.keys(run.keys->finish());
  run.ledger.finished(report);
  report.enforced->ledger_head = run.ledger.head();
}

}  // namespace

RunReport enforce(const Project& project, const EnforceRequest& request, std::chrono::system_clock::time_point now) {
  require_runnable(project);
  require_roots(project, request.selection);
  require_state(project.config);
  const auto lock = State::lock(project.config.state);
  auto state = State::open(project.config.state, State::Create::no);
  EnforceRun run(project, request, state, now);
  require_allowed(run);
  seal_runs_cut_off(run);
  auto report = begin(run);
  auto plans = settled_plans(run);
  add_plans(report, plans, run);
  for (auto& planned : plans) DatasetRun(run, planned, report).carry_out();
  close(run, report);
  return report;
}

}  // namespace oubli
