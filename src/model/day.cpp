/// Civil days as text.
#include "oubli/model/day.hpp"

#include <fmt/format.h>

namespace oubli {
namespace {

/// The number `digits` writes, or nothing when one of them isn't a digit.
std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::string to_text(Day day) {
  const date::year_month_day civil{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()));
}

std::optional<Day> day_from_text(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || *year == 0) return std::nullopt;
  const auto civil = date::year{*year} / *month / *day;
  if (!civil.ok()) return std::nullopt;
  return Day{civil};
}

}  // namespace oubli
