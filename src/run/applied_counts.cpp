#include "run/applied_counts.hpp"

#include "run/report_lines.hpp"

#include <algorithm>

namespace oubli {

namespace {

bool is_of(const TableLine& line, const DatasetPlan& plan) {
  return line.dataset == plan.name() && line.side == plan.side;
}

std::int64_t remaining_of(const TableLine& line) {
  const auto& applied = *line.applied;
  const auto done = applied.archived + applied.purged + applied.anonymised + applied.minimised + applied.changed;
  return std::max<std::int64_t>(0, line.tally.to_change() - line.left_out - done);
}

// What the plan names and is neither done nor due: it has changed, or isn't there any more.
std::int64_t changed_since_saved(const TableLine& line) {
  const auto& applied = *line.applied;
  const auto done = applied.archived + applied.purged + applied.anonymised + applied.minimised;
  return std::max<std::int64_t>(0, *line.in_plan - done - applied.remaining);
}

}  // namespace

void add_applied(RunReport& report, const DatasetPlan& plan, const StepResult& result) {
  for (auto& line : report.tables) {
    const auto change = result.find(line.table);
    if (!is_of(line, plan) || change == result.end()) continue;
    line.applied->archived += change->second.archived;
    line.applied->purged += change->second.purged;
    line.applied->changed += change->second.changed;
    line.applied->anonymised += change->second.anonymised;
    line.applied->minimised += change->second.minimised;
    for (const auto& [column, records] : change->second.columns) line.applied->columns[column] += records;
  }
}

std::set<std::string> archived_tables(const RunReport& report, const DatasetPlan& plan) {
  std::set<std::string> names;
  for (const auto& line : report.tables) {
    if (is_of(line, plan) && line.applied->archived > 0) names.insert(line.table);
  }
  return names;
}

void add_minimised_there(RunReport& report, const DatasetPlan& plan, const std::string& table,
                         const TableChange& change) {
  for (auto& line : report.tables) {
    if (line.dataset != plan.name() || line.side != Side::live || line.table != table) continue;
    line.applied->minimised_there += change.minimised;
    for (const auto& [column, records] : change.columns) line.applied->columns_there[column] += records;
  }
}

// What has gone isn't there to be counted again.
void count_again(RunReport& report, const DatasetPlan& plan, const Selection& selection) {
  RunReport now;
  add_plan(now, plan, selection);
  for (auto& line : report.tables) {
    const auto again = std::ranges::find(now.tables, line.table, &TableLine::table);
    if (!is_of(line, plan) || again == now.tables.end()) continue;
    line.tally.outcomes = again->tally.outcomes;
    line.tally.outcomes[Outcome::archive] += line.applied->archived;
    line.tally.outcomes[Outcome::purge] += line.applied->purged;
    line.tally.outcomes[Outcome::anonymise] += line.applied->anonymised;
    line.tally.outcomes[Outcome::out_of_scope] -= line.applied->anonymised;
    line.tally.minimise = again->tally.minimise + line.applied->minimised;
    line.tally.rows = again->tally.rows + line.applied->archived + line.applied->purged;
    line.applied->changed = 0;
    line.stops = again->stops;
    line.refusal = again->refusal;
    line.left_out = again->left_out;
  }
}

// Of a table, in the steps before its plan was made anew.
std::int64_t already_gone(const RunReport& report, const DatasetPlan& plan, const TablePlan& table) {
  for (const auto& line : report.tables) {
    const bool is_it = is_of(line, plan) && line.table == table.pass.table->rules.table;
    if (is_it && line.applied) return line.applied->archived + line.applied->purged;
  }
  return 0;
}

bool has_remaining(const RunReport& report, const DatasetPlan& plan) {
  return std::ranges::any_of(report.tables, [&](const TableLine& line) {
    const bool is_changed = is_of(line, plan) && line.mode == TableMode::enforce && !line.refusal;
    return is_changed && remaining_of(line) > 0;
  });
}

// A catch-up leaves due records behind on purpose, and with them parents that wait for their children.
void count_remaining(RunReport& report, const EnforceRequest& request) {
  for (auto& line : report.tables) {
    if (line.mode == TableMode::observe) continue;
    auto& applied = *line.applied;
    if (request.catch_up) applied.changed = 0;
    applied.remaining = remaining_of(line);
    if (line.in_plan) applied.changed = changed_since_saved(line);
  }
}

RunStatus status_of(const RunReport& report) {
  const auto is_refused = [](const TableLine& line) { return line.refusal.has_value(); };
  const auto remains = [](const TableLine& line) { return line.applied->remaining > 0; };
  if (!report.refused.empty() || std::ranges::any_of(report.tables, is_refused)) return RunStatus::refused;
  if (!report.enforced->stopped_because.empty()) return RunStatus::incomplete;
  if (!report.failed.empty() || std::ranges::any_of(report.tables, remains)) return RunStatus::incomplete;
  return RunStatus::complete;
}

}  // namespace oubli
