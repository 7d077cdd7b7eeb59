#include "run/report_lines.hpp"

#include "model/ascii.hpp"
#include "report/text.hpp"
#include "run/archive_target.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oubli {

namespace {

using report::counted;

PolicyLine policy_line(const Policy& policy, Day as_of) {
  PolicyLine line;
  line.policy = policy.id;
  line.version = policy.version;
  line.controller = policy.controller;
  line.timezone = policy.timezone;
  line.as_of = as_of;
  line.in_force_from = policy.in_force_from;
  line.digest = policy.digest;
  line.role = policy.role;
  line.processor = policy.processor;
  line.instructions = policy.instructions;
  for (const auto& used : policy.references) line.references.emplace_back(used.id, used.digest);
  return line;
}

std::vector<StopLine> stop_lines(const DatasetStops& stops, const TableTally& tally) {
  std::vector<StopLine> lines;
  for (const auto& [number, records] : tally.stopped) lines.push_back(stop_line(stops.stop(number), records));
  return lines;
}

TableLine table_line(const DatasetPlan& plan, const PlannedTable& planned, const Selection& selection) {
  const auto& rules = planned.table->rules;
  TableLine line;
  line.dataset = rules.dataset;
  line.table = rules.table;
  line.policy = rules.policy;
  line.side = plan.side;
  line.follows = planned.table->root == rules.table ? std::string{} : planned.table->root;
  line.mode = plan.taking_part.contains(rules.table) ? TableMode::enforce : TableMode::observe;
  line.tally = planned.tally;
  line.stops = stop_lines(plan.families->stops(), planned.tally);
  line.refusal = planned.refusal;
  line.left_out = planned.left_out;
  for (std::size_t i = 0; i < planned.tally.rewrites.size(); ++i) {
    if (planned.tally.rewrites[i] > 0) line.rewrites.push_back({rules.personal[i].column, planned.tally.rewrites[i]});
  }
  for (std::size_t i = 0; i < rules.purposes.size(); ++i) {
    const auto& rule = rules.purposes[i];
    if (!is_selected(selection, rule.purpose)) continue;
    line.purposes.push_back(
        {rule.purpose, rule.title, planned.tally.purposes[i], plan.matchers.at(rules.table).active_cutoff(i)});
  }
  return line;
}

Diagnostic finding(std::string code, std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::finding;
  diagnostic.code = std::move(code);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

// What a policy leaves open is a finding of every run, not only of an audit (S16).
void add_findings(RunReport& report, const TableLine& line, const std::string& name) {
  for (const auto& purpose : line.purposes) {
    if (purpose.tally.no_period > 0) {
      report.diagnostics.push_back(finding("no-period",
                                           fmt::format("{}: kept under {}, which has no period: {}", name, purpose.purpose,
                                                       counted(purpose.tally.no_period, "record")),
                                           "decide the period and write it in the policy"));
    }
    if (purpose.tally.newer_than_inactive > 0) {
      report.diagnostics.push_back(finding("inactive-purpose",
                                           fmt::format("{}: newer than the end of {}, which is inactive: {}", name,
                                                       purpose.purpose,
                                                       counted(purpose.tally.newer_than_inactive, "record")),
                                           "find out who still collects them, or put the purpose back in force"));
    }
  }
}

bool has_columns_of(const TableConfig& table, const std::string& category) {
  return std::ranges::any_of(table.columns, [&](const CategoryColumns& listed) {
    return listed.category == category && !listed.patterns.empty();
  });
}

// What `on_partial_end: flag` leaves to a person (S15).
void add_partial_ends(RunReport& report, const PlannedTable& planned, const std::string& name) {
  const auto unneeded = unneeded_categories(planned);
  if (unneeded.empty()) return;
  report.diagnostics.push_back(
      finding("partial-end",
              fmt::format("{}: kept, although no purpose needs it any more: {}", name, fmt::join(unneeded, ", ")),
              "empty these columns, or write `on_partial_end: minimise`"));
}

// What the config has lost stays in the archive, and nobody would notice.
void add_unmapped(RunReport& report, const DatasetPlan& plan) {
  for (const auto& archived : unmapped_tables(plan)) {
    report.diagnostics.push_back(finding("unmapped-archive",
                                         plan.title(archived.name) + ": the config has no such table any more; " +
                                             "its archived records are kept and not judged",
                                         "map the table again, or decide by hand what becomes of them"));
  }
}

// An archived table stands under the live one.
std::vector<TableLine>::iterator place_of(RunReport& report, const TableLine& line) {
  const auto is_live_one = [&](const TableLine& each) {
    return each.dataset == line.dataset && each.table == line.table;
  };
  const auto found = std::ranges::find_if(report.tables, is_live_one);
  return found == report.tables.end() ? found : found + 1;
}

}  // namespace

std::vector<std::string> unneeded_categories(const PlannedTable& planned) {
  const auto& rules = planned.table->rules;
  const auto& config = planned.table->config;
  std::vector<std::string> unneeded;
  if (config.on_partial_end != PartialEnd::flag) return unneeded;
  for (std::size_t i = 0; i < planned.tally.ended.size(); ++i) {
    const auto records = planned.tally.ended[i];
    if (records == 0 || !has_columns_of(config, rules.categories[i])) continue;
    unneeded.push_back(fmt::format("{} of {}", rules.categories[i], counted(records, "record")));
  }
  return unneeded;
}

std::vector<TableSchema> unmapped_tables(const DatasetPlan& plan) {
  std::vector<TableSchema> unmapped;
  for (auto& table : plan.source->schema()) {
    const auto is_it = [&](const RuledTable& ruled) {
      return ascii_lower(ruled.rules.table) == ascii_lower(table.name);
    };
    if (std::ranges::none_of(plan.rules->tables, is_it)) unmapped.push_back(std::move(table));
  }
  return unmapped;
}

StopLine stop_line(const Stop& stop, std::int64_t records) {
  return {stop.number, stop.kind, stop.case_id, stop.ground, title(stop), records};
}

RunReport report_heading(const Project& project, const std::map<std::string, RunDays>& days_by_policy,
                         const Selection& selection) {
  RunReport report;
  report.config_digest = project.config.digest;
  for (const auto& policy : project.policies) {
    const auto days = days_by_policy.find(policy.id);
    if (days != days_by_policy.end() && is_selected(selection, policy)) report.policies.push_back(policy_line(policy, days->second.as_of));
  }
  for (const auto& dataset : project.config.datasets) {
    if (dataset.kind == DatasetKind::external) report.external.push_back(dataset.name);
  }
  for (const auto& diagnostic : project.diagnostics) report.diagnostics.push_back(diagnostic);
  for (const auto& path : unclaimed_archives(project.config)) {
    report.diagnostics.push_back(finding("unmapped-archive",
                                         path.string() + ": the config has no dataset for it; the records in it are "
                                                         "kept and not judged",
                                         "put the dataset back in the config, or decide by hand what becomes of them"));
  }
  return report;
}

void add_failure(RunReport& report, const std::string& name, const Error& error) {
  (error.cause() == Cause::refused ? report.refused : report.failed).push_back(name);
  report.diagnostics.push_back(error.diagnostic());
}

void add_plan(RunReport& report, const DatasetPlan& plan, const Selection& selection) {
  if (plan.failure) {
    add_failure(report, plan.title(), *plan.failure);
    return;
  }
  if (plan.side == Side::archive && selection.tables.empty()) add_unmapped(report, plan);
  for (const auto& planned : plan.tables) {
    if (!is_selected(selection, *planned.table)) continue;
    if (planned.failure) {
      add_failure(report, plan.title(planned.name()), *planned.failure);
      continue;
    }
    if (plan.side == Side::archive && planned.tally.rows == 0) continue;
    const auto line = table_line(plan, planned, selection);
    add_findings(report, line, plan.title(planned.name()));
    add_partial_ends(report, planned, plan.title(planned.name()));
    report.tables.insert(place_of(report, line), line);
  }
}

}  // namespace oubli
