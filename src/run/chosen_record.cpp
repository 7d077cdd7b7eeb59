#include "run/chosen_record.hpp"

#include "oubli/engine/decide.hpp"
#include "run/plan_to_read.hpp"
#include "run/record_lines.hpp"
#include "run/stops.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace oubli {

namespace {

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

}  // namespace

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

void require_choice(const FoundTable& found, const RecordChoice& choice) {
  if (choice.row) return;
  const auto& key = found.table->config.key;
  if (key.empty()) {
    throw Error(Cause::usage, found.table->rules.table + " has no key in the config", "choose the record by --row N");
  }
  if (choice.key.size() != key.size()) {
    throw Error(Cause::usage,
                fmt::format("{} has {} key column(s), {} given", found.table->rules.table, key.size(), choice.key.size()),
                "write the values in the order of `key`, separated by commas");
  }
}

PlanRequest request_to_read(const Project& project, const RuledDataset& dataset, const State* state,
                            std::chrono::system_clock::time_point now, std::optional<Day> as_of) {
  const Selection everything;
  const Stops stops(project, state, now);
  const auto days = days_by_policy(project, now, as_of);
  return request_to_read({project, everything, state, stops, days}, dataset);
}

std::vector<Explanation> explanations(const DatasetPlan& plan, const FoundTable& found, const RecordChoice& choice) {
  std::vector<Explanation> explained;
  ExplainSink sink(plan, found, explained);
  auto pass = plan.families->pass(*found.table, plan.matchers.at(found.table->rules.table));
  pass.with_key = !found.table->config.key.empty();
  pass.only = choice;
  plan.source->for_each(pass, sink);
  return explained;
}

}  // namespace oubli
