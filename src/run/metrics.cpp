#include "oubli/run/metrics.hpp"

#include "oubli/state/state.hpp"
#include "run/ledger_entries.hpp"
#include "run/stops.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace oubli {

namespace {

bool is_complete(const LedgerEntry& entry) {
  if (entry.kind != "finished") return false;
  const auto body = nlohmann::json::parse(entry.body, nullptr, false);
  return body.is_object() && body.value("status", "") == to_text(RunStatus::complete);
}

std::optional<std::chrono::system_clock::time_point> last_complete(const State& state) {
  const auto entries = state.ledger();
  const auto last = std::find_if(entries.rbegin(), entries.rend(), is_complete);
  return last == entries.rend() ? std::nullopt : time_from_utc_text(last->written_at);
}

std::int64_t holds_in_force(const State& state, Day today) {
  return std::ranges::count_if(state.stops(), [&](const Stop& stop) {
    return stop.kind == StopKind::legal_hold && is_in_force(stop, today);
  });
}

}  // namespace

RunMetrics metrics_of_state(const Project& project, std::chrono::system_clock::time_point now) {
  RunMetrics metrics;
  metrics.ended = now;
  if (const auto state = State::open_for_reading(project.config.state)) {
    metrics.last_complete = last_complete(*state);
    metrics.holds = holds_in_force(*state, first_clock_day(project, now));
  }
  return metrics;
}

}  // namespace oubli
