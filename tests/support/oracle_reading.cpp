/// The oracle's calendar and its reading of values.
#include "support/oracle.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace oracle {
namespace {

constexpr long k_day_seconds = 86400;

bool is_leap(long year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/// Days from 0001-01-01 to the first day of a year.
long days_before(long year) {
  const long full = year - 1;
  return full * 365 + full / 4 - full / 100 + full / 400;
}

}  // namespace

long days_in_month(long year, long month) {
  if (month == 2) return is_leap(year) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

DayNumber day_number(long year, long month, long day) {
  long count = days_before(year) - days_before(1970);
  for (long m = 1; m < month; ++m) count += days_in_month(year, m);
  return count + day - 1;
}

Civil civil(DayNumber day) {
  long year = 1970 + day / 366 - (day < 0 ? 2 : 0);
  while (day_number(year + 1, 1, 1) <= day) ++year;
  while (day_number(year, 1, 1) > day) --year;
  long month = 1;
  while (month < 12 && day_number(year, month + 1, 1) <= day) ++month;
  return {year, month, day - day_number(year, month, 1) + 1};
}

namespace {

// ---------------------------------------------------------------- timezones

/// The n-th Sunday of a month; 0: the last. 1970-01-01 was a Thursday.
DayNumber sunday(long year, long month, long nth) {
  std::vector<DayNumber> sundays;
  for (long day = 1; day <= days_in_month(year, month); ++day) {
    const DayNumber number = day_number(year, month, day);
    if ((number % 7 + 7) % 7 == 3) sundays.push_back(number);
  }
  return nth == 0 ? sundays.back() : sundays[static_cast<std::size_t>(nth - 1)];
}

/// Seconds ahead of UTC at a moment, by today's rules back to 1981; no summer time after 2037, as in
/// the machine's data.
long offset_at(const std::string& zone, long moment) {
  const long year = civil(moment >= 0 ? moment / k_day_seconds : -((-moment - 1) / k_day_seconds) - 1).year;
  if (zone == "UTC") return 0;
  long begin = 0;
  long end = 0;
  long standard = 0;
  if (zone == "Europe/Paris") {
    standard = 3600;
    begin = sunday(year, 3, 0) * k_day_seconds + 3600;
    end = sunday(year, year < 1996 ? 9 : 10, 0) * k_day_seconds + 3600;
  } else {
    standard = -5 * 3600;
    const DayNumber first = year >= 2007 ? sunday(year, 3, 2) : sunday(year, 4, year >= 1987 ? 1 : 0);
    begin = first * k_day_seconds + 7 * 3600;
    end = (year >= 2007 ? sunday(year, 11, 1) : sunday(year, 10, 0)) * k_day_seconds + 6 * 3600;
  }
  return standard + (moment >= begin && moment < end && year <= 2037 ? 3600 : 0);
}

/// The later of the moments a local time may mean.
long moment_of(const std::string& zone, long local) {
  const long standard = zone == "UTC" ? 0 : zone == "Europe/Paris" ? 3600 : -5 * 3600;
  const long later = local - standard;
  const long earlier = later - 3600;
  if (offset_at(zone, later) == standard) return later;
  // Summer time then; a time the clocks skip is none of both.
  return offset_at(zone, earlier) == standard + 3600 ? earlier : later;
}

long floor_days(long seconds) {
  return static_cast<long>(std::floor(static_cast<long double>(seconds) / k_day_seconds));
}

// ---------------------------------------------------------------- written times

/// 'u' unreadable, 'd' day, 'l' local time, 'i' instant.
struct Written {
  char kind = 'u';
  bool zero = false;
  DayNumber day = 0;
  long time = 0;
  long offset = 0;
};

// Characters of a mask that stand for digits.
constexpr char k_year = '\1', k_month = '\2', k_day = '\3', k_hour = '\4', k_minute = '\5', k_second = '\6';
constexpr char k_fraction = '\7', k_offset_hour = '\10', k_offset_minute = '\16';

/// The numbers a text writes at a mask's places; nothing where it doesn't fit the mask.
std::optional<std::vector<long>> fit(const std::string& text, const std::string& mask) {
  if (text.size() != mask.size()) return std::nullopt;
  std::vector<long> numbers(16, 0);
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const bool is_place = mask[i] > 0 && mask[i] < 16;
    if (!is_place && text[i] != mask[i]) return std::nullopt;
    if (!is_place) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    long& number = numbers[static_cast<std::size_t>(mask[i])];
    number = number * 10 + (text[i] - '0');
  }
  return numbers;
}

long at(const std::vector<long>& numbers, char place) { return numbers[static_cast<std::size_t>(place)]; }

bool has(const std::string& mask, char place) { return mask.find(place) != std::string::npos; }

Written by_mask(const std::string& text, const std::string& mask, int offset_sign, bool is_instant) {
  const auto numbers = fit(text, mask);
  if (!numbers) return {};
  const long year = at(*numbers, k_year);
  const long month = at(*numbers, k_month);
  const long hour = at(*numbers, k_hour);
  const long minute = at(*numbers, k_minute);
  const long second = at(*numbers, k_second);
  const long offset_hour = at(*numbers, k_offset_hour);
  const long offset_minute = at(*numbers, k_offset_minute);
  if (offset_hour > 23 || offset_minute > 59) return {};
  if (year + month + at(*numbers, k_day) + hour + minute + second == 0) return {'u', true, 0, 0, 0};
  if (year < 1 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return {};
  const long day = has(mask, k_day) ? at(*numbers, k_day) : days_in_month(year, month);
  if (day < 1 || day > days_in_month(year, month)) return {};
  Written written;
  written.kind = is_instant ? 'i' : has(mask, k_hour) ? 'l' : 'd';
  written.day = day_number(year, month, day);
  written.time = hour * 3600 + minute * 60 + second;
  written.offset = offset_sign * (offset_hour * 3600 + offset_minute * 60);
  return written;
}

/// A config's pattern as a mask.
std::string mask_of(std::string pattern) {
  const std::vector<std::pair<std::string, char>> places{{"yyyy", k_year}, {"mm", k_month},  {"dd", k_day},
                                                         {"HH", k_hour},   {"MM", k_minute}, {"SS", k_second}};
  for (const auto& [letters, place] : places) {
    const auto found = pattern.find(letters);
    if (found != std::string::npos) pattern.replace(found, letters.size(), std::string(letters.size(), place));
  }
  return pattern;
}

struct IsoShape {
  std::string mask;
  int offset_sign = 0;
  bool is_instant = false;
};

/// Every text that ISO may be, one by one.
std::vector<IsoShape> iso_shapes() {
  const std::string date = mask_of("yyyy-mm-dd");
  std::vector<std::string> times{mask_of("HH:MM"), mask_of("HH:MM:SS")};
  for (const char* const point : {".", ","}) {
    for (std::size_t digits = 1; digits <= 9; ++digits) {
      times.push_back(mask_of("HH:MM:SS") + point + std::string(digits, k_fraction));
    }
  }
  const std::string hours(2, k_offset_hour);
  const std::string minutes(2, k_offset_minute);
  std::vector<IsoShape> shapes{{date, 0, false}};
  for (const char* const separator : {"T", " "}) {
    for (const std::string& time : times) {
      const std::string naive = date + separator + time;
      shapes.push_back({naive, 0, false});
      shapes.push_back({naive + "Z", 0, true});
      for (const std::string& offset : {hours, hours + minutes, hours + ":" + minutes}) {
        shapes.push_back({naive + "+" + offset, 1, true});
        shapes.push_back({naive + "-" + offset, -1, true});
      }
    }
  }
  return shapes;
}

Written iso(const std::string& text) {
  static const std::vector<IsoShape> k_shapes = iso_shapes();
  for (const IsoShape& shape : k_shapes) {
    const Written written = by_mask(text, shape.mask, shape.offset_sign, shape.is_instant);
    if (written.kind != 'u' || written.zero) return written;
  }
  return {};
}

Written pattern(const std::string& format, const Field& field) {
  std::string text = field.text;
  if (field.type == 'i') {
    text = std::to_string(field.integer);
    if (format.find_first_not_of("ymdHMS") != std::string::npos || text.size() > format.size()) return {};
    text.insert(0, format.size() - text.size(), '0');
  } else if (field.type != 't') {
    return {};
  }
  return by_mask(text, mask_of(format), 0, false);
}

std::optional<long double> number_of(const Field& field) {
  if (field.type == 'i') return static_cast<long double>(field.integer);
  if (field.type == 'r') return std::isfinite(field.real) ? std::optional<long double>(field.real) : std::nullopt;
  if (field.type != 't') return std::nullopt;
  std::string digits = field.text;
  if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) digits.erase(0, 1);
  const auto point = digits.find('.');
  if (point == 0 || (point != std::string::npos && point + 1 == digits.size())) return std::nullopt;
  if (point != std::string::npos) digits.erase(point, 1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::strtold(field.text.c_str(), nullptr);
}

Written at_second(long double second, char kind) {
  const auto first = static_cast<long double>(day_number(1, 1, 1)) * k_day_seconds;
  const auto end = static_cast<long double>(day_number(9999, 12, 31) + 1) * k_day_seconds;
  if (second < first || second >= end) return {};
  const auto whole = static_cast<long>(std::floor(second));
  const DayNumber day = floor_days(whole);
  return {kind, false, day, whole - day * k_day_seconds, 0};
}

Written number(const std::string& format, const Field& field) {
  const auto value = number_of(field);
  if (!value) return {};
  Written written;
  if (format == "julian_day" || format == "excel_serial") {
    const bool julian = format == "julian_day";
    const bool whole = std::floor(*value) == *value;
    if (!julian && std::floor(*value) == 60) return {};
    const long double days = *value - (julian ? 2440587.5L : 25569.0L);
    // A double can't tell midnight from a microsecond beside it.
    const long double second = std::round(days * k_day_seconds * 1000) / 1000;
    written = at_second(second, julian ? 'i' : whole ? 'd' : 'l');
  } else {
    const long double unit = format == "epoch_s" ? 1 : format == "epoch_ms" ? 1000 : 1000000;
    const long double starts =
        format == "chromium_us" ? static_cast<long double>(day_number(1601, 1, 1)) * k_day_seconds : 0;
    written = at_second(std::floor(std::floor(*value) / unit) + starts, 'i');
  }
  written.zero = *value == 0;
  return written;
}

Written by_format(const std::string& format, const Field& field) {
  if (format == "iso") return field.type == 't' ? iso(field.text) : Written{};
  if (format.find("yyyy") != std::string::npos) return pattern(format, field);
  return number(format, field);
}

// ---------------------------------------------------------------- missing values

bool is_sentinel(DayNumber day, long time) {
  if (day == day_number(9999, 12, 31)) return true;
  return time == 0 && (day == day_number(1899, 12, 30) || day == day_number(1900, 1, 1) || day == 0);
}

bool is_missing_by_default(const Written& written) {
  if (written.zero) return true;
  if (written.kind == 'u') return false;
  if (is_sentinel(written.day, written.time)) return true;
  const long utc = written.day * k_day_seconds + written.time - written.offset;
  return written.kind == 'i' && is_sentinel(floor_days(utc), utc - floor_days(utc) * k_day_seconds);
}

std::string without_spaces(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// As a person lists it; a number with a fraction is listed by nobody here.
std::string whole_number(double number) {
  const bool is_whole = number == std::floor(number) && std::fabs(number) < 1e18;
  return is_whole ? std::to_string(static_cast<std::int64_t>(number)) : "";
}

bool is_listed(const Event& event, const Field& field) {
  std::string text = field.text;
  if (field.type == 'i') text = std::to_string(field.integer);
  if (field.type == 'r') text = whole_number(field.real);
  if (field.type == 'b') return false;
  return std::any_of(event.missing_values.begin(), event.missing_values.end(),
                     [&](const std::string& listed) { return without_spaces(listed) == text; });
}

DayNumber civil_day(const Written& written, const std::string& column_zone, const std::string& zone) {
  const long written_at = written.day * k_day_seconds + written.time;
  if (written.kind == 'd' || (written.kind == 'l' && column_zone == zone)) return written.day;
  const long moment = written.kind == 'i' ? written_at - written.offset : moment_of(column_zone, written_at);
  return floor_days(moment + offset_at(zone, moment));
}

}  // namespace

Reading read(const Event& event, const Rules& rules, const Record& record, DayNumber last_plausible) {
  if (event.when) {
    const std::string happened = evaluate(*event.when, record, {});
    if (happened == "no") return {"missing", 0};
    if (happened == "unknown") return {"unreadable", 0};
  }
  Field field = record[event.column];
  if (field.type == 't') field.text = without_spaces(field.text);
  if (field.type == '0' || (field.type == 't' && field.text.empty()) || is_listed(event, field)) return {"missing", 0};
  Written written;
  for (const std::string& format : event.formats) {
    if (written.kind == 'u' && !written.zero) written = by_format(format, field);
  }
  if (event.default_missing_values && is_missing_by_default(written)) return {"missing", 0};
  if (written.kind == 'u') return {"unreadable", 0};
  const DayNumber day = civil_day(written, event.zone, rules.timezone);
  if (day < rules.plausible_from) return {"unreadable", 0};
  if (event.kind != 'p' && day > last_plausible) return {"future", day};
  return {"known", day};
}

}  // namespace oracle
