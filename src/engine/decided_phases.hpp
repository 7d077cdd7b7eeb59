/// Part of the readable reference: from when until when a record is in which phase of a purpose (S7,
/// S10, S13), by adding periods to days.
#pragma once

#include "engine/decided_events.hpp"

#include <optional>

namespace oubli {

/// How a phase ends.
struct PhaseEnd {
  Day due;                              ///< the first day after the phase
  Day ended_on;                         ///< what an archive counts from that has no start of its own
  bool capped = false;                  ///< by `at_most`
  bool agreed = false;                  ///< by the event of `override`
  std::optional<std::size_t> ended_by;  ///< by this event of `ends_on`
};

/// Nothing: it goes on.
using MaybeEnd = std::optional<PhaseEnd>;

/// The start of a purpose for one record. `never_opened` may give it in place of `until`.
struct PurposeStart {
  std::optional<Day> day;
  std::optional<Day> counted_from;  ///< after `end_of`
  bool is_open = false;             ///< absent: the relation goes on
  bool never_opened = false;
  Period period;  ///< of the active phase
};

/// The phases of one purpose for one record.
struct Phases {
  PurposeStart start;
  MaybeEnd period;                 ///< the active phase by its period alone
  bool waits_for_archive = false;  ///< the archive's own event is open, so that period doesn't end it
  MaybeEnd active;
  MaybeEnd whole;  ///< of all phases; not before `active`
};

/// REQUIRES: the purpose has a period, and none of its events is odd.
[[nodiscard]] Phases phases_of(const DecisionCase& of);

/// The first day on which the purpose doesn't need a data category, which `by_category` may set
/// before the purpose ends.
[[nodiscard]] std::optional<Day> category_due(int category, const Phases& phases, const DecisionCase& of);

}  // namespace oubli
