#include "oubli/run/scan.hpp"

#include "oubli/state/state.hpp"
#include "run/ledger_entries.hpp"
#include "run/plan_saving.hpp"
#include "run/plan_to_read.hpp"
#include "run/preconditions.hpp"
#include "run/record_lines.hpp"
#include "run/report_lines.hpp"

#include <algorithm>

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

/// Gathers a plan to be saved, where one is asked for.
class PlanInTheMaking {
 public:
  /// Throws Error where none can be made.
  PlanInTheMaking(const Project& project, const ScanRequest& request, const std::map<std::string, RunDays>& days,
                  const State* state, std::chrono::system_clock::time_point now)
      : m_request(request), m_made(now) {
    if (!request.save_plan) return;
    if (!state) throw Error(Cause::refused, "nothing is approved yet", "run `oubli approve --by NAME`");
    require_roots(project, request.selection);
    require_past_days(project, days);
    m_key = state->digest_key();
    m_plan = {state->id(), utc_text(now), texts_of_plan(project), {}};
  }

  void add(const DatasetPlan& plan) {
    const bool is_whole =
        !plan.failure && std::ranges::none_of(plan.tables, [](const PlannedTable& t) { return t.failure.has_value(); });
    m_is_whole = m_is_whole && is_whole;
    if (!m_request.save_plan || !m_is_whole) return;
    for (auto& table : records_to_save(plan, m_key)) m_plan.tables.push_back(std::move(table));
  }

  // Part of what is due, taken for all of it, would be reviewed in vain.
  void save() const {
    if (!m_request.save_plan || !m_is_whole) return;
    m_request.save_plan({to_text(m_plan, m_key), m_plan.count(), utc_text(m_made + k_plan_is_good_for)});
  }

 private:
  const ScanRequest& m_request;
  std::chrono::system_clock::time_point m_made;
  RecordDigester::Key m_key{};
  SavedPlan m_plan;
  bool m_is_whole = true;
};

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
  PlanInTheMaking to_save(project, request, days, terms.state, now);
  for (const auto& dataset : project.datasets) {
    if (!is_selected(request.selection, dataset)) continue;
    const auto planned = plan_both(dataset, request_to_read(terms, dataset));
    for (const auto* plan : {&planned.live, planned.archive ? &*planned.archive : nullptr}) {
      if (!plan) continue;
      add_side(report, *plan, request);
      to_save.add(*plan);
    }
  }
  to_save.save();
  return report;
}

}  // namespace oubli
