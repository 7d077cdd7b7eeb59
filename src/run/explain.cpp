#include "oubli/run/explain.hpp"

#include "oubli/engine/decide.hpp"
#include "oubli/state/state.hpp"
#include "run/archive_target.hpp"
#include "run/dataset_memory.hpp"
#include "run/dataset_plan.hpp"
#include "run/record_lines.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oubli {

namespace {

struct FoundTable {
  const RuledDataset* dataset = nullptr;
  const RuledTable* table = nullptr;
};

FoundTable find_table(const Project& project, const std::string& asked) {
  std::vector<FoundTable> found;
  std::vector<std::string> names;
  for (const auto& dataset : project.datasets) {
    for (const auto& table : dataset.tables) {
      const auto full = dataset.config.name + "." + table.rules.table;
      names.push_back(full);
      if (asked == full || asked == table.rules.table) found.push_back({&dataset, &table});
    }
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) throw Error(Cause::usage, "more than one dataset has a table " + asked, "write dataset.table");
  const auto near = nearest_word(asked, names);
  throw Error(Cause::usage, "the config has no table " + asked,
              near.empty() ? fmt::format("it has {}", fmt::join(names, ", ")) : "did you mean " + near + "?");
}

void require_choice(const FoundTable& found, const ExplainRequest& request) {
  if (request.row) return;
  const auto& key = found.table->config.key;
  if (key.empty()) {
    throw Error(Cause::usage, request.table + " has no key in the config", "choose the record by --row N");
  }
  if (request.key.size() != key.size()) {
    throw Error(Cause::usage,
                fmt::format("{} has {} key column(s), {} given", request.table, key.size(), request.key.size()),
                "write the values in the order of `key`, separated by commas");
  }
}

Decision decision_on(const TableRules& rules, const JudgedRecord& record, RunDays days) {
  const auto own = record.judgement.outcome;
  if (own == Outcome::malformed || own == Outcome::unassigned) return {own, {}, {}};
  auto decision = decide(rules, record.facts, days);
  // What the record's side makes of it: in the archive there is nothing left to archive.
  decision.outcome = own;
  decision.due = record.judgement.due;
  return decision;
}

class ExplainSink : public RecordSink {
 public:
  ExplainSink(const DatasetPlan& plan, const FoundTable& found, std::vector<Explanation>& explanations)
      : m_plan(plan), m_found(found), m_explanations(explanations) {}

  void record(const JudgedRecord& record) override {
    const auto& table = *m_found.table;
    Explanation explanation;
    explanation.rules = table.rules;
    explanation.root = table.root == table.rules.table ? std::string{} : table.root;
    explanation.record = record.key.empty() ? fmt::format("row {}", record.row) : key_text(record.key);
    explanation.row = record.row;
    explanation.file = record.file;
    explanation.side = m_plan.side;
    explanation.as_of = m_plan.days.as_of;
    explanation.decision = decision_on(table.rules, record, m_plan.days);
    explanation.outcome = m_plan.families->outcome(table, record);
    for (const auto number : m_plan.families->stopped(table, record).numbers) {
      explanation.stops.push_back(title(m_plan.families->stops().stop(number)));
    }
    explanation.malformed = record.judgement.outcome == Outcome::malformed;
    m_explanations.push_back(std::move(explanation));
  }

 private:
  const DatasetPlan& m_plan;
  const FoundTable& m_found;
  std::vector<Explanation>& m_explanations;
};

void add_explanations(const DatasetPlan& plan, const FoundTable& found, const ExplainRequest& request,
                      std::vector<Explanation>& explanations) {
  ExplainSink sink(plan, found, explanations);
  auto pass = plan.families->pass(*found.table, plan.matchers.at(found.table->rules.table));
  pass.with_key = !found.table->config.key.empty();
  pass.only = RecordChoice{request.key, request.row};
  plan.source->for_each(pass, sink);
}

}  // namespace

std::vector<Explanation> explain(const Project& project, const ExplainRequest& request,
                                 std::chrono::system_clock::time_point now) {
  const auto found = find_table(project, request.table);
  require_choice(found, request);
  const auto& dataset = *found.dataset;
  const auto state = State::open_for_reading(project.config.state);
  PlanRequest plan_request;
  plan_request.days = run_days(project.policy(dataset.config.policy), now, request.as_of);
  plan_request.taking_part = tables_taking_part(dataset, {});
  plan_request.archive = archive_to_read(project.config, dataset, state ? &*state : nullptr);
  plan_request.limits = project.config.limits;
  plan_request.stops =
      Stops(project, state ? &*state : nullptr, now).in_force(dataset, plan_request.days.clock);
  plan_request.memory = memory_to_read(dataset.config.name, state ? &*state : nullptr);
  plan_request.temporary_folder = project.config.state.parent_path();
  const auto planned = plan_both(dataset, plan_request);
  if (planned.live.failure) throw *planned.live.failure;
  std::vector<Explanation> explanations;
  add_explanations(planned.live, found, request, explanations);
  if (planned.archive) add_explanations(*planned.archive, found, request, explanations);
  if (explanations.empty()) {
    throw Error(Cause::usage, request.table + " has no such record",
                "look the key or row up in `oubli scan --records`");
  }
  return explanations;
}

}  // namespace oubli
