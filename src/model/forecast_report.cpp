#include "oubli/model/forecast_report.hpp"

namespace oubli {

void DueCounts::add(Outcome outcome, bool is_stopped) {
  if (outcome == Outcome::archive) ++archive;
  if (outcome == Outcome::anonymise) ++anonymise;
  if (outcome == Outcome::purge) ++purge;
  if (outcome == Outcome::flag) ++flag;
  if (is_stopped) ++stopped;
}

DueCounts& DueCounts::operator+=(const DueCounts& other) {
  archive += other.archive;
  anonymise += other.anonymise;
  purge += other.purge;
  flag += other.flag;
  stopped += other.stopped;
  return *this;
}

DueCounts ForecastReport::now() const {
  DueCounts sum;
  for (const auto& line : lines) sum += line.now;
  return sum;
}

std::map<date::year_month, DueCounts> ForecastReport::months() const {
  std::map<date::year_month, DueCounts> sum;
  for (const auto& line : lines) {
    for (const auto& [month, counts] : line.months) sum[month] += counts;
  }
  return sum;
}

}  // namespace oubli
