/// Strict readers of days written as text of a fixed shape (I4): every character is accounted for,
/// nothing depends on a locale, nothing is allocated.
#pragma once

#include "engine/written_time.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// Reads `YYYY-MM-DD`, alone or followed by `T` or a space, `HH:MM`, `:SS`, a fraction of 1 to 9
/// digits and `Z`, `±HH`, `±HHMM` or `±HH:MM`.
[[nodiscard]] WrittenTime read_iso(std::string_view text);

/// A fixed-width pattern such as `dd/mm/yyyy HH:MM`, taken apart once.
class TextShape {
 public:
  /// REQUIRES: `pattern` was accepted by `column_format_from_text`.
  explicit TextShape(std::string_view pattern);

  [[nodiscard]] WrittenTime read(std::string_view text) const;
  /// An integer stands for a pattern of digits alone, leading zeros restored.
  [[nodiscard]] WrittenTime read(std::int64_t number) const;

 private:
  static constexpr std::size_t k_absent = std::string_view::npos;

  [[nodiscard]] bool literals_match(std::string_view text) const;

  std::string m_pattern;
  std::array<std::size_t, 6> m_starts{};  ///< of year, month, day, hour, minute, second, or `k_absent`
  std::vector<std::size_t> m_literals;    ///< the characters that stand for themselves
};

}  // namespace oubli
