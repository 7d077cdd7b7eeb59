/// An event expression compiled (S7): what judging by days needs of it.
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"

#include <span>
#include <vector>

namespace oubli {

using Readings = std::span<const EventReading>;

/// Past every day of a calendar: what an absent day is, so that it is never before a cutoff.
inline constexpr Day k_never = Day::max();

[[nodiscard]] inline bool is_known(const EventReading& reading) { return reading.state == EventReading::State::known; }

/// An event expression, its members' kinds looked up.
class Term {
 public:
  Term(const EventTerm& term, const TableRules& rules);

  /// The combined day; `k_never` where it is absent.
  [[nodiscard]] Day day(Readings readings) const;
  /// How the absence is understood: true when the relation goes on.
  [[nodiscard]] bool goes_on(Readings readings) const;
  /// True when no member has any value.
  [[nodiscard]] bool is_missing(Readings readings) const;
  void add_events_to(std::vector<std::size_t>& events) const;
  /// Raises the days of its events, by event, to `day`.
  void raise(std::span<Day> days, Day day) const;

 private:
  struct Member {
    std::size_t event;
    bool must_be_known;
    bool goes_on_when_absent;
  };

  [[nodiscard]] bool replaces(Day day, Day best) const;

  EventExpression::Combine m_combine;
  std::vector<Member> m_members;
};

}  // namespace oubli
