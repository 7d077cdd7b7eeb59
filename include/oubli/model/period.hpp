/// Retention periods (S2) and the closes a start may be moved to (S6).
#pragma once

#include "oubli/model/day.hpp"

#include <string>
#include <vector>

namespace oubli {

/// A retention period as a policy writes it: calendar units, never seconds.
///
/// P5Y is five calendar years, not 1826 days. No part is negative; all may be zero, and then the
/// data is due from the very day of the event (S3).
struct Period {
  int years = 0;
  int months = 0;
  int weeks = 0;
  int days = 0;

  [[nodiscard]] bool is_zero() const { return years == 0 && months == 0 && weeks == 0 && days == 0; }
  friend bool operator==(const Period&, const Period&) = default;
};

/// "6 years 6 months", "0 days".
[[nodiscard]] std::string to_text(const Period& period);

/// The close a start day is moved to before the period is added (S6).
enum class EndOf { none, month, calendar_year, fiscal_year };

/// "fiscal_year"; "none" for none.
[[nodiscard]] std::string_view to_text(EndOf end_of);

/// When fiscal years close (S6): on `closes` every year, but on the `except` days instead in the
/// years those fall in. French fiscal years may be longer or shorter than twelve months
/// (Code de commerce, art. L123-12). 29 February stands for the last day of February.
struct FiscalYears {
  date::month_day closes{date::December / 31};
  std::vector<Day> except;  ///< ascending

  friend bool operator==(const FiscalYears&, const FiscalYears&) = default;
};

}  // namespace oubli
