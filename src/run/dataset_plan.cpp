#include "run/dataset_plan.hpp"

#include "run/archived_records.hpp"
#include "run/groups.hpp"
#include "run/tally_sinks.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace oubli {

namespace {

// The first pass knows nothing yet of what other tables' records make of this one's.
void tally_first(DatasetPlan& plan, PlannedTable& planned) {
  const auto& table = *planned.table;
  planned.tally = empty_tally(table);
  NotingSink sink(*plan.families, table, planned.tally);
  const auto pass = plan.families->first_pass(table, plan.matchers.at(planned.name()));
  if (plan.notes_days) plan.source->refresh_day_memory(pass);
  plan.source->for_each(pass, sink);
  planned.left_out = sink.left_out();
}

// Some of this table's due records are blocked or stopped by others: count again, now that it is known which.
void tally_again(DatasetPlan& plan, PlannedTable& planned) {
  const auto& table = *planned.table;
  planned.tally = empty_tally(table);
  TallySink sink(*plan.families, table, planned.tally);
  plan.source->for_each(plan.families->pass(table, plan.matchers.at(planned.name())), sink);
  planned.left_out = sink.left_out();
}

void judge(DatasetPlan& plan) {
  for (auto& planned : plan.tables) {
    try {
      tally_first(plan, planned);
    } catch (const Error& error) {
      planned.failure = error;
    }
  }
  for (const auto& name : plan.families->settle(*plan.source, plan.matchers)) {
    if (auto& planned = plan.table(name); !planned.failure) tally_again(plan, planned);
  }
}

void refuse_tied(DatasetPlan& plan, const PlannedTable& cause, const std::string& reason) {
  for (const auto& name : tied_tables(*plan.rules, cause.name())) {
    auto& tied = plan.table(name);
    if (tied.refusal || tied.failure || tied.tally.to_change() == 0) continue;
    tied.refusal = Refusal{"tied", "tied by a foreign key to " + cause.name() + ", which " + reason, {}};
  }
}

/// Refuses a table whose own triggers nobody has accepted. `what` fires them.
void refuse_unaccepted(const DatasetPlan& plan, PlannedTable& planned, const std::vector<Trigger>& triggers,
                       const std::string& what) {
  const auto own = std::ranges::find(triggers, planned.name(), &Trigger::table);
  if (own == triggers.end() || plan.rules->config.triggers_accepted || planned.refusal) return;
  planned.refusal = Refusal{"triggers", what + " records would fire the trigger " + own->name,
                            "read the trigger, then write `triggers: accepted` in the dataset and approve"};
}

// Asked even when triggers are accepted: where it can't be told, nothing can be changed either.
void check_triggers_of(const DatasetPlan& plan, PlannedTable& planned) {
  const auto& outcomes = planned.tally.outcomes;
  if (outcomes[Outcome::archive] + outcomes[Outcome::purge] > 0) {
    refuse_unaccepted(plan, planned, plan.source->removal_triggers(planned.name()), "removing");
  }
  if (planned.tally.to_rewrite() > 0) {
    refuse_unaccepted(plan, planned, plan.source->rewriting_triggers(*planned.table), "rewriting");
  }
}

void check_triggers(DatasetPlan& plan) {
  for (auto& planned : plan.tables) {
    if (planned.failure || planned.refusal) continue;
    try {
      check_triggers_of(plan, planned);
    } catch (const Error& error) {
      planned.failure = error;
    }
  }
}

// What an interrupted run moved to the archive was counted there and then, and is only minimised now.
std::int64_t counted_before(const DatasetPlan& plan, const PlannedTable& planned, const PlanRequest& request) {
  if (plan.side != Side::archive || !request.archive) return 0;
  const auto known = request.archive->known.find(planned.name());
  return known == request.archive->known.end() ? 0 : std::min(known->second.arrivals, planned.tally.minimise);
}

void check_limits(DatasetPlan& plan, const PlanRequest& request) {
  for (auto& planned : plan.tables) {
    if (!request.taking_part.contains(planned.name()) || planned.failure) continue;
    const auto not_counted = counted_before(plan, planned, request) + planned.left_out;
    planned.refusal = refusal(planned.tally, request.limits, request.allowed, plan.side, not_counted);
  }
  check_triggers(plan);
  for (const auto& planned : plan.tables) {
    if (planned.failure) refuse_tied(plan, planned, "could not be read");
    if (planned.refusal && planned.refusal->code != "tied") refuse_tied(plan, planned, "is refused");
  }
}

// A lock may have been let go, or a mount come up, since the schema was read. Without its foreign
// keys nobody knows which records others still need.
void require_known_keys(const RuledDataset& rules) {
  if (!rules.foreign_keys_unknown) return;
  throw Error(Cause::dataset, rules.config.name + ": its schema could not be read when the command began", "run again");
}

std::unique_ptr<DataSource> opened(const RuledDataset& rules, const PlanRequest& request, Side side) {
  if (request.archive) require_archive_folder(rules, *request.archive);
  if (side == Side::archive) return open_archive(rules, *request.archive, request.access);
  auto source = open_source(rules.config, request.access);
  if (request.archive) source->set_archive(*request.archive);
  return source;
}

/// Those of the saved plan, counted; null where there is none. Of a table that can't be read nothing may go.
std::shared_ptr<const PlannedRecords> planned_records(const DatasetPlan& plan, const SavedPlanInUse& saved) {
  if (!saved.plan) return nullptr;
  const auto part = saved.arrivals_of ? PlanPart::arrivals : PlanPart::as_saved;
  const auto schema = saved.arrivals_of ? *saved.arrivals_of : plan.source->schema();
  auto planned = std::make_shared<PlannedRecords>(*saved.plan, saved.key, *plan.rules, plan.side, schema, part);
  for (const auto& table : plan.rules->tables) {
    try {
      planned->count(*plan.source, table, plan.matchers.at(table.rules.table));
    } catch (const Error&) {
      continue;  // the pass that judges the table meets it, too, and says so
    }
  }
  return planned;
}

DatasetPlan plan_side(const RuledDataset& rules, const PlanRequest& request, Side side) {
  DatasetPlan plan;
  plan.rules = &rules;
  plan.side = side;
  plan.days = request.days;
  // In the archive the days are those noted beside its records.
  if (side == Side::live) plan.memory = request.memory;
  plan.notes_days = side == Side::live && request.access == Access::enforce;
  try {
    plan.source = opened(rules, request, side);
    require_known_keys(rules);
    plan.source->set_rules(rules);
    plan.source->set_threads(request.threads);
    if (!request.run.empty()) plan.source->set_run(request.run);
    plan.source->set_day_memory(plan.memory.get(), request.temporary_folder);
    for (const auto& table : rules.tables) plan.matchers.emplace(table.rules.table, Matcher(table.rules, request.days));
  } catch (const Error& error) {
    plan.failure = error;
    return plan;
  }
  plan_again(plan, request);
  return plan;
}

}  // namespace

unsigned machine_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

PlannedTable& DatasetPlan::table(const std::string& name) {
  return *std::ranges::find(tables, name, &PlannedTable::name);
}

void plan_again(DatasetPlan& plan, const PlanRequest& request) {
  plan.taking_part = request.taking_part;
  plan.tables.clear();
  for (const auto& table : plan.rules->tables) plan.tables.push_back({&table, empty_tally(table), {}, {}, 0});
  try {
    plan.families = std::make_unique<Families>(*plan.rules, plan.taking_part, plan.side, request.stops,
                                               request.begin_step, planned_records(plan, request.saved), request.notes);
    judge(plan);
    check_limits(plan, request);
  } catch (const Error& error) {
    plan.failure = error;
  }
}

DatasetPlan failed_plan(const RuledDataset& rules, const Error& error) {
  DatasetPlan plan;
  plan.rules = &rules;
  plan.failure = error;
  return plan;
}

DatasetPlan plan_dataset(const RuledDataset& rules, const PlanRequest& request) {
  return plan_side(rules, request, Side::live);
}

std::optional<DatasetPlan> plan_archive(const RuledDataset& rules, const PlanRequest& request) {
  if (!request.archive) return std::nullopt;
  auto plan = plan_side(rules, request, Side::archive);
  try {
    if (!plan.failure) require_all_archived(plan, request.archive->known);
  } catch (const Error& error) {
    plan.failure = error;
  }
  return plan;
}

void add_archive(PlannedDataset& planned, const PlanRequest& request) {
  if (planned.live.failure) return;
  planned.archive = plan_archive(*planned.live.rules, request);
  if (!planned.archive || !planned.archive->failure) return;
  planned.live.failure = planned.archive->failure;
  planned.archive.reset();
}

PlannedDataset plan_both(const RuledDataset& rules, const PlanRequest& request) {
  PlannedDataset planned{plan_dataset(rules, request), std::nullopt};
  add_archive(planned, request);
  return planned;
}

}  // namespace oubli
