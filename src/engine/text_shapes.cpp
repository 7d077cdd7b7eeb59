/// Fixed-width dates. `date::parse` isn't used: it takes fields of any width, leaves trailing text
/// unread and reads `1/2/24` as the year 24.
#include "engine/text_shapes.hpp"

#include <algorithm>
#include <charconv>

namespace oubli {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Seconds = WrittenTime::Seconds;

/// The numbers a date is written with; `day` 0 stands for a zero, -1 for a shape without day.
struct Fields {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;

  [[nodiscard]] bool all_zero() const {
    return year == 0 && month == 0 && day <= 0 && hour == 0 && minute == 0 && second == 0;
  }
};
constexpr int k_no_day = -1;

/// The number that two or four characters write; negative when one of them isn't a digit.
template <std::size_t width>
int number(const char* characters);

template <>
int number<2>(const char* characters) {
  const unsigned tens = static_cast<unsigned char>(characters[0] - '0');
  const unsigned units = static_cast<unsigned char>(characters[1] - '0');
  return tens <= 9 && units <= 9 ? static_cast<int>(10 * tens + units) : -1;
}

template <>
int number<4>(const char* characters) {
  const int hundreds = number<2>(characters);
  const int rest = number<2>(characters + 2);
  return hundreds >= 0 && rest >= 0 ? 100 * hundreds + rest : -1;
}

/// The day of the fields. A month alone is its last day: of all it may mean, the one that keeps longest.
date::year_month_day civil_day(const Fields& fields) {
  const auto month = date::year{fields.year} / fields.month;
  if (fields.day == k_no_day) return month / date::last;
  return month / fields.day;
}

WrittenTime unreadable(bool zero = false) {
  WrittenTime result;
  result.zero = zero;
  return result;
}

WrittenTime written_time(const Fields& fields, WrittenTime::Kind kind, Seconds offset = {}) {
  if (fields.all_zero()) return unreadable(true);
  // Checked before the day is made: `last` of a month 13 isn't defined.
  if (fields.year < 1 || fields.month < 1 || fields.month > 12) return unreadable();
  const auto day = civil_day(fields);
  if (!day.ok() || fields.hour > 23 || fields.minute > 59 || fields.second > 59) return unreadable();
  return {kind, false, Day{day}, hours{fields.hour} + minutes{fields.minute} + Seconds{fields.second}, offset};
}

/// Walks over a text from its start.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : m_rest(text) {}

  [[nodiscard]] bool at_end() const { return m_rest.empty(); }
  [[nodiscard]] bool at_digit() const { return !m_rest.empty() && m_rest.front() >= '0' && m_rest.front() <= '9'; }

  /// Takes one character if it is among `accepted`; 0 when it isn't.
  char take(std::string_view accepted) {
    if (m_rest.empty() || accepted.find(m_rest.front()) == std::string_view::npos) return 0;
    const char taken = m_rest.front();
    m_rest.remove_prefix(1);
    return taken;
  }

  /// Takes a number of exactly two digits into `value`.
  bool take_two(int& value) {
    if (m_rest.size() < 2) return false;
    value = number<2>(m_rest.data());
    m_rest.remove_prefix(2);
    return value >= 0;
  }

  /// Takes up to `most` digits whose value doesn't matter; false when there is none.
  bool skip_digits(std::size_t most) {
    std::size_t count = 0;
    for (; count < most && at_digit(); ++count) m_rest.remove_prefix(1);
    return count > 0;
  }

 private:
  std::string_view m_rest;
};

/// `HH:MM`, optionally `:SS`, optionally a fraction.
bool read_time(Cursor& cursor, Fields& fields) {
  if (!cursor.take_two(fields.hour) || !cursor.take(":") || !cursor.take_two(fields.minute)) return false;
  if (!cursor.take(":")) return true;
  if (!cursor.take_two(fields.second)) return false;
  return !cursor.take(".,") || cursor.skip_digits(9);
}

/// `HH`, `HHMM` or `HH:MM` after its sign.
bool read_offset(Cursor& cursor, char sign, Seconds& offset) {
  int hour = 0;
  int minute = 0;
  if (!cursor.take_two(hour)) return false;
  const bool has_minutes = cursor.take(":") || cursor.at_digit();
  if (has_minutes && !cursor.take_two(minute)) return false;
  if (hour > 23 || minute > 59) return false;
  offset = hours{hour} + minutes{minute};
  if (sign == '-') offset = -offset;
  return true;
}

/// What follows a date.
WrittenTime read_iso_time(std::string_view text, Fields fields) {
  Cursor cursor(text);
  if (!cursor.take("T ") || !read_time(cursor, fields)) return unreadable();
  if (cursor.at_end()) return written_time(fields, WrittenTime::Kind::local);
  Seconds offset{};
  const char zone = cursor.take("Z+-");
  if (zone == 0 || (zone != 'Z' && !read_offset(cursor, zone, offset)) || !cursor.at_end()) return unreadable();
  return written_time(fields, WrittenTime::Kind::instant, offset);
}

}  // namespace

WrittenTime read_iso(std::string_view text) {
  constexpr std::size_t k_date_width = 10;
  if (text.size() < k_date_width || text[4] != '-' || text[7] != '-') return unreadable();
  Fields fields;
  fields.year = number<4>(text.data());
  fields.month = number<2>(text.data() + 5);
  fields.day = number<2>(text.data() + 8);
  if (fields.year < 0 || fields.month < 0 || fields.day < 0) return unreadable();
  if (text.size() == k_date_width) return written_time(fields, WrittenTime::Kind::day);
  return read_iso_time(text.substr(k_date_width), fields);
}

namespace {

struct FieldName {
  std::string_view letters;
  int Fields::*field;
};
constexpr std::array<FieldName, 6> k_field_names{{{"yyyy", &Fields::year},
                                                  {"mm", &Fields::month},
                                                  {"dd", &Fields::day},
                                                  {"HH", &Fields::hour},
                                                  {"MM", &Fields::minute},
                                                  {"SS", &Fields::second}}};
constexpr std::size_t k_year_field = 0;
constexpr std::size_t k_day_field = 2;
constexpr std::size_t k_hour_field = 3;

}  // namespace

TextShape::TextShape(std::string_view pattern) : m_pattern(pattern) {
  std::vector<bool> in_field(pattern.size(), false);
  for (std::size_t i = 0; i < k_field_names.size(); ++i) {
    const auto letters = k_field_names[i].letters;
    m_starts[i] = pattern.find(letters);
    if (m_starts[i] != k_absent) std::fill_n(in_field.begin() + static_cast<long>(m_starts[i]), letters.size(), true);
  }
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (!in_field[i]) m_literals.push_back(i);
  }
}

bool TextShape::literals_match(std::string_view text) const {
  return std::all_of(m_literals.begin(), m_literals.end(),
                     [&](std::size_t position) { return text[position] == m_pattern[position]; });
}

WrittenTime TextShape::read(std::string_view text) const {
  if (text.size() != m_pattern.size() || !literals_match(text)) return unreadable();
  Fields fields;
  for (std::size_t i = 0; i < k_field_names.size(); ++i) {
    if (m_starts[i] == k_absent) continue;
    const char* const at = text.data() + m_starts[i];
    const int value = i == k_year_field ? number<4>(at) : number<2>(at);
    if (value < 0) return unreadable();
    fields.*k_field_names[i].field = value;
  }
  if (m_starts[k_day_field] == k_absent) fields.day = k_no_day;
  const bool has_time =
      std::any_of(m_starts.begin() + k_hour_field, m_starts.end(), [](std::size_t start) { return start != k_absent; });
  return written_time(fields, has_time ? WrittenTime::Kind::local : WrittenTime::Kind::day);
}

WrittenTime TextShape::read(std::int64_t number) const {
  if (!m_literals.empty() || number < 0) return unreadable();
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  const auto count = static_cast<std::size_t>(end - digits.data());
  if (count > m_pattern.size()) return unreadable();
  std::array<char, 20> padded{};
  if (m_pattern.size() > padded.size()) return unreadable();
  const auto zeros = m_pattern.size() - count;
  std::fill_n(padded.begin(), zeros, '0');
  std::copy_n(digits.begin(), count, padded.begin() + static_cast<long>(zeros));
  return read(std::string_view(padded.data(), m_pattern.size()));
}

}  // namespace oubli
