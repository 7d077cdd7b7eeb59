#include "run/dataset_run.hpp"

#include "run/applied_counts.hpp"
#include "run/archived_records.hpp"
#include "run/erasure.hpp"
#include "run/group_plans.hpp"
#include "run/report_lines.hpp"
#include "run/settled_plans.hpp"

#include <algorithm>

namespace oubli {

namespace {

std::set<std::string> allowed_tables(const DatasetPlan& plan) {
  auto allowed = plan.taking_part;
  for (const auto& planned : plan.tables) {
    if (planned.refusal) allowed.erase(planned.name());
  }
  return allowed;
}

}  // namespace

// The archive first: what this run moves there wasn't part of the plan that says what leaves it.
void DatasetRun::carry_out() {
  change_archive();
  change_live();
  minimise_arrivals();
  for (auto* plan : {m_planned.archive ? &*m_planned.archive : nullptr, &m_planned.live}) {
    if (!plan || !plan->source) continue;
    erase(*plan);
    for (auto& file : plan->source->archived_to()) m_report.enforced->archived_to.push_back(std::move(file));
  }
}

void DatasetRun::change_archive() {
  if (m_planned.archive && !m_planned.archive->failure) change(*m_planned.archive);
}

void DatasetRun::change_live() {
  auto& live = m_planned.live;
  if (live.failure) return;
  change(live);
  ArchivedRecords(m_run.state, *live.rules).after_archiving(m_report);
  if (live.notes_days) tidy_memory(live);
}

// A stop added or lifted meanwhile counts from the next step on: the dataset is planned anew with it.
void DatasetRun::change(DatasetPlan& plan) {
  while (!plan.failure) {
    try {
      // What was planned and isn't there to be changed any more has become young again meanwhile, or wasn't found.
      const bool came_to_the_end = change_groups(plan) && m_run.pace.stopped_because().empty();
      if (came_to_the_end && !m_run.request.catch_up && has_remaining(m_report, plan)) change_anew(plan);
      return;
    } catch (const PlanOutdated&) {
      change_anew(plan);
    }
  }
}

void DatasetRun::change_anew(DatasetPlan& plan) {
  plan_anew(m_run, plan);
  if (plan.failure) {
    fail(plan.title(), plan.title(), *plan.failure);
  } else {
    count_again(m_report, plan, m_run.request.selection);
  }
}

bool DatasetRun::change_groups(DatasetPlan& plan) {
  try {
    prepare(plan);
  } catch (const Error& error) {
    fail(plan.title(), plan.title(), error);
    return false;
  }
  bool all_went_well = true;
  for (const auto& group : table_groups(*plan.rules)) {
    try {
      move(plan, group);
      rewrite(plan, group);
    } catch (const Error& error) {
      fail(plan.title(group.tables.back()->rules.table), plan.title(), error);
      all_went_well = false;
    }
  }
  return all_went_well;
}

// What the state must know before the first change. Rows that left the live data were remembered then; those
// archived before an event was mapped to them were not.
void DatasetRun::prepare(const DatasetPlan& plan) {
  ArchivedRecords archived(m_run.state, *plan.rules);
  if (plan.side == Side::live) return archived.before_archiving(plan);
  archived.before_purge(plan);
  for (const auto& table : plan.tables) {
    if (table.failure || table.tally.outcomes[Outcome::purge] == 0) continue;
    const auto leaves = [&](const JudgedRecord& record) { return plan.families->goes(*table.table, record); };
    m_planned.live.source->remember_leaving(*plan.source, plan.families->pass(*table.table, plan.matchers.at(table.name())),
                                            leaves);
  }
}

void DatasetRun::move(DatasetPlan& plan, const TableGroup& group) {
  const auto all = group_plan(plan, group, *plan.families, allowed_tables(plan));
  if (all.tables.empty()) return;
  if (m_run.request.catch_up) {
    move_oldest(plan, group, all);
  } else {
    move_group(*plan.source, all,
               m_run.observer(plan, [&](const StepResult& result) { add_applied(m_report, plan, result); }));
  }
}

void DatasetRun::move_oldest(DatasetPlan& plan, const TableGroup& group, const GroupPlan& all) {
  const auto& root = plan.table(all.tables.back().pass.table->rules.table).tally;
  const auto gone = already_gone(m_report, plan, all.tables.back());
  const auto most = std::max<std::int64_t>(0, *m_run.request.catch_up - gone);
  if (group.as_one && root.outcomes.to_change() > most) return;
  const auto told = m_run.observer(plan, [&](const StepResult& result) { add_applied(m_report, plan, result); });
  for (const auto& share : oldest_shares(root.due_since, most)) {
    const OldestRecords oldest(*plan.families, share.until);
    auto part = group_plan(plan, group, oldest, allowed_tables(plan));
    part.tables.back().expected = share.records;
    move_group(*plan.source, part, told);
  }
}

// After the removals: what has left needn't be minimised first.
void DatasetRun::rewrite(DatasetPlan& plan, const TableGroup& group) {
  const auto most = m_run.request.catch_up;
  const auto& root = plan.table(group.tables.back()->rules.table).tally;
  const auto shares = oldest_shares(root.due_since, most.value_or(0));
  const OldestRecords oldest(*plan.families, shares.empty() ? Day::min() : shares.back().until);
  const GoingRecords& going = most ? static_cast<const GoingRecords&>(oldest) : *plan.families;
  for (auto& table : rewriting_plans(plan, group, allowed_tables(plan))) {
    if (most) table.expected = std::min(table.expected, *most);
    rewrite_table(*plan.source, table, going,
                  m_run.observer(plan, [&](const StepResult& result) { add_applied(m_report, plan, result); }));
  }
}

// Not those of a table whose earlier records in the archive still wait for leave to be changed.
std::set<std::string> DatasetRun::arrivals() const {
  if (!m_planned.archive || m_planned.archive->failure || m_planned.live.failure) return {};
  auto tables = archived_tables(m_report, m_planned.live);
  for (const auto& earlier : m_planned.archive->tables) {
    const bool left_some = m_run.request.catch_up && earlier.tally.to_rewrite() > 0;
    if (earlier.refusal || earlier.failure || left_some) tables.erase(earlier.name());
  }
  return tables;
}

// S15: what a run archives is minimised there to what its living purposes need. No limit asks again: each of
// these records was counted when it left the live data.
void DatasetRun::minimise_arrivals() {
  const auto tables = arrivals();
  while (!tables.empty() && m_run.pace.goes_on()) {
    try {
      auto request = m_run.plan_request(*m_planned.live.rules);
      request.allowed = {.share = true, .records = true, .catch_up = {}};
      request.saved.arrivals_of = m_planned.live.source->schema();
      m_planned.archive = plan_archive(*m_planned.live.rules, request);
      minimise(tables);
      return;
    } catch (const PlanOutdated&) {
      continue;
    } catch (const Error& error) {
      const auto title = m_planned.archive->title();
      return fail(title, title, error);
    }
  }
}

void DatasetRun::minimise(const std::set<std::string>& tables) {
  const auto& archive = *m_planned.archive;
  if (archive.failure) throw *archive.failure;
  const MinimisedRecords minimised(*archive.families);
  for (const auto& group : table_groups(*archive.rules)) {
    for (const auto& table : rewriting_plans(archive, group, allowed_tables(archive))) {
      if (!tables.contains(table.pass.table->rules.table)) continue;
      const auto told = m_run.observer(archive, [&](const StepResult& result) {
        for (const auto& [name, change] : result) add_minimised_there(m_report, archive, name, change);
      });
      rewrite_table(*archive.source, table, minimised, told);
    }
  }
  if (m_run.pace.stopped_because().empty()) ArchivedRecords(m_run.state, *archive.rules).after_minimising(tables);
}

// What was remembered for the records that went is of no use, and the next record with such a key must
// not be taken for them.
void DatasetRun::tidy_memory(DatasetPlan& plan) {
  for (const auto& planned : plan.tables) {
    if (planned.failure) continue;
    try {
      plan.source->refresh_day_memory(plan.families->pass(*planned.table, plan.matchers.at(planned.name())));
    } catch (const Error& error) {
      fail(plan.title(planned.name()), plan.title(), error);
    }
  }
}

void DatasetRun::erase(DatasetPlan& plan) {
  const auto pending = m_run.state.erasure_pending();
  if (std::ranges::none_of(pending, [&](const auto& each) { return each.first == plan.title(); })) return;
  auto line = m_run.pace.goes_on()
                  ? erase_files(plan, m_run.project, m_run.state, {m_run.now, m_run.request.erase_now})
                  : leave_erasure_pending(plan, m_run.state, "the run was stopped before");
  m_report.enforced->erasure.push_back(std::move(line));
}

void DatasetRun::fail(const std::string& name, const std::string& dataset, const Error& error) {
  add_failure(m_report, name, error);
  m_run.ledger.failed(dataset, error.diagnostic());
}

}  // namespace oubli
