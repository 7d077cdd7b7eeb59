/// Deadlines: sums of civil days and calendar periods, and their exact inverse. Pure.
#pragma once

#include "oubli/model/day.hpp"
#include "oubli/model/period.hpp"

namespace oubli {

/// start ⊕ period: the last day on which the data may still be kept.
///
/// Years and months first, a day the month lacks becoming that month's last day; then weeks and
/// days. The start day is not counted itself. Never fails for years 1 to 9999 and sums within
/// the range of `date::year`.
/// Source: Regulation (EEC, Euratom) 1182/71, art. 3(1), 3(2)(c); Code de procédure civile,
/// art. 641-642. The working-day rule of art. 3(4) isn't applied. (S3)
[[nodiscard]] Day last_day(Day start, const Period& period);

/// The first day on which data with this start is due: the day after `last_day`, or for a zero
/// period the day of the event itself (S3).
[[nodiscard]] Day first_due_day(Day start, const Period& period);

/// The close a day belongs to: the first close on or after it (S6). `EndOf::none` returns `day`.
[[nodiscard]] Day close_of(Day day, EndOf end_of, const FiscalYears& fiscal_years);

/// The last start day that is due on `as_of`: for every day d,
/// `d <= cutoff(…)` exactly when `first_due_day(close_of(d, …), period) <= as_of` (S4).
[[nodiscard]] Day cutoff(Day as_of, const Period& period, EndOf end_of = EndOf::none,
                         const FiscalYears& fiscal_years = {});

}  // namespace oubli
