/// Names and patterns of column formats (I4).
#include "oubli/model/column_format.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace oubli {

namespace {

using Kind = ColumnFormat::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 7> k_named{{{"iso", Kind::iso},
                                                                    {"epoch_s", Kind::epoch_s},
                                                                    {"epoch_ms", Kind::epoch_ms},
                                                                    {"epoch_us", Kind::epoch_us},
                                                                    {"chromium_us", Kind::chromium_us},
                                                                    {"julian_day", Kind::julian_day},
                                                                    {"excel_serial", Kind::excel_serial}}};

constexpr std::array<std::string_view, 6> k_parts{"yyyy", "mm", "dd", "HH", "MM", "SS"};
enum Part : std::size_t { year, month, day, hour, minute, second };

/// Longer than any pattern with all six parts and a separator of some length between them.
constexpr std::size_t k_longest_pattern = 40;

using PartCounts = std::array<int, k_parts.size()>;

/// Letters and digits would be taken for a part of the date: `yy`, `hh`, a year written out. Only
/// the T of ISO 8601 is common enough to be a separator.
bool is_separator(char c) {
  const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  const bool is_digit = c >= '0' && c <= '9';
  return c == 'T' || (c >= ' ' && c <= '~' && !is_letter && !is_digit);
}

/// How often each part occurs; nothing when something is neither part nor separator.
std::optional<PartCounts> count_parts(std::string_view pattern) {
  PartCounts counts{};
  while (!pattern.empty()) {
    const auto* part = std::find_if(k_parts.begin(), k_parts.end(), [&](auto p) { return pattern.starts_with(p); });
    if (part != k_parts.end()) {
      ++counts[static_cast<std::size_t>(part - k_parts.begin())];
      pattern.remove_prefix(part->size());
    } else if (is_separator(pattern.front())) {
      pattern.remove_prefix(1);
    } else {
      return std::nullopt;
    }
  }
  return counts;
}

/// A time needs its day, minutes their hour, seconds their minutes.
bool is_complete(const PartCounts& counts) {
  const bool at_most_once = std::all_of(counts.begin(), counts.end(), [](int count) { return count <= 1; });
  return at_most_once && counts[year] == 1 && counts[month] == 1 && counts[day] >= counts[hour] &&
         counts[hour] == counts[minute] && counts[minute] >= counts[second];
}

}  // namespace

std::string to_text(const ColumnFormat& format) {
  for (const auto& [name, kind] : k_named) {
    if (kind == format.kind) return std::string{name};
  }
  return format.pattern;
}

std::optional<ColumnFormat> column_format_from_text(std::string_view text) {
  for (const auto& [name, kind] : k_named) {
    if (name == text) return ColumnFormat{kind, {}};
  }
  // Values are trimmed before they are read, so a pattern with spaces around would match none.
  if (text.empty() || text.size() > k_longest_pattern || text.front() == ' ' || text.back() == ' ') return std::nullopt;
  const auto counts = count_parts(text);
  if (!counts || !is_complete(*counts)) return std::nullopt;
  return ColumnFormat{Kind::pattern, std::string{text}};
}

}  // namespace oubli
