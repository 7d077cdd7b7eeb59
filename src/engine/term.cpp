#include "engine/term.hpp"

#include <algorithm>

namespace oubli {

Term::Term(const EventTerm& term, const TableRules& rules) : m_combine(term.combine) {
  for (const EventTerm::Member& member : term.members) {
    const auto event = static_cast<std::size_t>(member.event);
    const bool must_be_known = m_combine == EventExpression::Combine::latest_of && !member.optional;
    m_members.push_back({event, must_be_known, rules.events[event].kind != EventKind::dated});
  }
}

bool Term::replaces(Day day, Day best) const {
  if (best == k_never) return true;
  if (m_combine == EventExpression::Combine::latest_of) return day > best;
  return m_combine == EventExpression::Combine::earliest_of && day < best;
}

Day Term::day(Readings readings) const {
  Day best = k_never;
  for (const Member& member : m_members) {
    const EventReading& reading = readings[member.event];
    if (is_known(reading)) {
      if (replaces(reading.day, best)) best = reading.day;
    } else if (member.must_be_known) {
      return k_never;
    }
  }
  return best;
}

bool Term::goes_on(Readings readings) const {
  return std::any_of(m_members.begin(), m_members.end(), [&](const Member& member) {
    return member.goes_on_when_absent && !is_known(readings[member.event]);
  });
}

bool Term::is_missing(Readings readings) const {
  return std::all_of(m_members.begin(), m_members.end(), [&](const Member& member) {
    return readings[member.event].state == EventReading::State::missing;
  });
}

void Term::add_events_to(std::vector<std::size_t>& events) const {
  for (const Member& member : m_members) events.push_back(member.event);
}

void Term::raise(std::span<Day> days, Day day) const {
  for (const Member& member : m_members) days[member.event] = std::max(days[member.event], day);
}

}  // namespace oubli
