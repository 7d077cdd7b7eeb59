/// The readable reference: S7 and S12 to S14 as they are written, by adding periods to days.
/// `matcher.cpp` must agree with it on every record, and shares none of its reasoning on phases.
#include "oubli/engine/decide.hpp"

#include "engine/event_readings.hpp"
#include "engine/outcome.hpp"
#include "engine/rewriting.hpp"
#include "oubli/engine/calendar.hpp"

#include <algorithm>

namespace oubli {
namespace {

using Readings = std::vector<EventReading>;

const EventReading& reading_of(const Readings& readings, int event) {
  return readings[static_cast<std::size_t>(event)];
}

/// The day an expression gives, or how its absence is understood (S7).
struct CombinedDay {
  std::optional<Day> day;
  bool is_open = false;  ///< absent: the relation goes on
};

/// What is decided about one purpose needs all of these.
struct Case {
  const TableRules& rules;
  const PurposeRule& purpose;
  const Readings& readings;
  Day as_of;
};

// ---------------------------------------------------------------- events

Day pick(EventExpression::Combine combine, const std::vector<Day>& known) {
  switch (combine) {
    case EventExpression::Combine::latest_of:
      return *std::max_element(known.begin(), known.end());
    case EventExpression::Combine::earliest_of:
      return *std::min_element(known.begin(), known.end());
    default:
      return known.front();
  }
}

CombinedDay combined(const EventTerm& term, const Case& of) {
  std::vector<Day> known;
  bool required_absent = false;
  bool goes_on = false;
  for (const EventTerm::Member& member : term.members) {
    const EventReading& reading = reading_of(of.readings, member.event);
    if (reading.state == EventReading::State::known) {
      known.push_back(reading.day);
      continue;
    }
    required_absent = required_absent || !member.optional;
    goes_on = goes_on || of.rules.events[static_cast<std::size_t>(member.event)].kind != EventKind::dated;
  }
  const bool all_needed = term.combine == EventExpression::Combine::latest_of;
  if (known.empty() || (all_needed && required_absent)) return {std::nullopt, goes_on};
  return {pick(term.combine, known), false};
}

/// The events whose oddness keeps a record under this purpose.
std::vector<int> used_events(const PurposeRule& purpose) {
  std::vector<int> used;
  const auto add_term = [&used](const EventTerm& term) {
    for (const EventTerm::Member& member : term.members) used.push_back(member.event);
  };
  add_term(purpose.active->start);
  if (purpose.active->at_most) add_term(purpose.active->at_most->from);
  if (purpose.archive && purpose.archive->at_most) add_term(purpose.archive->at_most->from);
  for (const EndingRule& ending : purpose.ends_on) used.push_back(ending.event);
  return used;
}

/// Unreadable or future, where one of the events is (S7, S9).
std::optional<PurposeState> odd_state(const Case& of) {
  const auto used = used_events(of.purpose);
  const auto any = [&](EventReading::State state) {
    return std::any_of(used.begin(), used.end(),
                       [&](int event) { return reading_of(of.readings, event).state == state; });
  };
  if (any(EventReading::State::unreadable)) return PurposeState::unreadable;
  if (any(EventReading::State::future)) return PurposeState::future;
  return std::nullopt;
}

// ---------------------------------------------------------------- phases

/// How a phase ends.
struct PhaseEnd {
  Day due;  ///< the first day after the phase
  bool capped = false;
  std::optional<std::size_t> ended_by;  ///< the event of `ends_on`
};

using MaybeEnd = std::optional<PhaseEnd>;

MaybeEnd earlier(const MaybeEnd& one, const MaybeEnd& other) {
  if (!one || !other) return one ? one : other;
  return other->due < one->due ? other : one;
}

/// The first event of `ends_on` that has happened: of those that end everything, or of all.
MaybeEnd ending(const Case& of, std::optional<Ending::Extent> extent) {
  MaybeEnd first;
  for (const EndingRule& rule : of.purpose.ends_on) {
    const EventReading& reading = reading_of(of.readings, rule.event);
    const bool counts = !extent || rule.extent == *extent;
    // A later day has ended nothing yet (S1).
    if (!counts || reading.state != EventReading::State::known || reading.day > of.as_of) continue;
    first = earlier(first, PhaseEnd{reading.day, false, static_cast<std::size_t>(rule.event)});
  }
  return first;
}

/// A cap whose own start is missing caps nothing.
MaybeEnd cap_end(const std::optional<CapRule>& cap, const Case& of) {
  if (!cap) return std::nullopt;
  const auto from = combined(cap->from, of).day;
  if (!from) return std::nullopt;
  return PhaseEnd{first_due_day(*from, cap->keep), true, {}};
}

MaybeEnd active_end(const Case& of, std::optional<Day> counted_from) {
  MaybeEnd own;
  if (counted_from) own = PhaseEnd{first_due_day(*counted_from, of.purpose.active->period), false, {}};
  return earlier(earlier(own, cap_end(of.purpose.active->at_most, of)), ending(of, std::nullopt));
}

/// The day an archive counts from where the purpose's start is missing: the end of the active
/// phase, which is the cap's last day or the day of the ending event (S13).
std::optional<Day> day_active_ended(const Case& of) {
  std::optional<Day> day;
  if (const auto event = ending(of, std::nullopt)) day = event->due;
  if (const auto& cap = of.purpose.active->at_most) {
    const auto from = combined(cap->from, of).day;
    if (from) day = std::min(last_day(*from, cap->keep), day.value_or(Day::max()));
  }
  return day;
}

/// The end of all phases. An archive that would end first changes nothing.
PhaseEnd purpose_end(const Case& of, std::optional<Day> counted_from, const PhaseEnd& active) {
  PhaseEnd end = active;
  if (const auto& archive = of.purpose.archive) {
    const Day from = counted_from ? *counted_from : day_active_ended(of).value();
    const PhaseEnd own{first_due_day(from, archive->up_to), false, {}};
    const PhaseEnd archived = *earlier(own, cap_end(archive->at_most, of));
    if (archived.due > active.due) end = archived;
  }
  return *earlier(end, ending(of, Ending::Extent::all));
}

// ---------------------------------------------------------------- one purpose

void describe_end(PurposeDecision& decision, const PhaseEnd& end) {
  decision.due = end.due;
  decision.capped = end.capped;
  decision.ended_by = end.ended_by;
}

/// The phase a record is in. REQUIRES: none of the purpose's events is odd.
void decide_phase(const Case& of, PurposeDecision& decision) {
  const ActiveRule& rule = *of.purpose.active;
  const CombinedDay start = combined(rule.start, of);
  decision.start = start.day;
  if (start.day) decision.counted_from = close_of(*start.day, rule.end_of, of.rules.fiscal_years);
  decision.state = start.is_open ? PurposeState::open : PurposeState::undated;
  if (start.day) decision.state = PurposeState::active;

  const MaybeEnd active = active_end(of, decision.counted_from);
  if (!active) return;
  const PhaseEnd end = purpose_end(of, decision.counted_from, *active);
  decision.active_last_day = active->due - date::days{1};
  if (end.due > active->due) decision.archive_last_day = end.due - date::days{1};
  if (end.due <= of.as_of) {
    decision.state = PurposeState::ended;
    describe_end(decision, end);
  } else if (active->due <= of.as_of) {
    decision.state = PurposeState::archive;
    describe_end(decision, *active);
  }
}

bool is_newer_than_inactive(const Case& of) {
  const auto& inactive = of.purpose.inactive;
  if (!inactive) return false;
  const EventReading& made = reading_of(of.readings, inactive->event);
  return made.state == EventReading::State::known && made.day > inactive->inactive_since;
}

void decide_concerned(const Case& of, PurposeDecision& decision) {
  decision.newer_than_inactive = is_newer_than_inactive(of);
  if (!of.purpose.active) {
    decision.state = PurposeState::no_period;
  } else if (const auto odd = odd_state(of)) {
    decision.state = *odd;
  } else {
    decide_phase(of, decision);
  }
}

Truth concerned(const Case& of, std::size_t index, const RecordFacts& facts) {
  if (!facts.concerned.empty() && facts.concerned[index]) return *facts.concerned[index];
  return of.purpose.where ? evaluate(*of.purpose.where, facts.values, of.readings) : Truth::yes;
}

PurposeDecision decide_purpose(const Case& of, std::size_t index, const RecordFacts& facts) {
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
  Readings readings;
  EventReaders(rules, days).read(facts, readings);
  Decision decision;
  OutcomeFold fold;
  CategoryFold categories;
  for (std::size_t i = 0; i < rules.purposes.size(); ++i) {
    const Case of{rules, rules.purposes[i], readings, days.as_of};
    const auto& decided = decision.purposes.emplace_back(decide_purpose(of, i, facts));
    fold.add(decided.state, decided.due, rules.purposes[i].then);
    categories.add(decided.state, categories_of(rules.purposes[i]));
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
