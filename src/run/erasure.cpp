#include "run/erasure.hpp"

#include "engine/zones.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

bool is_time_for(const ErasureSchedule& schedule, const std::string& timezone, ErasureMoment moment) {
  if (moment.at_once) return true;
  const auto local = local_time_in(zone_named(timezone), date::floor<std::chrono::seconds>(moment.now));
  const auto day = date::floor<date::days>(local);
  const auto minute = date::floor<std::chrono::minutes>(local - day).count();
  return is_time(schedule, date::weekday(day).c_encoding(), static_cast<int>(minute));
}

std::string waiting_words(const ErasureSchedule& schedule, const std::string& timezone) {
  if (schedule.when == ErasureSchedule::When::manual) return "it is done by hand: `oubli enforce --erase-now`";
  return fmt::format("its time is {} in {}; at once by `oubli enforce --erase-now`", to_text(schedule), timezone);
}

ErasureLine attempt(DatasetPlan& plan) {
  ErasureLine line{plan.title(), true, {}};
  try {
    const auto result = plan.source->erase_residue();
    line.done = result.done;
    line.pending_because = result.pending_because;
    line.search = result.search;
  } catch (const Error& error) {
    line.done = false;
    line.pending_because = error.diagnostic().message;
  }
  return line;
}

}  // namespace

ErasureLine erase_files(DatasetPlan& plan, const Project& project, State& state, ErasureMoment moment) {
  const auto& dataset = plan.rules->config;
  const auto& timezone = project.policy(dataset.policy).timezone;
  if (!is_time_for(dataset.erasure, timezone, moment)) {
    auto line = leave_erasure_pending(plan, state, waiting_words(dataset.erasure, timezone));
    line.waits = true;
    return line;
  }
  auto line = attempt(plan);
  if (!line.done) return leave_erasure_pending(plan, state, line.pending_because);
  state.clear_erasure_pending(plan.title());
  return line;
}

ErasureLine leave_erasure_pending(const DatasetPlan& plan, State& state, const std::string& because) {
  state.set_erasure_pending(plan.title(), because);
  return {plan.title(), false, because};
}

}  // namespace oubli
