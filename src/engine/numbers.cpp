/// Numbers as days: counts of seconds or smaller units since an epoch, and counts of days.
#include "engine/numbers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace oubli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::int64_t k_first_second = date::sys_seconds{Day{date::year{1} / 1 / 1}}.time_since_epoch().count();
constexpr std::int64_t k_last_second =
    date::sys_seconds{Day{date::year{9999} / 12 / 31}}.time_since_epoch().count() + 86'399;

/// A unit of time counted from an epoch.
struct Epoch {
  std::int64_t units_per_second = 1;
  std::int64_t starts_at = 0;  ///< in seconds since 1970
};

Epoch epoch_of(ColumnFormat::Kind format) {
  switch (format) {
    case ColumnFormat::Kind::epoch_ms:
      return {1'000, 0};
    case ColumnFormat::Kind::epoch_us:
      return {1'000'000, 0};
    case ColumnFormat::Kind::chromium_us:
      return {1'000'000, -11'644'473'600};  // 1601-01-01
    default:
      return {};
  }
}

std::int64_t floor_divide(std::int64_t number, std::int64_t by) { return number / by - (number % by < 0 ? 1 : 0); }

/// A moment as a day and the time since its midnight; unreadable outside the years 1 to 9999.
WrittenTime at_second(std::int64_t second, WrittenTime::Kind kind) {
  if (second < k_first_second || second > k_last_second) return {};
  const date::sys_seconds moment{seconds{second}};
  const auto day = date::floor<date::days>(moment);
  return {kind, false, day, moment - day, {}};
}

std::optional<std::int64_t> floor_of(double number) {
  // 2^63 is the first double above every int64.
  constexpr double k_limit = 9'223'372'036'854'775'808.0;
  if (!std::isfinite(number) || number < -k_limit || number >= k_limit) return std::nullopt;
  return static_cast<std::int64_t>(std::floor(number));
}

std::optional<std::int64_t> floor_of(const Value& value) {
  switch (value.type) {
    case Value::Type::integer:
      return value.integer;
    case Value::Type::real:
      return floor_of(value.real);
    case Value::Type::text: {
      const auto decimal = decimal_from_text(value.bytes);
      return decimal ? decimal->floor() : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

std::optional<double> real_of(const Value& value) {
  switch (value.type) {
    case Value::Type::integer:
      return static_cast<double>(value.integer);
    case Value::Type::real:
      return std::isfinite(value.real) ? std::optional(value.real) : std::nullopt;
    case Value::Type::text: {
      const auto decimal = decimal_from_text(value.bytes);
      return decimal ? decimal->real() : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

WrittenTime read_epoch(const Epoch& epoch, const Value& value) {
  const auto units = floor_of(value);
  if (!units) return {};
  auto result = at_second(floor_divide(*units, epoch.units_per_second) + epoch.starts_at, WrittenTime::Kind::instant);
  result.zero = real_of(value) == 0.0;
  return result;
}

/// A moment counted in days since 1970. Rounded to the millisecond, which is finer than any such
/// column is meant and coarser than what a double loses: midnight stays midnight.
WrittenTime at_day(double day, WrittenTime::Kind kind) {
  constexpr double k_most_days = 10'000'000;
  if (std::abs(day) > k_most_days) return {};
  const milliseconds since{std::llround(day * 86'400'000.0)};
  return at_second(date::floor<seconds>(since).count(), kind);
}

WrittenTime read_julian_day(double number) {
  constexpr double k_julian_1970 = 2'440'587.5;
  auto result = at_day(number - k_julian_1970, WrittenTime::Kind::instant);
  result.zero = number == 0.0;
  return result;
}

WrittenTime read_excel_serial(double serial) {
  constexpr double k_serial_1970 = 25'569;
  const double whole = std::floor(serial);
  // 29 February 1900 never was; the spreadsheets that number it can't say what they mean.
  if (whole == 60.0) return {};
  auto result = at_day(serial - k_serial_1970, whole == serial ? WrittenTime::Kind::day : WrittenTime::Kind::local);
  result.zero = serial == 0.0;
  return result;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool all_zeros(std::string_view digits) { return digits.find_first_not_of('0') == std::string_view::npos; }

}  // namespace

std::optional<Decimal> decimal_from_text(std::string_view text) {
  Decimal decimal;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    decimal.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const auto point = text.find('.');
  decimal.digits = text.substr(0, point);
  if (!all_digits(decimal.digits)) return std::nullopt;
  if (point == std::string_view::npos) return decimal;
  decimal.fraction = text.substr(point + 1);
  return all_digits(decimal.fraction) ? std::optional(decimal) : std::nullopt;
}

std::optional<std::int64_t> Decimal::integer() const { return all_zeros(fraction) ? floor() : std::nullopt; }

std::optional<std::int64_t> Decimal::floor() const {
  std::int64_t value = 0;
  const auto* const end = digits.data() + digits.size();
  if (std::from_chars(digits.data(), end, value).ec != std::errc{}) return std::nullopt;
  if (!negative) return value;
  return -value - (all_zeros(fraction) ? 0 : 1);
}

std::optional<double> Decimal::real() const {
  double value = 0;
  // The two parts and the point between them are one stretch of the same text.
  const auto* const end = fraction.empty() ? digits.data() + digits.size() : fraction.data() + fraction.size();
  if (std::from_chars(digits.data(), end, value, std::chars_format::fixed).ec != std::errc{}) return std::nullopt;
  return negative ? -value : value;
}

WrittenTime read_number(ColumnFormat::Kind format, const Value& value) {
  switch (format) {
    case ColumnFormat::Kind::julian_day:
    case ColumnFormat::Kind::excel_serial: {
      const auto number = real_of(value);
      if (!number) return {};
      return format == ColumnFormat::Kind::julian_day ? read_julian_day(*number) : read_excel_serial(*number);
    }
    default:
      return read_epoch(epoch_of(format), value);
  }
}

}  // namespace oubli
