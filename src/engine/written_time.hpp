/// What a value writes, before any timezone is applied.
#pragma once

#include "oubli/model/day.hpp"

#include <chrono>

namespace oubli {

struct WrittenTime {
  enum class Kind : std::uint8_t {
    unreadable,
    day,      ///< a date alone: that civil day, whatever the timezone
    local,    ///< a time of day without offset
    instant,  ///< a time of day with its offset from UTC
  };

  Kind kind = Kind::unreadable;
  bool zero = false;  ///< nothing but zeros, which stands for no day at all (S8); may be unreadable besides
  Day day{};
  std::chrono::seconds time{};    ///< since midnight of `day`; fractions are dropped
  std::chrono::seconds offset{};  ///< instant: what the written time is ahead of UTC
};

}  // namespace oubli
