/// Civil days: the only time the engine knows (S1, S5).
#pragma once

#include <date/date.h>

#include <optional>
#include <string>
#include <string_view>

namespace oubli {

using Day = date::sys_days;

/// "2026-11-21".
[[nodiscard]] std::string to_text(Day day);

/// Reads exactly `YYYY-MM-DD`, a day that exists; anything else is nothing.
[[nodiscard]] std::optional<Day> day_from_text(std::string_view text);

}  // namespace oubli
