/// When removed bytes may be made unreadable in a dataset's files (I2): rewriting a large database keeps its own
/// program waiting.
#pragma once

#include <cstdint>
#include <string>

namespace oubli {

struct ErasureSchedule {
  enum class When : std::uint8_t { immediate, weekly, manual };
  When when = When::immediate;
  unsigned weekday = 0;      ///< weekly: 0 is Sunday, 6 Saturday; in the policy's timezone
  int from = 0;              ///< weekly: the first minute of the day…
  int to = 24 * 60;          ///< …and the first one after; not above `from`: one of the next day
  friend bool operator==(const ErasureSchedule&, const ErasureSchedule&) = default;
};

/// Whether it is time: `weekday` and `minute` of the day as the policy's clocks show them.
[[nodiscard]] bool is_time(const ErasureSchedule& schedule, unsigned weekday, int minute);

/// "sunday", of 0 to 6.
[[nodiscard]] std::string weekday_name(unsigned weekday);

/// "sunday from 01:00 to 05:00", "by hand", "immediate".
[[nodiscard]] std::string to_text(const ErasureSchedule& schedule);

}  // namespace oubli
