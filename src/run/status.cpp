#include "oubli/run/status.hpp"

#include "oubli/run/scan.hpp"
#include "oubli/state/state.hpp"
#include "run/preconditions.hpp"
#include "run/stops.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace oubli {

namespace {

using DatasetStatus = StatusReport::DatasetStatus;

std::string_view kind_text(DatasetKind kind) {
  switch (kind) {
    case DatasetKind::sqlite:
      return "sqlite";
    case DatasetKind::csv:
      return "csv";
    case DatasetKind::external:
      return "external";
  }
  return "";
}

void add_table(DatasetStatus& status, const TableLine& line) {
  const bool is_live = line.side == Side::live;
  (is_live ? status.rows : status.archived) += line.tally.rows;
  (is_live ? status.due : status.archived_due) += line.tally.to_change();
  status.undated += line.tally.outcomes[Outcome::undated];
  status.unreadable += line.tally.outcomes[Outcome::unreadable];
  status.held += line.tally.outcomes[Outcome::held];
  status.restricted += line.tally.outcomes[Outcome::restricted];
  if (line.tally.due_since.empty()) return;
  const auto earliest = line.tally.due_since.begin()->first;
  status.overdue_since = std::min(status.overdue_since.value_or(earliest), earliest);
}

std::string failure_of(const RunReport& report, const std::string& dataset) {
  const auto concerns = [&](const std::string& name) {
    return name == dataset || name.starts_with(dataset + ".") || name.starts_with(dataset + " (");
  };
  std::string names;
  for (const auto* list : {&report.failed, &report.refused}) {
    for (const auto& name : *list) {
      if (concerns(name)) names += (names.empty() ? "" : ", ") + name;
    }
  }
  return names.empty() ? names : names + " could not be read";
}

DatasetStatus dataset_status(const DatasetConfig& config, const RunReport& scanned) {
  DatasetStatus dataset;
  dataset.dataset = config.name;
  dataset.kind = kind_text(config.kind);
  dataset.policy = config.policy;
  dataset.erasure_waits = config.erasure.when != ErasureSchedule::When::immediate;
  dataset.failure = failure_of(scanned, config.name);
  for (const auto& line : scanned.tables) {
    if (line.dataset == config.name) add_table(dataset, line);
  }
  return dataset;
}

/// The last run that looked at a dataset, and how it ended.
struct LastRun {
  std::string at;
  std::string result;
};

std::string field(const LedgerEntry& entry, const char* name) {
  const auto body = nlohmann::json::parse(entry.body, nullptr, false);
  if (!body.is_object() || !body.contains(name) || !body[name].is_string()) return {};
  return body[name].get<std::string>();
}

std::map<std::string, LastRun> last_runs(const State& state) {
  std::map<std::string, std::set<std::string>> datasets_by_run;
  std::map<std::string, LastRun> last;
  for (const auto& entry : state.ledger()) {
    if (entry.kind == "table") datasets_by_run[entry.run].insert(field(entry, "dataset"));
    if (entry.kind != "finished") continue;
    for (const auto& dataset : datasets_by_run[entry.run]) last[dataset] = {entry.written_at, field(entry, "status")};
  }
  return last;
}

void add_state(StatusReport& report, const State& state, const Project& project) {
  if (const auto approval = state.last_approval()) {
    report.approved_by = approval->approved_by;
    report.approved_at = approval->approved_at;
    report.changed_since = changed_since(*approval, project);
  }
  const auto last = last_runs(state);
  const auto pending = state.erasure_pending();
  for (auto& dataset : report.datasets) {
    if (const auto run = last.find(dataset.dataset); run != last.end()) {
      dataset.last_run = run->second.at;
      dataset.last_result = run->second.result;
    }
    for (const auto& [name, because] : pending) {
      const bool concerns = name == dataset.dataset || name == dataset.dataset + " (archive)";
      if (concerns && dataset.erasure_pending.empty()) dataset.erasure_pending = because;
    }
  }
}

void count_stops(StatusReport& report, const State& state, Day today) {
  for (const auto& stop : state.stops()) {
    if (!is_in_force(stop, today)) continue;
    if (stop.kind == StopKind::legal_hold) ++report.holds;
    if (stop.kind == StopKind::restriction) ++report.restrictions;
    if (stop.kind == StopKind::directive) ++report.directives;
  }
}

}  // namespace

StatusReport status(const Project& project, std::chrono::system_clock::time_point now, std::optional<Day> as_of,
                    const Selection& selection) {
  const auto scanned = scan(project, {as_of, selection, false}, now);
  StatusReport report;
  for (const auto& policy : scanned.policies) {
    report.as_of = std::max(report.as_of, policy.as_of);
    for (const auto& dataset : project.datasets) {
      if (dataset.config.policy != policy.policy || !is_selected(selection, dataset)) continue;
      report.datasets.push_back(dataset_status(dataset.config, scanned));
      report.datasets.back().controller = policy.controller;
    }
  }
  for (const auto& config : project.config.datasets) {
    if (config.kind == DatasetKind::external) report.datasets.push_back(dataset_status(config, scanned));
  }
  if (const auto state = State::open_for_reading(project.config.state)) {
    add_state(report, *state, project);
    count_stops(report, *state, first_clock_day(project, now));
  }
  return report;
}

}  // namespace oubli
