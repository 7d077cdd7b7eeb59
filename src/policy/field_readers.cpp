#include "policy/field_readers.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <cmath>
#include <variant>

namespace oubli {
namespace {

constexpr double k_days_in_year = 365.2425;

// Ten years are 3652 or 3653 days, so a law's ten years can't be written as days.
void warn_of_days(const Field& field, const Period& period) {
  if (period != Period{0, 0, 0, period.days} || period.days < 365) return;
  const double years = std::round(period.days / k_days_in_year);
  const bool means_years = period.days == 365 * years || std::abs(period.days - years * k_days_in_year) < 1;
  const double months = std::round(period.days / k_days_in_year * 12);
  const Period meant{means_years ? static_cast<int>(years) : 0, means_years ? 0 : static_cast<int>(months), 0, 0};
  field.warning("period-days",
                fmt::format("{} is not {}: {}", to_text(period), to_text(meant),
                            means_years ? "leap days" : "months differ in length"),
                fmt::format("write {} if that is meant", to_text(meant)));
}

bool is_known_timezone(const std::string& name) {
  try {
    return date::locate_zone(name) != nullptr;
  } catch (const std::runtime_error&) {
    return false;
  }
}

std::string nearest_timezone(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
  return nearest_word(name, names);
}

}  // namespace

std::optional<Period> read_period(const Field& field) {
  const auto text = field.text();
  if (!text) return std::nullopt;
  const auto outcome = period_from_text(*text);
  if (const auto* complaint = std::get_if<Complaint>(&outcome)) {
    field.refuse(*complaint);
    return std::nullopt;
  }
  const auto period = std::get<Period>(outcome);
  warn_of_days(field, period);
  return period;
}

std::optional<std::string> read_timezone(const Field& field) {
  auto name = field.text();
  if (!name || is_known_timezone(*name)) return name;
  const auto nearest = nearest_timezone(*name);
  field.error("timezone", fmt::format("this machine knows no timezone '{}'", *name),
              nearest.empty() ? "write an IANA name such as Europe/Paris" : fmt::format("did you mean '{}'?", nearest));
  return std::nullopt;
}

}  // namespace oubli
