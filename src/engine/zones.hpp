/// Timezones: only ever used to turn a moment into a civil day or a time of day, never for a deadline (the machine's
/// data may end in 2037).
#pragma once

#include "oubli/model/day.hpp"

#include <string>

namespace date {
class time_zone;
}

namespace oubli {

/// A zone of this machine. Throws Error when it doesn't know the name.
[[nodiscard]] const date::time_zone& zone_named(const std::string& name);

/// The civil day of a moment.
[[nodiscard]] Day day_in(const date::time_zone& zone, date::sys_seconds moment);

/// What the clocks there show at a moment.
[[nodiscard]] date::local_seconds local_time_in(const date::time_zone& zone, date::sys_seconds moment);

/// The moment of a local time. Of a time that the clocks show twice or skip, the later moment: it
/// keeps longest.
[[nodiscard]] date::sys_seconds moment_in(const date::time_zone& zone, date::local_seconds time);

}  // namespace oubli
