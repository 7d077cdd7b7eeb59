#include "report/audit_ages.hpp"

#include "report/bars.hpp"
#include "report/colour.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli::report {

namespace {

constexpr int k_least_bar = 10;
constexpr int k_numbers = 40;  ///< what the columns before the bar take at most

std::string title_of(const AgeTable& age) {
  const FindingPlace place{age.dataset, age.table, age.side, {}, age.purpose, {}};
  return in_words(place);
}

std::int64_t largest_year(const AgeTable& age) {
  std::int64_t largest = 0;
  for (const YearLine& year : age.years) largest = std::max(largest, year.records);
  return largest;
}

void write_years(std::ostream& out, const AgeTable& age, int columns) {
  using Align = Table::Align;
  Table table({{"start"}, {"records", Align::right}, {"ended", Align::right}, {"overdue", Align::right}, {""}});
  for (const YearLine& year : age.years) {
    table.add({std::to_string(year.year), grouped(year.records), grouped(year.ended), grouped(year.overdue),
               bar(year.records, largest_year(age), std::max(k_least_bar, columns - k_numbers))});
  }
  table.write(out, columns, 2);
}

}  // namespace

void write_ages(std::ostream& out, const std::vector<AgeTable>& ages, const Style& style) {
  const Paint paint(style);
  out << '\n' << paint.bold("By year of start") << '\n';
  for (const AgeTable& age : ages) {
    if (age.years.empty() && age.without_start == 0) continue;
    out << '\n' << paint.bold(printable(title_of(age))) << '\n';
    if (!age.years.empty()) write_years(out, age, style.columns);
    if (age.without_start > 0)
      out << wrapped(fmt::format("{} without a known start", counted(age.without_start, "record")), style.columns, 2,
                     2);
  }
}

}  // namespace oubli::report
