/// Part of the readable reference: what the events of a record say for one purpose (S7, S9, S13).
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"

#include <optional>
#include <vector>

namespace oubli {

/// What is decided about one purpose needs all of these.
struct DecisionCase {
  const TableRules& rules;
  const PurposeRule& purpose;
  const std::vector<EventReading>& readings;
  Day as_of;

  [[nodiscard]] const EventReading& reading(int event) const { return readings[static_cast<std::size_t>(event)]; }
  [[nodiscard]] bool is_missing(int event) const { return reading(event).state == EventReading::State::missing; }
  /// The day an event is known to have.
  [[nodiscard]] std::optional<Day> known_day(int event) const;
};

/// The day an expression gives, or how its absence is understood (S7).
struct CombinedDay {
  std::optional<Day> day;
  bool is_open = false;  ///< absent: the relation goes on
};
[[nodiscard]] CombinedDay combined(const EventTerm& term, const DecisionCase& of);

/// True when none of its events has any value.
[[nodiscard]] bool is_missing_whole(const EventTerm& term, const DecisionCase& of);

/// Unreadable or future, where one of the purpose's events is. `opened` of `never_opened` is none of
/// them: whatever its value, the relation goes on.
[[nodiscard]] std::optional<PurposeState> odd_state(const DecisionCase& of);

}  // namespace oubli
