/// From a column's value to a civil day (S5, S8, S9, I4).
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"

#include <memory>

namespace oubli {

/// The days a run goes by (S1).
struct RunDays {
  Day as_of;  ///< the day records are judged by
  Day clock;  ///< today in the policy's timezone; only decides what lies in the future (S9)
};

/// How a day that is known already counts for an event: unreadable where it isn't plausible, future
/// where it is later than tomorrow and the event isn't planned (S9).
[[nodiscard]] EventReading reading_of_day(Day day, const EventRule& event, const TableRules& rules, RunDays days);

/// Reads the days of one event's column. Looks its timezones up once, in its constructor, which
/// throws Error for a zone this machine doesn't know. Reading never throws and never guesses.
///
/// Surrounding spaces are passed over (exports pad their cells). A value of `yyyymm` is the last
/// day of that month: of all days it may mean, the one that keeps longest.
class DayReader {
 public:
  DayReader(const EventRule& event, const TableRules& rules, RunDays days);
  ~DayReader();
  DayReader(DayReader&&) noexcept;
  DayReader& operator=(DayReader&&) noexcept;

  /// `when` isn't looked at here: it needs the other columns of the record.
  [[nodiscard]] EventReading read(const Value& value) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> m_compiled;
};

}  // namespace oubli
