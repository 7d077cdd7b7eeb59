/// `decide` compiled for one table: its readers and its purposes.
#include "engine/compiled_purpose.hpp"
#include "engine/event_readings.hpp"
#include "engine/outcome.hpp"
#include "engine/rewriting.hpp"
#include "oubli/engine/decide.hpp"

namespace oubli {

/// Holds the rules by value: what is compiled points into them.
struct Matcher::Compiled {
  TableRules rules;
  RunDays days;
  EventReaders readers;
  std::vector<CompiledPurpose> purposes;

  Compiled(const TableRules& table_rules, RunDays run_days) : rules(table_rules), days(run_days), readers(rules, days) {
    for (const PurposeRule& rule : rules.purposes) purposes.emplace_back(rule, rules, days.as_of);
  }
};

Matcher::Matcher(const TableRules& rules, RunDays days) : m_compiled(std::make_unique<Compiled>(rules, days)) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

void Matcher::judge(const RecordFacts& facts, Judgement& judgement) const {
  const auto& purposes = m_compiled->purposes;
  if (is_out_of_scope(m_compiled->rules, facts)) return judgement.set_aside(Outcome::out_of_scope, purposes.size());
  m_compiled->readers.read(facts, judgement.events);
  judgement.purposes.resize(purposes.size());
  OutcomeFold fold;
  CategoryFold categories;
  for (std::size_t i = 0; i < purposes.size(); ++i) {
    PurposeJudgement& one = judgement.purposes[i];
    const bool is_given = !facts.concerned.empty() && facts.concerned[i];
    const Truth concerned = is_given ? *facts.concerned[i] : purposes[i].concerns(facts.values, judgement.events);
    purposes[i].judge(concerned, judgement.events, one);
    fold.add(one.state, one.due, purposes[i].then());
    categories.add(one.state, purposes[i].categories(), one.ended_categories);
  }
  judgement.outcome = fold.outcome();
  judgement.due = fold.due();
  judgement.ended_categories = categories.ended();
  judgement.needed_categories = categories.needed();
  judgement.rewrites.clear();
  if (facts.personal.empty()) return;
  find_rewrites(m_compiled->rules, facts, {judgement.outcome, judgement.ended_categories, judgement.needed_categories},
                judgement.rewrites);
}

const TableRules& Matcher::rules() const { return m_compiled->rules; }
RunDays Matcher::days() const { return m_compiled->days; }

std::optional<Day> Matcher::active_cutoff(std::size_t purpose) const {
  return m_compiled->purposes[purpose].active_cutoff();
}

}  // namespace oubli
