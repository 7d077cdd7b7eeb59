#include "engine/decided_events.hpp"

#include <algorithm>

namespace oubli {
namespace {

using State = EventReading::State;

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

void add_term(std::vector<int>& events, const EventTerm& term) {
  for (const EventTerm::Member& member : term.members) events.push_back(member.event);
}

void add_cap(std::vector<int>& events, const std::optional<CapRule>& cap) {
  if (cap) add_term(events, cap->from);
}

void add_phases(std::vector<int>& events, const PurposeRule& purpose) {
  add_term(events, purpose.active->start);
  add_cap(events, purpose.active->at_most);
  if (!purpose.archive) return;
  if (purpose.archive->own) add_term(events, purpose.archive->own->start);
  add_cap(events, purpose.archive->at_most);
}

void add_exceptions(std::vector<int>& events, const PurposeRule& purpose) {
  if (purpose.never_opened) add_term(events, purpose.never_opened->from);
  if (purpose.last_day_override) events.push_back(purpose.last_day_override->last_day);
  for (const CategoryEndRule& end : purpose.by_category) add_term(events, end.kept.start);
}

/// The events whose oddness keeps a record under this purpose.
std::vector<int> used_events(const PurposeRule& purpose) {
  std::vector<int> used;
  add_phases(used, purpose);
  add_exceptions(used, purpose);
  for (const EndingRule& ending : purpose.ends_on) used.push_back(ending.event);
  if (purpose.unless_since) used.push_back(*purpose.unless_since);
  return used;
}

}  // namespace

std::optional<Day> DecisionCase::known_day(int event) const {
  const EventReading& of = reading(event);
  return of.state == State::known ? std::optional(of.day) : std::nullopt;
}

CombinedDay combined(const EventTerm& term, const DecisionCase& of) {
  std::vector<Day> known;
  bool required_absent = false;
  bool goes_on = false;
  for (const EventTerm::Member& member : term.members) {
    if (const auto day = of.known_day(member.event)) {
      known.push_back(*day);
      continue;
    }
    required_absent = required_absent || !member.optional;
    goes_on = goes_on || of.rules.events[static_cast<std::size_t>(member.event)].kind != EventKind::dated;
  }
  const bool all_needed = term.combine == EventExpression::Combine::latest_of;
  if (known.empty() || (all_needed && required_absent)) return {std::nullopt, goes_on};
  return {pick(term.combine, known), false};
}

bool is_missing_whole(const EventTerm& term, const DecisionCase& of) {
  return std::all_of(term.members.begin(), term.members.end(),
                     [&](const EventTerm::Member& member) { return of.is_missing(member.event); });
}

std::optional<PurposeState> odd_state(const DecisionCase& of) {
  const auto used = used_events(of.purpose);
  const auto any = [&](State state) {
    return std::any_of(used.begin(), used.end(), [&](int event) { return of.reading(event).state == state; });
  };
  if (any(State::unreadable)) return PurposeState::unreadable;
  if (any(State::future)) return PurposeState::future;
  return std::nullopt;
}

}  // namespace oubli
