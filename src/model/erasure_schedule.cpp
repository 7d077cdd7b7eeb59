#include "oubli/model/erasure_schedule.hpp"

#include <fmt/format.h>

#include <array>

namespace oubli {

namespace {

constexpr std::array k_weekdays{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr int k_minutes_of_day = 24 * 60;

std::string clock_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

}  // namespace

bool is_time(const ErasureSchedule& schedule, unsigned weekday, int minute) {
  if (schedule.when != ErasureSchedule::When::weekly) return schedule.when == ErasureSchedule::When::immediate;
  if (schedule.from < schedule.to) return weekday == schedule.weekday && schedule.from <= minute && minute < schedule.to;
  // Over midnight: the rest of the day, and the first hours of the next.
  const unsigned next = (schedule.weekday + 1) % k_weekdays.size();
  return (weekday == schedule.weekday && minute >= schedule.from) || (weekday == next && minute < schedule.to);
}

std::string weekday_name(unsigned weekday) { return k_weekdays.at(weekday); }

std::string to_text(const ErasureSchedule& schedule) {
  if (schedule.when == ErasureSchedule::When::immediate) return "immediate";
  if (schedule.when == ErasureSchedule::When::manual) return "by hand";
  const bool is_whole_day = schedule.from == 0 && schedule.to == k_minutes_of_day;
  const std::string day = weekday_name(schedule.weekday);
  return is_whole_day ? day : fmt::format("{} from {} to {}", day, clock_text(schedule.from), clock_text(schedule.to));
}

}  // namespace oubli
