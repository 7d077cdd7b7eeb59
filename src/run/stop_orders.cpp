#include "oubli/run/stop_orders.hpp"

#include "run/archive_target.hpp"
#include "run/dataset_plan.hpp"
#include "run/ledger_entries.hpp"
#include "run/stops.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

namespace oubli {

namespace {

Digest digest_of(const State& state, const std::string& subject) {
  if (subject.empty()) throw Error(Cause::usage, "no data subject is named", "give its value, or - to read it from stdin");
  return subject_digest(state.digest_key(), Value::of(std::string_view(subject)));
}

// ---------------------------------------------------------------- the scope

std::vector<const RuledTable*> tables_named(const Project& project, const std::string& dataset, const std::string& asked) {
  std::vector<const RuledTable*> found;
  for (const auto& each : project.datasets) {
    for (const auto& table : each.tables) {
      const bool is_here = dataset.empty() || dataset == each.config.name;
      const bool is_it = asked == table.rules.table || asked == each.config.name + "." + table.rules.table;
      if (is_here && is_it) found.push_back(&table);
    }
  }
  return found;
}

void find_table(const Project& project, const std::string& asked, StopScope& scope) {
  const auto found = tables_named(project, scope.dataset, asked);
  if (found.empty()) throw Error(Cause::usage, "the config has no table " + asked, "`oubli rules` lists them");
  if (found.size() > 1) throw Error(Cause::usage, "more than one dataset has a table " + asked, "write dataset.table");
  scope.dataset = found.front()->rules.dataset;
  scope.table = found.front()->rules.table;
}

StopScope scope_of(const Project& project, const HoldRequest& request) {
  StopScope scope;
  scope.dataset = request.dataset;
  scope.condition = request.condition;
  scope.unreachable = request.unreachable;
  if (!request.table.empty()) find_table(project, request.table, scope);
  if (scope.dataset.empty() && !request.subject) {
    throw Error(Cause::usage, "the hold covers nothing", "name a --dataset, a --table or a --subject");
  }
  if (!scope.condition.empty() && scope.table.empty()) {
    throw Error(Cause::usage, "a condition needs a table whose columns it compares", "name the --table");
  }
  if (const auto missing = missing_part(scope, project)) {
    throw Error(Cause::usage, "there is no " + *missing, "name what the config has, and any column of its table");
  }
  return scope;
}

// A stop on a person that passes over a table in silence would be trusted and not hold.
void require_reach(const StopScope& scope, const Project& project) {
  const auto out_of_reach = tables_out_of_reach(scope, project);
  std::vector<std::string> missing;
  for (const auto& table : out_of_reach) {
    if (std::ranges::count(scope.unreachable, table) == 0) missing.push_back(table);
  }
  for (const auto& table : scope.unreachable) {
    if (std::ranges::count(out_of_reach, table) > 0) continue;
    throw Error(Cause::usage, table + " is no table out of reach", "name as --unreachable only what can't be reached");
  }
  if (missing.empty()) return;
  throw Error(Cause::usage,
              fmt::format("it can't reach {}: nothing in the config says whose records are there",
                          fmt::join(missing, ", ")),
              fmt::format("give each a `data_subject` in the config, or accept it: --unreachable {}",
                          fmt::join(missing, " --unreachable ")));
}

// ---------------------------------------------------------------- writing

void require_sound(const Stop& stop, Day today) {
  if (stop.until && *stop.until < std::max(stop.from, today)) {
    throw Error(Cause::usage, "it would never be in force: its last day is " + to_text(*stop.until),
                "correct --from and --until");
  }
}

/// Everyone who adds or lifts a stop does so between taking the lock and returning.
class StopWriter {
 public:
  StopWriter(const Project& project, State& state)
      : m_state(state), m_lock(State::lock_stops(project.config.state, StopLock::Hold::alone)) {}

  [[nodiscard]] Stop add(Stop stop) {
    const auto stops = m_state.stops();
    stop.number = stops.empty() ? 1 : stops.back().number + 1;
    m_state.add_stop(stop, stopped_entry(stop, m_state.digest_key()));
    return stop;
  }

  [[nodiscard]] std::vector<Stop> lift(const std::function<bool(const Stop&)>& is_meant, const StopLifting& lifting) {
    std::vector<Stop> lifted;
    for (auto& stop : m_state.stops()) {
      if (stop.lifting || !is_meant(stop)) continue;
      m_state.lift_stop(stop.number, lifting, lifted_entry(stop, lifting));
      stop.lifting = lifting;
      lifted.push_back(std::move(stop));
    }
    return lifted;
  }

 private:
  State& m_state;
  StopLock m_lock;
};

// ---------------------------------------------------------------- coverage

class CoverageSink : public RecordSink {
 public:
  CoverageSink(const Families& families, const RuledTable& table, StopReport::Coverage& coverage)
      : m_families(families), m_table(table), m_coverage(coverage) {}

  void record(const JudgedRecord& record) override {
    if (m_families.stopped(m_table, record)) ++m_coverage.covered;
    const bool is_asked = m_families.stops().of(m_table.rules.table).needs_subject();
    if (is_asked && record.subject.state == RecordSubject::State::nobody) ++m_coverage.nameless;
  }

 private:
  const Families& m_families;
  const RuledTable& m_table;
  StopReport::Coverage& m_coverage;
};

void look_at(const DatasetPlan& plan, StopReport& report) {
  if (plan.failure) throw *plan.failure;
  for (const auto& planned : plan.tables) {
    const auto& table = *planned.table;
    StopReport::Coverage coverage{table.rules.dataset, table.rules.table, plan.side, 0, 0};
    if (planned.failure) throw *planned.failure;
    CoverageSink sink(*plan.families, table, coverage);
    plan.source->for_each(plan.families->pass(table, plan.matchers.at(planned.name())), sink);
    const bool is_named = plan.side == Side::live && !plan.families->stops().of(planned.name()).empty();
    const bool counts = coverage.covered > 0 || coverage.nameless > 0;
    if (is_named || counts) report.tables.push_back(coverage);
  }
}

}  // namespace

Stop add_hold(const Project& project, const HoldRequest& request, TimePoint now) {
  Stop stop;
  stop.kind = StopKind::legal_hold;
  stop.case_id = request.case_id;
  stop.reason = request.reason;
  stop.by = request.by;
  stop.from = request.from.value_or(first_clock_day(project, now));
  stop.until = request.until;
  stop.scope = scope_of(project, request);
  stop.added_at = utc_text(now);
  require_sound(stop, first_clock_day(project, now));
  auto state = State::open(project.config.state, State::Create::yes);
  if (request.subject) stop.scope.subject = digest_of(state, *request.subject);
  require_reach(stop.scope, project);
  return StopWriter(project, state).add(std::move(stop));
}

Stop lift_hold(const Project& project, std::int64_t number, const std::string& by, const std::string& reason,
               TimePoint now) {
  auto state = State::open(project.config.state, State::Create::no);
  const auto is_it = [&](const Stop& stop) { return stop.kind == StopKind::legal_hold && stop.number == number; };
  const auto lifted = StopWriter(project, state).lift(is_it, {utc_text(now), by, reason});
  if (!lifted.empty()) return lifted.front();
  throw Error(Cause::usage, fmt::format("no hold {} is in force or to come", number), "`oubli hold list` numbers them");
}

Stop add_for_subject(const Project& project, StopKind kind, const SubjectRequest& request, TimePoint now) {
  Stop stop;
  stop.kind = kind;
  stop.ground = request.ground;
  stop.reason = request.reason;
  stop.by = request.by;
  stop.from = first_clock_day(project, now);
  stop.scope.unreachable = request.unreachable;
  stop.added_at = utc_text(now);
  auto state = State::open(project.config.state, State::Create::yes);
  stop.scope.subject = digest_of(state, request.subject);
  require_reach(stop.scope, project);
  return StopWriter(project, state).add(std::move(stop));
}

std::vector<Stop> end_for_subject(const Project& project, StopKind kind, const SubjectRequest& request, TimePoint now) {
  auto state = State::open(project.config.state, State::Create::no);
  const auto subject = digest_of(state, request.subject);
  const auto is_meant = [&](const Stop& stop) {
    return stop.kind == kind && stop.scope.subject == subject &&
           (request.ground.empty() || stop.ground == request.ground);
  };
  auto ended = StopWriter(project, state).lift(is_meant, {utc_text(now), request.by, request.reason});
  if (!ended.empty()) return ended;
  throw Error(Cause::usage, fmt::format("no {} of this data subject is in force", to_text(kind)),
              "`oubli subject list` shows what is; the value must be written as before");
}

std::vector<Stop> all_stops(const Project& project) {
  const auto state = State::open_for_reading(project.config.state);
  return state ? state->stops() : std::vector<Stop>{};
}

Day stop_day(const Project& project, TimePoint now) { return first_clock_day(project, now); }

StopReport coverage(const Project& project, const Stop& stop, TimePoint now) {
  StopReport report;
  report.stop = stop;
  report.today = first_clock_day(project, now);
  const auto state = State::open_for_reading(project.config.state);
  for (const auto& dataset : project.datasets) {
    if (!stop.scope.dataset.empty() && stop.scope.dataset != dataset.config.name) continue;
    try {
      PlanRequest request;
      request.days = run_days(project.policy(dataset.config.policy), now, std::nullopt);
      request.taking_part = tables_taking_part(dataset, {});
      request.stops = dataset_stops({stop}, dataset, project, state->digest_key());
      request.archive = archive_to_read(project.config, dataset, &*state);
      const auto planned = plan_both(dataset, request);
      look_at(planned.live, report);
      if (planned.archive) look_at(*planned.archive, report);
    } catch (const Error&) {
      report.failed.push_back(dataset.config.name);
    }
  }
  for (const auto& dataset : project.config.datasets) {
    if (dataset.kind == DatasetKind::external) report.external.push_back(dataset.name);
  }
  return report;
}

}  // namespace oubli
