/// The days of an event that can be believed (S9).
#pragma once

#include "oubli/engine/read_day.hpp"

namespace oubli {

struct PlausibleDays {
  Day from;
  Day until = Day::max();  ///< a planned event may lie in the future

  PlausibleDays(const EventRule& event, const TableRules& rules, RunDays days);
  /// Unreadable before them, future after them.
  [[nodiscard]] EventReading reading_of(Day day) const;
};

}  // namespace oubli
