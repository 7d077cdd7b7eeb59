#include "engine/late_day.hpp"

#include <algorithm>
#include <cstring>

namespace oubli {

namespace {

/// In a pattern: a digit whose value doesn't matter.
constexpr char k_any_digit = 'x';
constexpr std::uint64_t k_ones = 0x0101010101010101U;
constexpr std::uint64_t k_highest = 0x80 * k_ones;
/// Written and counted day differ by the offsets of two zones, none of which reaches a day.
constexpr date::days k_zones_apart{2};

std::uint64_t word_at(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  return word;
}

std::uint32_t digit(char character) { return static_cast<std::uint32_t>(character - '0'); }
std::uint32_t two_digits(const char* text) { return 10 * digit(text[0]) + digit(text[1]); }

std::uint32_t number_of(std::uint32_t year, std::uint32_t month, std::uint32_t day) {
  return year << 9U | month << 5U | day;
}

std::uint32_t number_of(Day day) {
  const date::year_month_day civil{day};
  return number_of(static_cast<std::uint32_t>(static_cast<int>(civil.year())), static_cast<unsigned>(civil.month()),
                   static_cast<unsigned>(civil.day()));
}

/// Of any year: whether a February has 29 days is looked up by who reads strictly.
constexpr std::array<std::uint8_t, 16> k_days_of_month{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0};

}  // namespace

LateDay::LateDay(const EventRule& event, const std::string& policy_zone) : m_shapes(1) {
  if (!event.missing_values.empty() || event.formats.empty()) return;
  // The first format that fits counts: one later in the list would have to make sure that none before does.
  const ColumnFormat& format = event.formats.front();
  const bool is_local_exact = event.zone == policy_zone;
  if (format.kind == ColumnFormat::Kind::iso) add_iso_shapes(is_local_exact);
  if (format.kind == ColumnFormat::Kind::pattern) {
    const bool has_time = format.pattern.find("HH") != std::string::npos;
    add_shape(format.pattern, is_local_exact || !has_time);
  }
}

void LateDay::add_iso_shapes(bool is_local_exact) {
  const std::string day = "yyyy-mm-dd";
  add_shape(day, true);
  for (const std::string separator : {"T", " "}) {
    add_shape(day + separator + "HH:MM", is_local_exact);
    add_shape(day + separator + "HH:MM:SS", is_local_exact);
    add_shape(day + separator + "HH:MM:SS.xxx", is_local_exact);
    add_shape(day + separator + "HH:MM:SS.xxxxxx", is_local_exact);
    add_shape(day + separator + "HH:MM:SSZ", false);
    add_shape(day + separator + "HH:MM:SS.xxxZ", false);
  }
}

void LateDay::add_shape(std::string_view pattern, bool is_exact) {
  const std::size_t size = pattern.size();
  if (size < k_word || size > k_longest || pattern.find("dd") == std::string_view::npos) return;
  Shape shape;
  shape.size = size;
  shape.is_exact = is_exact;
  shape.year = pattern.find("yyyy");
  shape.month = pattern.find("mm");
  shape.day = pattern.find("dd");
  for (const std::string_view letters : {"HH", "MM", "SS"}) {
    if (const auto at = pattern.find(letters); at != std::string_view::npos) shape.clock[shape.clock_count++] = at;
  }
  std::string zeros(pattern);
  std::string most(size, '\x7F');
  const auto digits = [&](std::size_t begin, std::size_t count) {
    std::fill_n(zeros.begin() + static_cast<std::ptrdiff_t>(begin), count, '0');
    std::fill_n(most.begin() + static_cast<std::ptrdiff_t>(begin), count, '\x76');
  };
  digits(shape.year, 4);
  digits(shape.month, 2);
  digits(shape.day, 2);
  for (std::size_t i = 0; i < shape.clock_count; ++i) digits(shape.clock[i], 2);
  for (std::size_t at = 0; at < size; ++at) {
    if (pattern[at] == k_any_digit) digits(at, 1);
  }
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const std::size_t begin = std::min(i * k_word, size - k_word);
    shape.parts[i] = {begin, word_at(zeros.data() + begin), word_at(most.data() + begin)};
  }
  shape.next = m_by_size[size];
  m_by_size[size] = static_cast<std::uint8_t>(m_shapes.size());
  m_shapes.push_back(shape);
}

void LateDay::set_window(Day after, Day until) {
  // 9999-12-31 stands for no day.
  until = std::min(until, Day{date::year{9999} / 12 / 30});
  m_exact = {number_of(after), number_of(until)};
  m_wide = {number_of(after + k_zones_apart), number_of(until - k_zones_apart)};
}

bool LateDay::holds(std::string_view text) const {
  if (text.size() > k_longest) return false;
  for (std::uint8_t i = m_by_size[text.size()]; i != k_none; i = m_shapes[i].next) {
    if (m_shapes[i].fits(text.data())) return holds_day(m_shapes[i], text.data());
  }
  return false;
}

std::uint64_t LateDay::Part::faults(const char* text) const {
  const std::uint64_t values = word_at(text + begin) ^ zeros;
  return (((values & ~k_highest) + most) | values) & k_highest;
}

bool LateDay::Shape::fits(const char* text) const {
  // Two words cover a date, all four a date and a time.
  std::uint64_t faults = parts[0].faults(text) | parts[1].faults(text);
  if (size > 2 * k_word) faults |= parts[2].faults(text) | parts[3].faults(text);
  return faults == 0;
}

bool LateDay::holds_day(const Shape& shape, const char* text) const {
  const std::uint32_t year = 100 * two_digits(text + shape.year) + two_digits(text + shape.year + 2);
  const std::uint32_t month = two_digits(text + shape.month);
  const std::uint32_t day = two_digits(text + shape.day);
  constexpr std::array<std::uint32_t, 3> k_most{23, 59, 59};
  for (std::size_t i = 0; i < shape.clock_count; ++i) {
    if (two_digits(text + shape.clock[i]) > k_most[i]) return false;
  }
  const Window& window = shape.is_exact ? m_exact : m_wide;
  const std::uint32_t number = number_of(year, month, day);
  const bool is_day = month <= 12 && day - 1 < k_days_of_month[month & 15U];
  return is_day && number > window.after && number <= window.until;
}

}  // namespace oubli
