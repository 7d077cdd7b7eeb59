/// From a value to an event's reading: missing, else unreadable, else in the future, else known.
#include "oubli/engine/read_day.hpp"

#include "engine/column_reader.hpp"
#include "engine/plausible_days.hpp"
#include "engine/zones.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace oubli {
namespace {

using State = EventReading::State;

bool is_midnight_of_nothing(Day day) {
  constexpr std::array k_days{Day{date::year{1899} / 12 / 30}, Day{date::year{1900} / 1 / 1},
                              Day{date::year{1970} / 1 / 1}};
  return std::find(k_days.begin(), k_days.end(), day) != k_days.end();
}

/// The days that programs write for "none" (S8).
bool is_sentinel(Day day, WrittenTime::Seconds time) {
  constexpr Day k_last_of_days{date::year{9999} / 12 / 31};
  return day == k_last_of_days || (time.count() == 0 && is_midnight_of_nothing(day));
}

date::sys_seconds in_utc(const WrittenTime& written) {
  // Widened first: 32 bits of seconds end in 2038.
  return date::sys_seconds{written.day} + written.time - written.offset;
}

/// S8's own list. An instant may be written as a sentinel, or be one in UTC.
bool stands_for_missing(const WrittenTime& written) {
  if (written.zero) return true;
  if (written.kind == WrittenTime::Kind::unreadable) return false;
  if (is_sentinel(written.day, written.time)) return true;
  if (written.kind != WrittenTime::Kind::instant) return false;
  const auto moment = in_utc(written);
  const auto day = date::floor<date::days>(moment);
  return is_sentinel(day, moment - day);
}

/// A number as the config's `missing_values` would write it, into `buffer`.
std::string_view decimal_text(const Value& value, std::span<char> buffer) {
  char* const begin = buffer.data();
  char* const end = begin + buffer.size();
  const auto written = value.type == Value::Type::integer
                           ? std::to_chars(begin, end, value.integer)
                           : std::to_chars(begin, end, value.real, std::chars_format::fixed);
  // A number too long for the buffer is none that a person would list.
  return written.ec == std::errc{} ? std::string_view(begin, written.ptr) : std::string_view{};
}

}  // namespace

PlausibleDays::PlausibleDays(const EventRule& event, const TableRules& rules, RunDays days)
    : from(rules.plausible_from) {
  if (event.kind != EventKind::planned) until = std::max(days.as_of, days.clock) + date::days{1};
}

EventReading PlausibleDays::reading_of(Day day) const {
  if (day < from) return {State::unreadable, {}};
  if (day > until) return {State::future, day};
  return {State::known, day};
}

struct DayReader::Compiled {
  std::vector<ColumnReader> readers;
  const date::time_zone* zone = nullptr;         ///< the policy's: days are days there
  const date::time_zone* column_zone = nullptr;  ///< of times without offset
  bool default_missing_values = true;
  std::vector<std::string> missing_values;  ///< trimmed
  PlausibleDays plausible;

  Compiled(const EventRule& event, const TableRules& rules, RunDays days) : plausible(event, rules, days) {}

  [[nodiscard]] bool is_listed_missing(const Value& value, std::string_view text) const {
    if (missing_values.empty() || value.type == Value::Type::blob) return false;
    std::array<char, 64> buffer{};
    const auto listed = value.type == Value::Type::text ? text : decimal_text(value, buffer);
    return std::find(missing_values.begin(), missing_values.end(), listed) != missing_values.end();
  }

  /// What the first format that fits reads; a zero counts as fitting.
  [[nodiscard]] WrittenTime written_by(const Value& value, std::string_view text) const {
    for (const ColumnReader& reader : readers) {
      const WrittenTime written = reader.read(value, text);
      if (written.kind != WrittenTime::Kind::unreadable || written.zero) return written;
    }
    return {};
  }

  /// S5. A naive time in the policy's own zone needs no look-up: its date is the day.
  [[nodiscard]] Day day_of(const WrittenTime& written) const {
    if (written.kind == WrittenTime::Kind::instant) return day_in(*zone, in_utc(written));
    if (written.kind == WrittenTime::Kind::day || column_zone == zone) return written.day;
    const date::local_seconds local{in_utc(written).time_since_epoch()};
    return day_in(*zone, moment_in(*column_zone, local));
  }

};

EventReading reading_of_day(Day day, const EventRule& event, const TableRules& rules, RunDays days) {
  return PlausibleDays(event, rules, days).reading_of(day);
}

DayReader::DayReader(const EventRule& event, const TableRules& rules, RunDays days)
    : m_compiled(std::make_unique<Compiled>(event, rules, days)) {
  for (const ColumnFormat& format : event.formats) m_compiled->readers.emplace_back(format);
  m_compiled->zone = &zone_named(rules.timezone);
  m_compiled->column_zone = &zone_named(event.zone);
  m_compiled->default_missing_values = event.default_missing_values;
  for (const std::string& text : event.missing_values) m_compiled->missing_values.emplace_back(trimmed(text));
}

DayReader::~DayReader() = default;
DayReader::DayReader(DayReader&&) noexcept = default;
DayReader& DayReader::operator=(DayReader&&) noexcept = default;

EventReading DayReader::read(const Value& value) const {
  const bool is_text = value.type == Value::Type::text;
  const auto text = is_text ? trimmed(value.bytes) : std::string_view{};
  if (value.is_null() || (is_text && text.empty()) || m_compiled->is_listed_missing(value, text)) return {};
  const WrittenTime written = m_compiled->written_by(value, text);
  if (m_compiled->default_missing_values && stands_for_missing(written)) return {};
  if (written.kind == WrittenTime::Kind::unreadable) return {State::unreadable, {}};
  return m_compiled->plausible.reading_of(m_compiled->day_of(written));
}

}  // namespace oubli
