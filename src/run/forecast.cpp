#include "oubli/run/forecast.hpp"

#include "oubli/engine/due_timeline.hpp"
#include "oubli/state/state.hpp"
#include "run/plan_to_read.hpp"
#include "run/report_lines.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

constexpr date::months k_usual_reach{24};
constexpr date::years k_longest_reach{50};

date::year_month month_of(Day day) {
  const date::year_month_day civil(day);
  return civil.year() / civil.month();
}

Day end_of_usual_reach(Day as_of) {
  const auto month = month_of(as_of) + k_usual_reach;
  return Day(month / date::last);
}

/// Counts one table's records by the month they become due.
class ForecastSink : public RecordSink {
 public:
  ForecastSink(const DatasetPlan& plan, const RuledTable& table, Day until)
      : m_families(*plan.families),
        m_table(table),
        m_as_of(plan.days.as_of),
        m_timeline(table.rules, plan.side, plan.days, until),
        m_lines(table.rules.purposes.size()) {}

  void record(const JudgedRecord& record) override {
    if (is_out_of_reach(record.judgement.outcome)) return;
    const bool is_stopped = m_families.is_stopped(m_table, record);
    for (const DueStep& step : m_timeline.steps(record.facts)) add(step, is_stopped);
  }

  [[nodiscard]] const std::vector<ForecastLine>& lines() const { return m_lines; }

 private:
  /// What was never judged has no days, and never will.
  static bool is_out_of_reach(Outcome outcome) {
    return outcome == Outcome::malformed || outcome == Outcome::unassigned || outcome == Outcome::out_of_scope;
  }

  void add(const DueStep& step, bool is_stopped) {
    auto& line = m_lines[step.purpose];
    auto& counts = step.due <= m_as_of ? line.now : line.months[month_of(step.due)];
    counts.add(step.outcome, is_stopped);
  }

  const Families& m_families;
  const RuledTable& m_table;
  Day m_as_of;
  DueTimeline m_timeline;
  std::vector<ForecastLine> m_lines;  ///< by purpose
};

void add_table(ForecastReport& report, const DatasetPlan& plan, const RuledTable& table, const Selection& selection) {
  ForecastSink sink(plan, table, report.until);
  plan.source->for_each(plan.families->pass(table, plan.matchers.at(table.rules.table)), sink);
  for (std::size_t i = 0; i < sink.lines().size(); ++i) {
    auto line = sink.lines()[i];
    line.purpose = table.rules.purposes[i].purpose;
    if ((line.now.total() == 0 && line.months.empty()) || !is_selected(selection, line.purpose)) continue;
    line.dataset = table.rules.dataset;
    line.table = table.rules.table;
    line.policy = table.rules.policy;
    line.side = plan.side;
    report.lines.push_back(std::move(line));
  }
}

void add_failure(ForecastReport& report, const std::string& name, const Error& error) {
  report.failed.push_back(name);
  report.diagnostics.push_back(error.diagnostic());
}

void add_side(ForecastReport& report, const DatasetPlan& plan, const Selection& selection) {
  if (plan.failure) return add_failure(report, plan.title(), *plan.failure);
  for (const auto& planned : plan.tables) {
    if (!is_selected(selection, *planned.table)) continue;
    try {
      if (planned.failure) throw *planned.failure;
      add_table(report, plan, *planned.table, selection);
    } catch (const Error& error) {
      add_failure(report, plan.title(planned.name()), error);
    }
  }
}

/// One last day for all policies: their as-of days may differ by a time zone.
Day last_day_of(const std::map<std::string, RunDays>& days, const std::optional<Day>& asked) {
  Day first{};
  for (const auto& [policy, run_days] : days) first = std::max(first, run_days.as_of);
  const Day until = asked.value_or(end_of_usual_reach(first));
  const Day furthest{(month_of(first) + k_longest_reach) / date::last};
  if (until < first || until > furthest) {
    throw Error(Cause::usage, to_text(until) + " can't be the last day of a forecast",
                "name a day from " + to_text(first) + " to " + to_text(furthest));
  }
  return until;
}

}  // namespace

ForecastReport forecast(const Project& project, const ForecastRequest& request,
                        std::chrono::system_clock::time_point now) {
  const auto days = days_by_policy(project, now, request.as_of);
  auto heading = report_heading(project, days, request.selection);
  ForecastReport report;
  report.config_digest = std::move(heading.config_digest);
  report.policies = std::move(heading.policies);
  report.external = std::move(heading.external);
  report.until = last_day_of(days, request.until);
  const auto state = State::open_for_reading(project.config.state);
  const Stops stops(project, state ? &*state : nullptr, now);
  const ReadingTerms terms{project, request.selection, state ? &*state : nullptr, stops, days};
  for (const auto& dataset : project.datasets) {
    if (!is_selected(request.selection, dataset)) continue;
    const auto planned = plan_both(dataset, request_to_read(terms, dataset));
    add_side(report, planned.live, request.selection);
    if (planned.archive) add_side(report, *planned.archive, request.selection);
  }
  return report;
}

}  // namespace oubli
