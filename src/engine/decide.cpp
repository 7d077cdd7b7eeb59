/// The readable reference: S7, S10 and S12 to S15 as they are written, by adding periods to days.
/// `matcher.cpp` must agree with it on every record, and shares none of its reasoning on phases.
#include "oubli/engine/decide.hpp"

#include "engine/decided_phases.hpp"
#include "engine/event_readings.hpp"
#include "engine/outcome.hpp"
#include "engine/rewriting.hpp"

#include <set>

namespace oubli {
namespace {

void describe_end(PurposeDecision& decision, const PhaseEnd& end) {
  decision.due = end.due;
  decision.capped = end.capped;
  decision.ended_by = end.ended_by;
}

/// The state of a record whose active phase goes on.
PurposeState state_while_active(const Phases& phases, Day as_of) {
  if (!phases.start.day) return phases.start.is_open ? PurposeState::open : PurposeState::undated;
  return phases.waits_for_archive && phases.period->due <= as_of ? PurposeState::open : PurposeState::active;
}

/// The phase a record is in.
void decide_phase(const Phases& phases, Day as_of, PurposeDecision& decision) {
  decision.start = phases.start.day;
  decision.counted_from = phases.start.counted_from;
  decision.never_opened = phases.start.never_opened;
  decision.state = state_while_active(phases, as_of);
  const MaybeEnd& active = phases.active;
  const MaybeEnd& whole = phases.whole;
  if (!active) return;
  decision.agreed = whole && whole->agreed;
  decision.active_last_day = active->due - date::days{1};
  if (whole && whole->due > active->due) decision.archive_last_day = whole->due - date::days{1};
  if (whole && whole->due <= as_of) {
    decision.state = PurposeState::ended;
    describe_end(decision, *whole);
  } else if (active->due <= as_of) {
    decision.state = PurposeState::archive;
    describe_end(decision, *active);
  }
}

/// The categories of `by_category`, each once.
std::set<int> excepted_categories(const PurposeRule& purpose) {
  std::set<int> categories;
  for (const CategoryEndRule& end : purpose.by_category) categories.insert(end.category);
  return categories;
}

/// Which data the purpose no longer needs (S15). An undated record needs all of it.
void decide_categories(const Phases& phases, const DecisionCase& of, PurposeDecision& decision) {
  const CategorySet listed = categories_of(of.purpose);
  if (decision.state == PurposeState::ended) decision.ended_categories = listed;
  if (!may_end_categories(decision.state)) return;
  for (const int category : excepted_categories(of.purpose)) {
    const auto due = category_due(category, phases, of);
    decision.categories.push_back({category, due});
    if (due && *due <= of.as_of) decision.ended_categories |= listed & CategorySet{1} << category;
  }
}

bool is_newer_than_inactive(const DecisionCase& of) {
  const auto& inactive = of.purpose.inactive;
  if (!inactive) return false;
  const auto made = of.known_day(inactive->event);
  return made && *made > inactive->inactive_since;
}

void decide_concerned(const DecisionCase& of, PurposeDecision& decision) {
  decision.newer_than_inactive = is_newer_than_inactive(of);
  if (!of.purpose.active) {
    decision.state = PurposeState::no_period;
  } else if (const auto odd = odd_state(of)) {
    decision.state = *odd;
  } else {
    const Phases phases = phases_of(of);
    decide_phase(phases, of.as_of, decision);
    decide_categories(phases, of, decision);
  }
}

Truth concerned(const DecisionCase& of, std::size_t index, const RecordFacts& facts) {
  if (!facts.concerned.empty() && facts.concerned[index]) return *facts.concerned[index];
  return of.purpose.where ? evaluate(*of.purpose.where, facts.values, of.readings) : Truth::yes;
}

PurposeDecision decide_purpose(const DecisionCase& of, std::size_t index, const RecordFacts& facts) {
  PurposeDecision decision;
  decision.purpose = index;
  decision.events = of.readings;
  decision.condition = concerned(of, index, facts);
  if (decision.condition == Truth::unknown) decision.state = PurposeState::undetermined;
  if (decision.condition == Truth::yes) decide_concerned(of, decision);
  return decision;
}

}  // namespace

Decision decide(const TableRules& rules, const RecordFacts& facts, RunDays days) {
  if (is_out_of_scope(rules, facts)) return {Outcome::out_of_scope, {}, {}};
  std::vector<EventReading> readings;
  EventReaders(rules, days).read(facts, readings);
  Decision decision;
  OutcomeFold fold;
  CategoryFold categories;
  for (std::size_t i = 0; i < rules.purposes.size(); ++i) {
    const DecisionCase of{rules, rules.purposes[i], readings, days.as_of};
    const auto& decided = decision.purposes.emplace_back(decide_purpose(of, i, facts));
    fold.add(decided.state, decided.due, rules.purposes[i].then);
    categories.add(decided.state, categories_of(rules.purposes[i]), decided.ended_categories);
  }
  decision.outcome = fold.outcome();
  decision.due = fold.due();
  decision.ended_categories = categories.ended();
  decision.needed_categories = categories.needed();
  find_rewrites(rules, facts, {decision.outcome, decision.ended_categories, decision.needed_categories},
                decision.rewrites);
  return decision;
}

}  // namespace oubli
