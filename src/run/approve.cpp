#include "oubli/run/approve.hpp"

#include "oubli/run/diff.hpp"
#include "oubli/run/scan.hpp"
#include "oubli/source/data_source.hpp"
#include "run/ledger_entries.hpp"
#include "run/preconditions.hpp"
#include "run/report_lines.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace oubli {

namespace {

using Change = ApprovalReport::Change;

Change change_of(const ApprovedText& text, const std::vector<ApprovedText>& approved) {
  const auto before = std::ranges::find_if(
      approved, [&](const ApprovedText& each) { return each.kind == text.kind && each.name == text.name; });
  if (before == approved.end()) return {text.kind, text.name, "new", {}};
  if (before->digest == text.digest) return {text.kind, text.name, "unchanged", {}};
  return {text.kind, text.name, "changed", unified_diff(before->text, text.text)};
}

std::vector<Change> changes(const std::optional<Approval>& approval, const Project& project) {
  const auto now = texts_of(project);
  const auto before = approval ? approval->texts : std::vector<ApprovedText>{};
  std::vector<Change> all;
  for (const auto& text : now) all.push_back(change_of(text, before));
  for (const auto& text : before) {
    const auto gone = std::ranges::none_of(
        now, [&](const ApprovedText& each) { return each.kind == text.kind && each.name == text.name; });
    if (gone) all.push_back({text.kind, text.name, "removed", {}});
  }
  return all;
}

// A change fires triggers of other tables too, so several tables may name the same one. A table of
// which it can't be told has failed: nothing can be changed in it.
void add_triggers(ApprovalReport& report, const RuledDataset& dataset, const DataSource& source) {
  std::map<std::string, std::string> removing;
  std::map<std::string, std::string> rewriting;
  for (const auto& table : dataset.tables) {
    const auto full_name = dataset.config.name + "." + table.rules.table;
    if (std::ranges::count(report.scan.failed, full_name)) continue;
    try {
      for (const auto& trigger : source.removal_triggers(table.rules.table)) removing[trigger.name] = trigger.table;
      for (const auto& trigger : source.rewriting_triggers(table)) rewriting[trigger.name] = trigger.table;
    } catch (const Error& error) {
      add_failure(report.scan, full_name, error);
    }
  }
  const bool accepted = dataset.config.triggers_accepted;
  for (const auto& [trigger, table] : removing)
    report.triggers.push_back({dataset.config.name, table, trigger, accepted, "removing"});
  for (const auto& [trigger, table] : rewriting)
    report.triggers.push_back({dataset.config.name, table, trigger, accepted, "rewriting"});
}

void add_costs(ApprovalReport& report, const RuledDataset& dataset) {
  const auto source = open_source(dataset.config, Access::read);
  source->set_rules(dataset);
  add_triggers(report, dataset, *source);
  const auto cost = source->erasure_estimate();
  report.erasures.push_back({dataset.config.name, cost.bytes_to_rewrite, cost.bytes_needed, cost.bytes_free});
}

std::optional<RuleDiff> rules_since(const std::optional<Approval>& approval, const Project& project,
                                    std::optional<Day> as_of, std::chrono::system_clock::time_point now) {
  if (!approval || changed_since(*approval, project).empty()) return std::nullopt;
  return diff_from_approved(*approval, project, {as_of, {}}, now);
}

}  // namespace

ApprovalReport approval_preview(const Project& project, std::chrono::system_clock::time_point now,
                                std::optional<Day> as_of) {
  ApprovalReport report;
  const auto state = State::open_for_reading(project.config.state);
  const auto approval = state ? state->last_approval() : std::nullopt;
  report.changes = changes(approval, project);
  report.scan = scan(project, {as_of, {}, false}, now);
  report.rules = rules_since(approval, project, as_of, now);
  for (const auto& dataset : project.datasets) {
    if (!std::ranges::count(report.scan.failed, dataset.config.name)) add_costs(report, dataset);
  }
  return report;
}

Approval record_approval(const Project& project, const std::string& approved_by,
                         std::chrono::system_clock::time_point now) {
  if (!review_marks(project.diagnostics).empty()) throw Error(Cause::refused, "not approved: something is left to review");
  auto state = State::open(project.config.state, State::Create::yes);
  const auto lock = State::lock(project.config.state);
  Approval approval{0, utc_text(now), approved_by, texts_of(project)};
  state.record_approval(approval);
  LedgerWriter(state, {}, now).approved(approval);
  return approval;
}

}  // namespace oubli
