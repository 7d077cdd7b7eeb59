#include "run/enforce_run.hpp"

#include "run/archive_target.hpp"
#include "run/dataset_memory.hpp"
#include "run/run_id.hpp"
#include "run/step_gate.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

// A policy that no selected dataset is under keeps nobody waiting.
std::map<std::string, RunDays> selected_days(const Project& project, const EnforceRequest& request,
                                             EnforceRun::TimePoint now) {
  auto days = days_by_policy(project, now, request.as_of);
  std::erase_if(days, [&](const auto& each) { return !is_selected(request.selection, project.policy(each.first)); });
  return days;
}

bool archives_records(const RuledDataset& dataset) {
  return std::ranges::any_of(dataset.tables, [](const RuledTable& table) {
    return std::ranges::any_of(table.rules.purposes, [](const PurposeRule& rule) { return rule.archive.has_value(); });
  });
}

}  // namespace

std::filesystem::path stop_file(const Config& config) { return config.state.string() + ".stop"; }

EnforceRun::EnforceRun(const Project& its_project, const EnforceRequest& its_request, State& its_state, TimePoint moment)
    : project(its_project),
      request(its_request),
      state(its_state),
      now(moment),
      id(new_run_id(now)),
      ledger(state, id, now),
      pace(request, stop_file(project.config), RunClock::of_the_system()),
      keys(std::make_shared<KeyNotes>(state, id)),
      days(selected_days(project, request, now)) {}

PlanRequest EnforceRun::plan_request(const RuledDataset& dataset) {
  PlanRequest wanted;
  wanted.days = days.at(dataset.config.policy);
  wanted.access = Access::enforce;
  wanted.taking_part = tables_taking_part(dataset, request.selection);
  wanted.archive = archives_records(dataset) ? archive_to_fill(project.config, dataset, state, id)
                                             : archive_to_read(project.config, dataset, &state);
  wanted.memory = memory_to_fill(dataset.config.name, state);
  wanted.temporary_folder = project.config.state.parent_path();
  wanted.threads = request.threads.value_or(machine_threads());
  wanted.run = id;
  wanted.limits = project.config.limits;
  wanted.allowed = {request.allow_share, request.allow_records, request.catch_up};
  wanted.saved = {saved_plan(), m_saved_key, {}};
  wanted.notes = keys;
  const auto known = stops();
  wanted.stops = known.in_force(dataset, wanted.days.clock);
  // Asked inside a step's transaction: from here on others wait.
  wanted.begin_step = [this, gate = StepGate(state, project.config.state, known.all())] {
    pace.begin_step();
    return gate.pass();
  };
  return wanted;
}

void EnforceRun::use_saved_plan() {
  if (!request.plan) return;
  m_saved_key = state.digest_key();
  m_saved = plan_from_text(*request.plan, m_saved_key);
  require_fitting(*m_saved, project, state.id(), now);
}

StepObserver EnforceRun::observer(const DatasetPlan& plan, std::function<void(const StepResult&)> use) {
  return {[this] { return pace.goes_on(); }, [this] { return pace.limit(); },
          [this, &plan] {
            mark_erasure_pending(plan);
            keys->step_begins();
          },
          [this, use = std::move(use)](const StepResult& result) {
            keys->step_done();
            use(result);
            pace.end_step();
          }};
}

// Noted before the first change, so that a crash can't make an erasure forgotten. Once is enough:
// it is taken back only after the last one.
void EnforceRun::mark_erasure_pending(const DatasetPlan& plan) {
  if (!m_marked.insert(plan.title()).second) return;
  state.set_erasure_pending(plan.title(), "data was removed and not yet erased from the files");
}

}  // namespace oubli
