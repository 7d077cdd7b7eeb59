/// What a value writes, before any timezone is applied.
#pragma once

#include "oubli/model/day.hpp"

#include <chrono>
#include <cstdint>

namespace oubli {

/// Small enough to be returned in registers: every value of every record passes through one.
struct WrittenTime {
  using Seconds = std::chrono::duration<std::int32_t>;

  enum class Kind : std::uint8_t {
    unreadable,
    day,      ///< a date alone: that civil day, whatever the timezone
    local,    ///< a time of day without offset
    instant,  ///< a time of day with its offset from UTC
  };

  Kind kind = Kind::unreadable;
  bool zero = false;  ///< nothing but zeros, which stands for no day at all (S8); may be unreadable besides
  Day day{};
  Seconds time{};    ///< since midnight of `day`; fractions are dropped
  Seconds offset{};  ///< instant: what the written time is ahead of UTC
};

}  // namespace oubli
