/// The only file of the engine that knows the timezone library.
#include "engine/zones.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>

namespace oubli {

const date::time_zone& zone_named(const std::string& name) {
  try {
    return *date::locate_zone(name);
  } catch (const std::exception&) {
    throw Error(Cause::usage, fmt::format("timezone '{}' is not known to this machine", name),
                "install the package tzdata, or correct the name");
  }
}

Day day_in(const date::time_zone& zone, date::sys_seconds moment) {
  return date::floor<date::days>(moment + zone.get_info(moment).offset);
}

date::local_seconds local_time_in(const date::time_zone& zone, date::sys_seconds moment) {
  return date::local_seconds{(moment + zone.get_info(moment).offset).time_since_epoch()};
}

date::sys_seconds moment_in(const date::time_zone& zone, date::local_seconds time) {
  const date::local_info info = zone.get_info(time);
  const auto offset =
      info.result == date::local_info::unique ? info.first.offset : std::min(info.first.offset, info.second.offset);
  return date::sys_seconds{time.time_since_epoch() - offset};
}

}  // namespace oubli
