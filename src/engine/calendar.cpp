/// Sums of civil days and periods, and their inverse.
///
/// The inverse is searched, not subtracted: clamping makes several start days share one end
/// (28 to 31 January + 1 month), so a subtraction alone misses the last of them. As sums never
/// fall when the start rises, a few steps from the subtraction reach the exact day.
#include "oubli/engine/calendar.hpp"

#include <algorithm>
#include <span>

namespace oubli {
namespace {

/// A day of a month; of a month that lacks it, the last.
Day clamped(date::year_month month, date::day day) {
  const date::year_month_day_last last{month.year(), date::month_day_last{month.month()}};
  return Day{month / std::min(day, last.day())};
}

Day shifted(Day start, int months) {
  const date::year_month_day civil{start};
  return clamped(civil.year() / civil.month() + date::months{months}, civil.day());
}

int months_of(const Period& period) { return period.years * 12 + period.months; }
date::days days_of(const Period& period) { return date::days{period.weeks * 7 + period.days}; }

/// The usual close of a year.
Day usual_close(date::year year, const FiscalYears& fiscal_years) {
  return clamped(year / fiscal_years.closes.month(), fiscal_years.closes.day());
}

/// The exceptions that fall in a year: where there are some, its only closes.
std::span<const Day> exceptions_in(date::year year, const FiscalYears& fiscal_years) {
  const auto& except = fiscal_years.except;
  const auto first = std::lower_bound(except.begin(), except.end(), Day{year / 1 / 1});
  return {first, std::upper_bound(first, except.end(), Day{year / 12 / 31})};
}

std::optional<Day> first_close_in(date::year year, Day not_before, const FiscalYears& fiscal_years) {
  const Day usual = usual_close(year, fiscal_years);
  const auto exceptions = exceptions_in(year, fiscal_years);
  const std::span<const Day> closes = exceptions.empty() ? std::span(&usual, 1) : exceptions;
  const auto close = std::lower_bound(closes.begin(), closes.end(), not_before);
  return close != closes.end() ? std::optional(*close) : std::nullopt;
}

std::optional<Day> last_close_in(date::year year, Day not_after, const FiscalYears& fiscal_years) {
  const Day usual = usual_close(year, fiscal_years);
  const auto exceptions = exceptions_in(year, fiscal_years);
  const std::span<const Day> closes = exceptions.empty() ? std::span(&usual, 1) : exceptions;
  const auto later = std::upper_bound(closes.begin(), closes.end(), not_after);
  return later != closes.begin() ? std::optional(*std::prev(later)) : std::nullopt;
}

Day fiscal_close(Day day, const FiscalYears& fiscal_years) {
  auto year = date::year_month_day{day}.year();
  for (;; ++year) {
    if (const auto close = first_close_in(year, day, fiscal_years)) return *close;
  }
}

/// The last close on or before a day.
Day last_fiscal_close(Day day, const FiscalYears& fiscal_years) {
  auto year = date::year_month_day{day}.year();
  for (;; --year) {
    if (const auto close = last_close_in(year, day, fiscal_years)) return *close;
  }
}

/// The last day that is itself a close and no later than `day`.
Day last_close(Day day, EndOf end_of, const FiscalYears& fiscal_years) {
  if (end_of == EndOf::none || close_of(day, end_of, fiscal_years) == day) return day;
  const date::year_month_day civil{day};
  switch (end_of) {
    case EndOf::month:
      return Day{civil.year() / civil.month() / 1} - date::days{1};
    case EndOf::calendar_year:
      return Day{civil.year() / 1 / 1} - date::days{1};
    default:
      return last_fiscal_close(day, fiscal_years);
  }
}

/// `cutoff` for starts that aren't moved to a close.
Day plain_cutoff(Day as_of, const Period& period) {
  Day day = shifted(as_of - days_of(period), -months_of(period));
  while (first_due_day(day, period) > as_of) day -= date::days{1};
  while (first_due_day(day + date::days{1}, period) <= as_of) day += date::days{1};
  return day;
}

}  // namespace

Day last_day(Day start, const Period& period) {
  // Months before days: P1M1D from 30 January ends on 1 March, in the other order on 28 February.
  return shifted(start, months_of(period)) + days_of(period);
}

Day first_due_day(Day start, const Period& period) {
  return period.is_zero() ? start : last_day(start, period) + date::days{1};
}

Day close_of(Day day, EndOf end_of, const FiscalYears& fiscal_years) {
  const date::year_month_day civil{day};
  switch (end_of) {
    case EndOf::none:
      return day;
    case EndOf::month:
      return Day{civil.year() / civil.month() / date::last};
    case EndOf::calendar_year:
      return Day{civil.year() / 12 / 31};
    case EndOf::fiscal_year:
      return fiscal_close(day, fiscal_years);
  }
  return day;
}

Day cutoff(Day as_of, const Period& period, EndOf end_of, const FiscalYears& fiscal_years) {
  // A start is due with its close, so the last due start is the last close that is due itself.
  return last_close(plain_cutoff(as_of, period), end_of, fiscal_years);
}

}  // namespace oubli
