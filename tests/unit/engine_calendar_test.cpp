/// Sums of days and periods, and the cutoffs that invert them.
#include "oubli/engine/calendar.hpp"
#include "support/day_literal.hpp"
#include "support/places.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <utility>

namespace oubli {
namespace {

constexpr date::days k_one_day{1};

TEST_CASE("last_day: years and months first, clamped, then weeks and days", "[unit][calendar][S3][reg-1182-71]") {
  struct Case {
    const char* name;
    Day start;
    Period period;
    Day expected;
  };
  const auto c = GENERATE(values<Case>({
      {"leap day + 1 year", "2024-02-29"_day, {1, 0, 0, 0}, "2025-02-28"_day},
      {"leap day + 4 years", "2024-02-29"_day, {4, 0, 0, 0}, "2028-02-29"_day},
      {"31 January + 1 month", "2023-01-31"_day, {0, 1, 0, 0}, "2023-02-28"_day},
      {"31 January + 1 month in a leap year", "2024-01-31"_day, {0, 1, 0, 0}, "2024-02-29"_day},
      {"30 January + 1 month 1 day", "2023-01-30"_day, {0, 1, 0, 1}, "2023-03-01"_day},
      {"clamped once, from the original start", "2023-01-31"_day, {0, 2, 0, 0}, "2023-03-31"_day},
      {"6 years 6 months", "2019-08-31"_day, {6, 6, 0, 0}, "2026-02-28"_day},
      {"13 months", "2025-10-21"_day, {0, 13, 0, 0}, "2026-11-21"_day},
      {"2 weeks", "2024-12-25"_day, {0, 0, 2, 0}, "2025-01-08"_day},
      {"no leap year in 2100", "2096-02-29"_day, {4, 0, 0, 0}, "2100-02-28"_day},
  }));
  CAPTURE(c.name);
  CHECK(last_day(c.start, c.period) == c.expected);
  CHECK(first_due_day(c.start, c.period) == c.expected + k_one_day);
}

TEST_CASE("first_due_day: a zero period is due from the event's own day", "[unit][calendar][S3]") {
  CHECK(first_due_day("2024-02-29"_day, {}) == "2024-02-29"_day);
  CHECK(cutoff("2024-02-29"_day, {}) == "2024-02-29"_day);
}

TEST_CASE("cutoff: every start of a clamped month is found", "[unit][calendar][S4]") {
  // 28 to 31 January + 1 month all end on 28 February 2023: the subtraction alone gives 28 January.
  CHECK(cutoff("2023-03-01"_day, {0, 1, 0, 0}) == "2023-01-31"_day);
  CHECK(cutoff("2023-02-28"_day, {0, 1, 0, 0}) == "2023-01-27"_day);
  CHECK(cutoff("2026-11-22"_day, {3, 0, 0, 0}) == "2023-11-21"_day);
}

TEST_CASE("close_of: a start moves to the close of its period", "[unit][calendar][S6]") {
  const FiscalYears usual;
  const FiscalYears february{date::February / 29, {}};
  const FiscalYears changed{date::December / 31, {"2023-06-30"_day}};
  const FiscalYears twice{date::December / 31, {"2023-03-31"_day, "2023-12-31"_day}};
  CHECK(close_of("2024-02-10"_day, EndOf::none, usual) == "2024-02-10"_day);
  CHECK(close_of("2024-02-10"_day, EndOf::month, usual) == "2024-02-29"_day);
  CHECK(close_of("2024-02-10"_day, EndOf::calendar_year, february) == "2024-12-31"_day);
  CHECK(close_of("2024-12-31"_day, EndOf::fiscal_year, usual) == "2024-12-31"_day);
  CHECK(close_of("2023-03-01"_day, EndOf::fiscal_year, february) == "2024-02-29"_day);
  CHECK(close_of("2025-01-01"_day, EndOf::fiscal_year, february) == "2025-02-28"_day);
  CHECK(close_of("2023-06-30"_day, EndOf::fiscal_year, changed) == "2023-06-30"_day);
  CHECK(close_of("2023-07-01"_day, EndOf::fiscal_year, changed) == "2024-12-31"_day);
  CHECK(close_of("2023-01-01"_day, EndOf::fiscal_year, twice) == "2023-03-31"_day);
  CHECK(close_of("2023-04-01"_day, EndOf::fiscal_year, twice) == "2023-12-31"_day);
}

struct NamedClose {
  const char* name;
  EndOf end_of;
  FiscalYears fiscal_years;
};

std::vector<NamedClose> closes() {
  return {{"none", EndOf::none, {}},
          {"month", EndOf::month, {}},
          {"calendar year", EndOf::calendar_year, {}},
          {"31 December", EndOf::fiscal_year, {}},
          {"29 February", EndOf::fiscal_year, {date::February / 29, {}}},
          {"30 June", EndOf::fiscal_year, {date::June / 30, {}}},
          {"a longer year", EndOf::fiscal_year, {date::June / 30, {"2003-12-31"_day}}},
          {"short years",
           EndOf::fiscal_year,
           {date::March / 31, {"1999-01-31"_day, "1999-02-28"_day, "2010-09-30"_day, "2011-12-31"_day}}}};
}

/// By its definition: a close of the calendar, or one of the fiscal years.
bool is_close(Day day, const NamedClose& close) {
  const date::year_month_day civil{day};
  const date::year_month_day tomorrow{day + k_one_day};
  if (close.end_of == EndOf::none) return true;
  if (close.end_of == EndOf::month) return tomorrow.day() == date::day{1};
  if (close.end_of == EndOf::calendar_year) return civil.month() == date::December && civil.day() == date::day{31};
  const auto& except = close.fiscal_years.except;
  const bool is_changed_year = std::any_of(
      except.begin(), except.end(), [&](Day listed) { return date::year_month_day{listed}.year() == civil.year(); });
  if (is_changed_year) return std::find(except.begin(), except.end(), day) != except.end();
  const auto closing = close.fiscal_years.closes;
  if (civil.month() != closing.month()) return false;
  return civil.day() == closing.day() || (tomorrow.day() == date::day{1} && civil.day() < closing.day());
}

constexpr date::year k_first_year{1990};
constexpr date::year k_last_year{2049};

TEST_CASE("close_of: agrees with walking to the next close, on every day of sixty years", "[unit][calendar][S6]") {
  for (const NamedClose& close : closes()) {
    CAPTURE(close.name);
    int wrong = 0;
    for (Day day{k_first_year / 1 / 1}; day <= Day{k_last_year / 12 / 31}; day += k_one_day) {
      Day next = day;
      while (!is_close(next, close)) next += k_one_day;
      if (close_of(day, close.end_of, close.fiscal_years) != next) ++wrong;
    }
    CHECK(wrong == 0);
  }
}

/// Starts of sixty years that `cutoff` and the sum don't judge alike. As due days never fall when
/// the start rises, the due day and the day before it tell all about a start.
int misjudged_starts(const Period& period, const NamedClose& close) {
  const auto cutoff_on = [&](Day as_of) { return cutoff(as_of, period, close.end_of, close.fiscal_years); };
  int wrong = 0;
  Day due{};
  Day cutoff_then{};
  Day cutoff_before{};
  for (Day start{k_first_year / 1 / 1}; start <= Day{k_last_year / 12 / 31}; start += k_one_day) {
    const Day next_due = first_due_day(close_of(start, close.end_of, close.fiscal_years), period);
    if (next_due != due) {
      due = next_due;
      cutoff_then = cutoff_on(due);
      cutoff_before = cutoff_on(due - k_one_day);
    }
    if (start > cutoff_then || start <= cutoff_before) ++wrong;
  }
  return wrong;
}

TEST_CASE("cutoff: a start is at or before it exactly when it is due, on every day of sixty years",
          "[unit][calendar][S4]") {
  const std::vector<Period> periods{{0, 0, 0, 0}, {0, 0, 0, 90}, {0, 1, 0, 0},  {0, 13, 0, 0},
                                    {3, 0, 0, 0}, {6, 6, 0, 0},  {4, 0, 1, 30}, {50, 0, 0, 0}};
  for (const NamedClose& close : closes()) {
    for (const Period& period : periods) {
      CAPTURE(close.name, to_text(period));
      CHECK(misjudged_starts(period, close) == 0);
    }
  }
}

/// "P1Y2M3W4D".
Period period_of(std::string_view text) {
  Period period;
  int count = 0;
  for (const char c : text.substr(1)) {
    switch (c) {
      case 'Y':
        period.years = std::exchange(count, 0);
        break;
      case 'M':
        period.months = std::exchange(count, 0);
        break;
      case 'W':
        period.weeks = std::exchange(count, 0);
        break;
      case 'D':
        period.days = std::exchange(count, 0);
        break;
      default:
        count = count * 10 + (c - '0');
    }
  }
  return period;
}

TEST_CASE("last_day: agrees with the sums of four other implementations", "[real][calendar][S3]") {
  const std::filesystem::path file = test::shared_folder() / "data/calendar-vectors/add-period.csv";
  std::ifstream lines(file);
  if (!lines) {
    WARN("skipped: no calendar vectors beside the project");
    return;
  }
  std::string line;
  std::getline(lines, line);
  int rows = 0;
  while (std::getline(lines, line)) {
    const auto period_at = line.find(',') + 1;
    const auto result_at = line.find(',', period_at) + 1;
    const auto period = line.substr(period_at, result_at - period_at - 1);
    const Day start = day_from_text(line.substr(0, 10)).value();
    const auto sum = to_text(last_day(start, period_of(period)));
    if (sum != line.substr(result_at, 10)) FAIL_CHECK(line);
    ++rows;
  }
  CHECK(rows == 5551);
}

}  // namespace
}  // namespace oubli
