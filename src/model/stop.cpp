#include "oubli/model/stop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace oubli {

namespace {

constexpr std::array k_kinds{StopKind::legal_hold, StopKind::restriction, StopKind::directive};

}  // namespace

std::string_view to_text(StopKind kind) {
  switch (kind) {
    case StopKind::legal_hold:
      return "legal_hold";
    case StopKind::restriction:
      return "restriction";
    case StopKind::directive:
      return "directive";
  }
  return {};
}

std::optional<StopKind> stop_kind_from_text(std::string_view text) {
  const auto* const found = std::find_if(k_kinds.begin(), k_kinds.end(), [&](auto kind) { return to_text(kind) == text; });
  return found == k_kinds.end() ? std::nullopt : std::optional(*found);
}

bool is_in_force(const Stop& stop, Day clock) {
  return !stop.lifting && stop.from <= clock && (!stop.until || clock <= *stop.until);
}

std::string title(const Stop& stop) {
  if (stop.kind == StopKind::legal_hold) return fmt::format("case {} (hold {})", stop.case_id, stop.number);
  std::string ground = stop.ground;
  std::ranges::replace(ground, '_', ' ');
  return fmt::format("{} {} ({})", to_text(stop.kind), stop.number, ground);
}

}  // namespace oubli
