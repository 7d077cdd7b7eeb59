#include "oubli/run/audit.hpp"

#include "oubli/audit/baseline.hpp"
#include "oubli/audit/checks.hpp"
#include "oubli/policy/baseline.hpp"
#include "oubli/state/state.hpp"
#include "run/archive_target.hpp"
#include "run/audit_dataset.hpp"
#include "run/audit_files.hpp"
#include "run/audit_state.hpp"
#include "run/plan_to_read.hpp"
#include "run/project_texts.hpp"
#include "run/report_lines.hpp"

#include <algorithm>
#include <functional>

namespace oubli {

namespace {

using TimePoint = std::chrono::system_clock::time_point;

bool is_runnable(const Project& project) {
  return !has_error(project.diagnostics) && !has_unsupported(project.diagnostics);
}

AuditFacts facts_of_texts(const Project& project, const AuditRequest& request, TimePoint now) {
  AuditFacts facts;
  facts.config = project.config;
  for (const auto& policy : project.policies) {
    if (is_selected(request.selection, policy)) facts.policies.push_back(policy);
  }
  facts.purposes = request.selection.purposes;
  facts.diagnostics = project.diagnostics;
  facts.today = first_clock_day(project, now);
  facts.now = now;
  facts.is_runnable = is_runnable(project);
  return facts;
}

void add_unclaimed(AuditFacts& facts, const DatasetPlan& archive) {
  for (const auto& table : unmapped_tables(archive)) facts.unclaimed.push_back(archive.title(table.name));
}

void look_at(const ReadingTerms& terms, const RuledDataset& dataset, DatasetFacts& found, AuditFacts& facts) {
  auto planned = plan_both(dataset, request_to_read(terms, dataset));
  add_live(found, planned.live, terms.selection);
  if (!planned.archive) return;
  add_archived(found, *planned.archive, terms.selection);
  if (!planned.archive->failure && terms.selection.tables.empty()) add_unclaimed(facts, *planned.archive);
}

/// What one dataset couldn't be judged by (a state whose key isn't safe, a stop on what the config lost) is told
/// with it: the other checks go on.
void add_dataset(AuditFacts& facts, const RuledDataset& dataset, const std::function<void(DatasetFacts&)>& look) {
  auto& found = facts.datasets.emplace_back();
  found.name = dataset.config.name;
  found.where = dataset.config.where;
  try {
    look(found);
  } catch (const Error& error) {
    found.failures.emplace_back(found.name, error.diagnostic());
  }
}

void add_datasets(AuditFacts& facts, const Project& project, const AuditRequest& request, const State* state,
                  const std::map<std::string, RunDays>& days, TimePoint now) {
  if (!facts.is_runnable) return;
  for (const auto& dataset : project.datasets) {
    if (!is_selected(request.selection, dataset)) continue;
    add_dataset(facts, dataset, [&](DatasetFacts& found) {
      const Stops stops(project, state, now);
      look_at({project, request.selection, state, stops, days}, dataset, found, facts);
    });
  }
}

// A config that couldn't be read names neither state nor archive.
void add_surroundings(AuditFacts& facts, const Project& project, const AuditRequest& request, const State* state) {
  if (project.config.state.empty()) return;
  if (state) facts.state = state_facts(*state, project);
  facts.archive = archive_paths(project.config);
  facts.state_files = state_paths(project.config);
  for (const auto& path : unclaimed_archives(project.config)) facts.unclaimed.push_back(path.string());
  facts.beside_csv = files_beside_csv(project.config);
  if (!request.roots.empty()) facts.under_roots = files_under(request.roots, project.config);
}

Baseline baseline_in(const std::filesystem::path& file) {
  auto text = file_bytes(file);
  if (!text)
    throw Error(Cause::usage, "the baseline " + file.string() + " can't be read", "name it with --baseline FILE");
  auto read = read_baseline(std::move(*text), file);
  if (!read.value) throw Error(Cause::usage, read.diagnostics.front());
  return std::move(*read.value);
}

AgeTable age_table(const TableFacts& table, std::size_t purpose) {
  AgeTable age{table.dataset, table.table, table.side, table.purposes[purpose].purpose, {}, 0};
  age.without_start = table.counts->without_start[purpose];
  for (const auto& [year, count] : table.counts->years[purpose]) {
    age.years.push_back({year, count.records, count.ended, count.overdue});
  }
  return age;
}

void add_ages(std::vector<AgeTable>& ages, const TableFacts& table, const Selection& selection) {
  if (!table.counts || table.follows) return;
  for (std::size_t i = 0; i < table.purposes.size(); ++i) {
    if (is_selected(selection, table.purposes[i].purpose)) ages.push_back(age_table(table, i));
  }
}

std::vector<AgeTable> ages_in(const AuditFacts& facts, const Selection& selection) {
  std::vector<AgeTable> ages;
  for (const auto& dataset : facts.datasets) {
    for (const auto& table : dataset.tables) add_ages(ages, table, selection);
  }
  return ages;
}

void add_failures(AuditReport& report, const AuditFacts& facts) {
  for (const auto& dataset : facts.datasets) {
    for (const auto& [name, diagnostic] : dataset.failures) {
      report.failed.push_back(name);
      report.diagnostics.push_back(diagnostic);
    }
  }
}

}  // namespace

AuditReport audit(const Project& project, const AuditRequest& request, TimePoint now) {
  const auto baseline = request.baseline ? std::optional(baseline_in(*request.baseline)) : std::nullopt;
  const auto days = days_by_policy(project, now, request.as_of);
  auto heading = report_heading(project, days, request.selection);
  const auto state = project.config.state.empty() ? std::nullopt : State::open_for_reading(project.config.state);
  const State* known_state = state ? &*state : nullptr;
  auto facts = facts_of_texts(project, request, now);
  add_datasets(facts, project, request, known_state, days, now);
  add_surroundings(facts, project, request, known_state);

  AuditReport report;
  report.config = project.config.file;
  report.config_digest = project.config.digest;
  report.policies = std::move(heading.policies);
  report.external = std::move(heading.external);
  report.checks = run_checks(facts);
  if (baseline) accept_known(report.checks, *baseline, facts.today);
  if (request.by_age) report.ages = ages_in(facts, request.selection);
  add_failures(report, facts);
  return report;
}

}  // namespace oubli
