/// Periods and closes in words.
#include "oubli/model/period.hpp"

#include <fmt/format.h>

namespace oubli {
namespace {

void append_unit(std::string& text, int count, std::string_view unit) {
  if (count == 0) return;
  fmt::format_to(std::back_inserter(text), "{}{} {}{}", text.empty() ? "" : " ", count, unit, count == 1 ? "" : "s");
}

}  // namespace

std::string to_text(const Period& period) {
  if (period.is_zero()) return "0 days";
  std::string text;
  append_unit(text, period.years, "year");
  append_unit(text, period.months, "month");
  append_unit(text, period.weeks, "week");
  append_unit(text, period.days, "day");
  return text;
}

std::string_view to_text(EndOf end_of) {
  switch (end_of) {
    case EndOf::none:
      return "none";
    case EndOf::month:
      return "month";
    case EndOf::calendar_year:
      return "calendar_year";
    case EndOf::fiscal_year:
      return "fiscal_year";
  }
  return "";
}

}  // namespace oubli
