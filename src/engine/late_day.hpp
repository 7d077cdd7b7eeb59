/// Tells at a glance that a text is a day within a window: later than one day, not later than another.
///
/// Most columns write every day in one fixed shape, and of most days a rule only wants to know that
/// they are past its cutoff. So the text is held, a word at a time, against the shapes that its
/// format usually has, and its numbers against the window's ends. Nothing is guessed: only what the strict
/// reader reads as such a day passes, and whatever doesn't is for the strict reader, be it a day out
/// of the window, an unusual shape, a 29 February or no day at all.
#pragma once

#include "oubli/model/rules.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace oubli {

class LateDay {
 public:
  /// For the column of an event; `policy_zone`: where days are days. Knows no shape, and lets nothing pass,
  /// where another value than nothing may stand for a missing one.
  LateDay(const EventRule& event, const std::string& policy_zone);

  /// Days after `after`, up to `until`. REQUIRES: `after` isn't before 1970.
  void set_window(Day after, Day until);
  [[nodiscard]] bool holds(std::string_view text) const;

 private:
  static constexpr std::size_t k_word = sizeof(std::uint64_t);
  static constexpr std::size_t k_longest = 26;
  static constexpr std::uint8_t k_none = 0;

  /// Eight characters of a shape.
  struct Part {
    std::size_t begin = 0;
    std::uint64_t zeros = 0;  ///< what each character is where it is zero, or what it must be
    std::uint64_t most = 0;   ///< by byte: what carries into the highest bit for a character beyond what it may be
    [[nodiscard]] std::uint64_t faults(const char* text) const;
  };

  struct Shape {
    std::size_t size = 0;
    std::array<Part, 4> parts{};  ///< overlapping, so that they cover the size exactly; the last may come twice
    std::size_t year = 0, month = 0, day = 0;
    std::array<std::size_t, 3> clock{};  ///< hour, minute, second
    std::size_t clock_count = 0;
    bool is_exact = true;  ///< the day as written is the day that counts; else it may be another, in the policy's zone
    std::uint8_t next = k_none;  ///< another of this size
    [[nodiscard]] bool fits(const char* text) const;
  };

  /// Days as numbers in their order: year, month and day side by side.
  struct Window {
    std::uint32_t after = 0;
    std::uint32_t until = 0;
  };

  void add_shape(std::string_view pattern, bool is_exact);
  void add_iso_shapes(bool is_local_exact);
  [[nodiscard]] bool holds_day(const Shape& shape, const char* text) const;

  std::vector<Shape> m_shapes;  ///< the first is none
  std::array<std::uint8_t, k_longest + 1> m_by_size{};
  Window m_exact;
  Window m_wide;
};

}  // namespace oubli
