#include "oubli/run/enforce.hpp"

#include "oubli/archive/move.hpp"
#include "oubli/model/digest.hpp"
#include "oubli/state/state.hpp"
#include "run/applied_counts.hpp"
#include "run/archive_target.hpp"
#include "run/archived_records.hpp"
#include "run/dataset_memory.hpp"
#include "run/group_plans.hpp"
#include "run/ledger_entries.hpp"
#include "run/preconditions.hpp"
#include "run/report_lines.hpp"
#include "run/run_pace.hpp"
#include "run/step_gate.hpp"
#include "run/stops.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <set>

namespace oubli {

namespace {

std::string new_run_id(std::chrono::system_clock::time_point now) {
  auto time = utc_text(now);
  std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("{}-{:08x}", time, std::random_device{}());
}

void require_state(const Config& config) {
  if (std::filesystem::exists(config.state)) return;
  throw Error(Cause::refused, "nothing is approved yet", "run `oubli approve --by NAME`");
}

std::filesystem::path stop_file(const Config& config) { return config.state.string() + ".stop"; }

void require_no_stop_file(const Config& config) {
  const auto file = stop_file(config);
  std::error_code none;
  if (!std::filesystem::exists(std::filesystem::symlink_status(file, none))) return;
  throw Error(Cause::refused, "there is a file " + file.filename().string() + ", which stops every run",
              "remove it when runs may go on");
}

// A follower never goes without its root, and no table is changed that wasn't named.
void require_roots(const Project& project, const Selection& selection) {
  for (const auto& dataset : project.datasets) {
    for (const auto& table : dataset.tables) {
      const bool is_follower = table.root != table.rules.table;
      const auto root =
          std::ranges::find(dataset.tables, table.root, [](const RuledTable& t) { return t.rules.table; });
      if (!is_follower || !is_selected(selection, table) || is_selected(selection, *root)) continue;
      throw Error(Cause::usage, table.rules.table + " follows " + table.root + " and goes with it only",
                  "name " + table.root + ": what follows it goes along");
    }
  }
}

bool archives_records(const RuledDataset& dataset) {
  return std::ranges::any_of(dataset.tables, [](const RuledTable& table) {
    return std::ranges::any_of(table.rules.purposes, [](const PurposeRule& rule) { return rule.archive.has_value(); });
  });
}

std::set<std::string> allowed_tables(const DatasetPlan& plan) {
  auto allowed = plan.taking_part;
  for (const auto& planned : plan.tables) {
    if (planned.refusal) allowed.erase(planned.name());
  }
  return allowed;
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

// A policy that no selected dataset is under keeps nobody waiting.
std::map<std::string, RunDays> selected_days(const Project& project, const EnforceRequest& request,
                                             std::chrono::system_clock::time_point now) {
  auto days = days_by_policy(project, now, request.as_of);
  std::erase_if(days, [&](const auto& each) { return !is_selected(request.selection, project.policy(each.first)); });
  return days;
}

// Not those of a table whose earlier records in the archive still wait for leave to be changed.
std::set<std::string> arrivals(PlannedDataset& planned, const RunReport& report, const EnforceRequest& request) {
  if (!planned.archive || planned.archive->failure) return {};
  auto tables = archived_tables(report, planned.live);
  for (const auto& earlier : planned.archive->tables) {
    const bool left_some = request.catch_up && earlier.tally.to_rewrite() > 0;
    if (earlier.refusal || earlier.failure || left_some) tables.erase(earlier.name());
  }
  return tables;
}

/// One run, from its first ledger entry to its last.
class Run {
 public:
  Run(const Project& project, const EnforceRequest& request, State& state, std::chrono::system_clock::time_point now)
      : m_project(project),
        m_request(request),
        m_state(state),
        m_now(now),
        m_id(new_run_id(now)),
        m_ledger(state, m_id, now),
        m_pace(request, stop_file(project.config), RunClock::of_the_system()),
        m_days(selected_days(project, request, now)) {}

  void require_allowed(std::chrono::system_clock::time_point now);
  [[nodiscard]] RunReport carry_out();

 private:
  [[nodiscard]] Stops stops() const { return {m_project, &m_state, m_now}; }
  [[nodiscard]] PlanRequest plan_request(const RuledDataset& dataset);
  [[nodiscard]] StepObserver observer(const DatasetPlan& plan, std::function<void(const StepResult&)> use);
  [[nodiscard]] std::vector<PlannedDataset> plan_all();
  [[nodiscard]] PlannedDataset plan_both(const RuledDataset& dataset);
  void settle(DatasetPlan& plan, PlanRequest request);
  [[nodiscard]] bool settle_groups(DatasetPlan& plan, const PlanRequest& request);
  void carry_out(PlannedDataset& planned, RunReport& report);
  void change(DatasetPlan& plan, RunReport& report);
  [[nodiscard]] bool change_groups(DatasetPlan& plan, RunReport& report);
  void plan_anew(DatasetPlan& plan, RunReport& report);
  void move(DatasetPlan& plan, const TableGroup& group, RunReport& report);
  void rewrite(DatasetPlan& plan, const TableGroup& group, RunReport& report);
  void minimise_arrivals(PlannedDataset& planned, RunReport& report);
  void minimise(const DatasetPlan& archive, const std::set<std::string>& tables, RunReport& report);
  void tidy_memory(DatasetPlan& plan, RunReport& report);
  void erase(DatasetPlan& plan, RunReport& report);
  void mark_erasure_pending(const DatasetPlan& plan);
  void close(RunReport& report);

  const Project& m_project;
  const EnforceRequest& m_request;
  State& m_state;
  std::chrono::system_clock::time_point m_now;
  std::string m_id;
  LedgerWriter m_ledger;
  RunPace m_pace;
  std::map<std::string, RunDays> m_days;
  std::set<std::string> m_marked;  ///< datasets noted as having an erasure pending
};

void Run::require_allowed(std::chrono::system_clock::time_point now) {
  try {
    require_approved(m_state, m_project);
    require_past_days(m_project, m_days);
    static_cast<void>(stops());
    require_no_stop_file(m_project.config);
    if (!m_request.accept_clock) require_plausible_clock(m_state, now);
  } catch (const Error& error) {
    m_ledger.refused(error.diagnostic());
    throw;
  }
}

PlanRequest Run::plan_request(const RuledDataset& dataset) {
  PlanRequest request;
  request.days = m_days.at(dataset.config.policy);
  request.access = Access::enforce;
  request.taking_part = tables_taking_part(dataset, m_request.selection);
  request.archive = archives_records(dataset) ? archive_to_fill(m_project.config, dataset, m_state, m_id)
                                              : archive_to_read(m_project.config, dataset, &m_state);
  request.memory = memory_to_fill(dataset.config.name, m_state);
  request.temporary_folder = m_project.config.state.parent_path();
  request.threads = m_request.threads.value_or(machine_threads());
  request.run = m_id;
  request.limits = m_project.config.limits;
  request.allowed = {m_request.allow_share, m_request.allow_records, m_request.catch_up};
  const auto known = stops();
  request.stops = known.in_force(dataset, request.days.clock);
  // Asked inside a step's transaction: from here on others wait.
  request.begin_step = [this, gate = StepGate(m_state, m_project.config.state, known.all())] {
    m_pace.begin_step();
    return gate.pass();
  };
  return request;
}

// Every dataset is planned, and every limit checked, before the first change.
std::vector<PlannedDataset> Run::plan_all() {
  std::vector<PlannedDataset> plans;
  for (const auto& dataset : m_project.datasets) {
    if (!is_selected(m_request.selection, dataset)) continue;
    try {
      if (!m_pace.goes_on()) throw Error(Cause::dataset, dataset.config.name + ": not looked at, for the run was stopped");
      plans.push_back(plan_both(dataset));
    } catch (const Error& error) {
      plans.push_back({failed_plan(dataset, error), std::nullopt});
    }
  }
  return plans;
}

// The archive is planned when it is known which copies in it are for good.
PlannedDataset Run::plan_both(const RuledDataset& dataset) {
  if (m_request.accept_lost_archive) ArchivedRecords(m_state).accept_lost(dataset.config);
  const auto request = plan_request(dataset);
  PlannedDataset planned{plan_dataset(dataset, request), std::nullopt};
  settle(planned.live, request);
  add_archive(planned, request);
  ArchivedRecords(m_state).found(planned);
  return planned;
}

// What an interrupted run left between its two steps is finished first; the counts then change.
void Run::settle(DatasetPlan& plan, PlanRequest request) {
  while (!plan.failure) {
    try {
      if (settle_groups(plan, request)) plan_again(plan, request);
      return;
    } catch (const PlanOutdated&) {
      request = plan_request(*plan.rules);
      plan_again(plan, request);
    }
  }
}

bool Run::settle_groups(DatasetPlan& plan, const PlanRequest& request) {
  bool settled = false;
  for (const auto& group : table_groups(*plan.rules)) {
    const auto groups = group_plan(plan, group, *plan.families, request.taking_part);
    if (groups.tables.empty()) continue;
    settled |= settle_pending(*plan.source, groups, observer(plan, [](const StepResult&) {}));
  }
  return settled;
}

StepObserver Run::observer(const DatasetPlan& plan, std::function<void(const StepResult&)> use) {
  return {[this] { return m_pace.goes_on(); }, [this] { return m_pace.limit(); },
          [this, &plan] { mark_erasure_pending(plan); },
          [this, use = std::move(use)](const StepResult& result) {
            use(result);
            m_pace.end_step();
          }};
}

// Noted before the first change, so that a crash can't make an erasure forgotten. Once is enough:
// it is taken back only after the last one.
void Run::mark_erasure_pending(const DatasetPlan& plan) {
  if (!m_marked.insert(plan.title()).second) return;
  m_state.set_erasure_pending(plan.title(), "data was removed and not yet erased from the files");
}

// A stop added or lifted meanwhile counts from the next step on: the dataset is planned anew with it.
void Run::change(DatasetPlan& plan, RunReport& report) {
  while (!plan.failure) {
    try {
      // What was planned and isn't there to be changed any more has become young again meanwhile, or wasn't found.
      const bool came_to_the_end = change_groups(plan, report) && m_pace.stopped_because().empty();
      if (came_to_the_end && !m_request.catch_up && has_remaining(report, plan)) plan_anew(plan, report);
      return;
    } catch (const PlanOutdated&) {
      plan_anew(plan, report);
    }
  }
}

void Run::plan_anew(DatasetPlan& plan, RunReport& report) {
  try {
    const auto request = plan_request(*plan.rules);
    plan_again(plan, request);
    settle(plan, request);
  } catch (const Error& error) {
    plan.failure = error;
  }
  if (plan.failure) {
    add_failure(report, plan.title(), *plan.failure);
    m_ledger.failed(plan.title(), plan.failure->diagnostic());
    return;
  }
  count_again(report, plan, m_request.selection);
}

bool Run::change_groups(DatasetPlan& plan, RunReport& report) {
  bool all_went_well = true;
  if (plan.side == Side::archive) ArchivedRecords(m_state).before_purge(plan);
  for (const auto& group : table_groups(*plan.rules)) {
    try {
      move(plan, group, report);
      rewrite(plan, group, report);
    } catch (const Error& error) {
      add_failure(report, plan.title(group.tables.back()->rules.table), error);
      m_ledger.failed(plan.title(), error.diagnostic());
      all_went_well = false;
    }
  }
  return all_went_well;
}

void Run::move(DatasetPlan& plan, const TableGroup& group, RunReport& report) {
  const auto allowed = allowed_tables(plan);
  const auto all = group_plan(plan, group, *plan.families, allowed);
  if (all.tables.empty()) return;
  const auto told = observer(plan, [&](const StepResult& result) { add_applied(report, plan, result); });
  if (!m_request.catch_up) {
    move_group(*plan.source, all, told);
    return;
  }
  const auto& root = plan.table(all.tables.back().pass.table->rules.table).tally;
  const auto gone = already_gone(report, plan, all.tables.back());
  const auto most = std::max<std::int64_t>(0, *m_request.catch_up - gone);
  if (group.as_one && root.outcomes.to_change() > most) return;
  for (const auto& share : oldest_shares(root.due_since, most)) {
    const OldestRecords oldest(*plan.families, share.until);
    auto part = group_plan(plan, group, oldest, allowed);
    part.tables.back().expected = share.records;
    move_group(*plan.source, part, told);
  }
}

// After the removals: what has left needn't be minimised first.
void Run::rewrite(DatasetPlan& plan, const TableGroup& group, RunReport& report) {
  const auto& root = plan.table(group.tables.back()->rules.table).tally;
  const auto shares = oldest_shares(root.due_since, m_request.catch_up.value_or(0));
  const OldestRecords oldest(*plan.families, shares.empty() ? Day::min() : shares.back().until);
  const GoingRecords& going = m_request.catch_up ? static_cast<const GoingRecords&>(oldest) : *plan.families;
  for (auto& table : rewriting_plans(plan, group, allowed_tables(plan))) {
    if (m_request.catch_up) table.expected = std::min(table.expected, *m_request.catch_up);
    const auto told = observer(plan, [&](const StepResult& result) { add_applied(report, plan, result); });
    rewrite_table(*plan.source, table, going, told);
  }
}

// S15: what a run archives is minimised there to what its living purposes need. No limit asks again: each of
// these records was counted when it left the live data.
void Run::minimise_arrivals(PlannedDataset& planned, RunReport& report) {
  const auto tables = arrivals(planned, report, m_request);
  while (!tables.empty() && m_pace.goes_on()) {
    try {
      auto request = plan_request(*planned.live.rules);
      request.allowed = {.share = true, .records = true, .catch_up = {}};
      planned.archive = plan_archive(*planned.live.rules, request);
      minimise(*planned.archive, tables, report);
      return;
    } catch (const PlanOutdated&) {
      continue;
    } catch (const Error& error) {
      add_failure(report, planned.archive->title(), error);
      m_ledger.failed(planned.archive->title(), error.diagnostic());
      return;
    }
  }
}

void Run::minimise(const DatasetPlan& archive, const std::set<std::string>& tables, RunReport& report) {
  if (archive.failure) throw *archive.failure;
  const MinimisedRecords minimised(*archive.families);
  for (const auto& group : table_groups(*archive.rules)) {
    for (const auto& table : rewriting_plans(archive, group, allowed_tables(archive))) {
      if (!tables.contains(table.pass.table->rules.table)) continue;
      const auto told = observer(archive, [&](const StepResult& result) {
        for (const auto& [name, change] : result) add_minimised_there(report, archive, name, change);
      });
      rewrite_table(*archive.source, table, minimised, told);
    }
  }
}

// What was remembered for the records that went is of no use, and the next record with such a key must
// not be taken for them.
void Run::tidy_memory(DatasetPlan& plan, RunReport& report) {
  for (const auto& planned : plan.tables) {
    if (planned.failure) continue;
    try {
      plan.source->refresh_day_memory(plan.families->pass(*planned.table, plan.matchers.at(planned.name())));
    } catch (const Error& error) {
      add_failure(report, plan.title(planned.name()), error);
      m_ledger.failed(plan.title(), error.diagnostic());
    }
  }
}

void Run::erase(DatasetPlan& plan, RunReport& report) {
  const auto pending = m_state.erasure_pending();
  if (std::ranges::none_of(pending, [&](const auto& each) { return each.first == plan.title(); })) return;
  ErasureLine line{plan.title(), true, {}};
  try {
    if (!m_pace.goes_on()) throw Error(Cause::dataset, "the run was stopped before");
    const auto result = plan.source->erase_residue();
    line.done = result.done;
    line.pending_because = result.pending_because;
    line.search = result.search;
  } catch (const Error& error) {
    line.done = false;
    line.pending_because = error.diagnostic().message;
  }
  if (line.done) {
    m_state.clear_erasure_pending(plan.title());
  } else {
    m_state.set_erasure_pending(plan.title(), line.pending_because);
  }
  report.enforced->erasure.push_back(line);
}

RunReport Run::carry_out() {
  auto report = report_heading(m_project, m_days, m_request.selection);
  report.enforced.emplace().run = m_id;
  m_ledger.started(m_project, m_request, report);
  auto plans = plan_all();
  for (auto& plan : plans) {
    add_plan(report, plan.live, m_request.selection);
    if (plan.archive) add_plan(report, *plan.archive, m_request.selection);
  }
  for (auto& line : report.tables) line.applied = AppliedCounts{};
  for (auto& plan : plans) carry_out(plan, report);
  close(report);
  return report;
}

// The archive first: what this run moves there wasn't part of the plan that says what leaves it.
void Run::carry_out(PlannedDataset& planned, RunReport& report) {
  for (auto* plan : {planned.archive ? &*planned.archive : nullptr, &planned.live}) {
    if (!plan || plan->failure) continue;
    change(*plan, report);
    if (plan->notes_days) tidy_memory(*plan, report);
  }
  if (!planned.live.failure) ArchivedRecords(m_state).after_archiving(planned.live, report);
  minimise_arrivals(planned, report);
  for (auto* plan : {planned.archive ? &*planned.archive : nullptr, &planned.live}) {
    if (!plan || !plan->source) continue;
    erase(*plan, report);
    for (auto& file : plan->source->archived_to()) report.enforced->archived_to.push_back(std::move(file));
  }
}

void Run::close(RunReport& report) {
  count_remaining(report, m_request);
  report.enforced->stopped_because = m_pace.stopped_because();
  report.enforced->status = status_of(report);
  for (const auto& line : report.tables) m_ledger.table(line, rules_digest(m_project, line));
  m_ledger.finished(report);
  report.enforced->ledger_head = m_ledger.head();
}

}  // namespace

RunReport enforce(const Project& project, const EnforceRequest& request, std::chrono::system_clock::time_point now) {
  require_runnable(project);
  require_roots(project, request.selection);
  require_state(project.config);
  const auto lock = State::lock(project.config.state);
  auto state = State::open(project.config.state, State::Create::no);
  Run run(project, request, state, now);
  run.require_allowed(now);
  return run.carry_out();
}

}  // namespace oubli
