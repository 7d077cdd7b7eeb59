/// Readings of a record's events.
#include "engine/event_readings.hpp"

#include "oubli/engine/decide.hpp"

namespace oubli {

EventReaders::EventReaders(const TableRules& rules, RunDays days) : m_rules(&rules) {
  m_readers.reserve(rules.events.size());
  for (const EventRule& event : rules.events) m_readers.emplace_back(event, rules, days);
}

void EventReaders::read(const RecordFacts& facts, std::vector<EventReading>& readings) const {
  readings.resize(m_readers.size());
  for (std::size_t event = 0; event < m_readers.size(); ++event) {
    const bool is_given = !facts.given.empty() && facts.given[event];
    readings[event] = is_given ? *facts.given[event] : read_one(event, facts.values);
  }
}

EventReading EventReaders::read_one(std::size_t event, std::span<const Value> values) const {
  const EventRule& rule = m_rules->events[event];
  // Nobody said what no column says: that is no reason to take the event for absent.
  if (rule.column < 0) return {EventReading::State::unreadable, {}};
  if (rule.when) {
    // Without readings: an event that hung on another event's reading would depend on their order.
    const Truth happened = evaluate(*rule.when, values, {});
    if (happened == Truth::no) return {EventReading::State::missing, {}};
    if (happened == Truth::unknown) return {EventReading::State::unreadable, {}};
  }
  return m_readers[event].read(values[static_cast<std::size_t>(rule.column)]);
}

}  // namespace oubli
