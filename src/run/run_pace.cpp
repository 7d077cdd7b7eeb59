#include "run/run_pace.hpp"

#include <algorithm>
#include <system_error>
#include <thread>
#include <utility>

namespace oubli {

namespace {

using namespace std::chrono_literals;

// A writer of another program is to wait less than 250 ms: a step may take twice as long as the last.
constexpr auto k_wanted = 100ms;
constexpr StepLimit k_first{200};
constexpr double k_fewest = 20;
constexpr double k_most = 20'000;
constexpr double k_most_growth = 2;

double share_of(RunClock::Duration part, RunClock::Duration whole) {
  return static_cast<double>(part.count()) / static_cast<double>(std::max<std::int64_t>(1, whole.count()));
}

StepLimit adapted(StepLimit limit, RunClock::Duration took) {
  const double factor = std::min(k_most_growth, share_of(k_wanted, took));
  return {static_cast<std::int64_t>(std::clamp(static_cast<double>(limit.records) * factor, k_fewest, k_most))};
}

}  // namespace

RunClock RunClock::of_the_system() {
  return {[] { return std::chrono::steady_clock::now().time_since_epoch(); },
          [](Duration pause) { std::this_thread::sleep_for(pause); }};
}

RunPace::RunPace(const EnforceRequest& request, std::filesystem::path stop_file, RunClock clock)
    : m_request(request),
      m_stop_file(std::move(stop_file)),
      m_clock(std::move(clock)),
      m_started(m_clock.now()),
      m_limit(k_first) {}

std::string RunPace::reason_to_stop() const {
  if (m_request.is_asked_to_stop && m_request.is_asked_to_stop()) return "a signal asked for it";
  std::error_code none;
  if (std::filesystem::exists(std::filesystem::symlink_status(m_stop_file, none))) {
    return "there is a file " + m_stop_file.filename().string();
  }
  if (m_request.time_budget && m_clock.now() - m_started >= *m_request.time_budget) return "its time is spent";
  return {};
}

bool RunPace::goes_on() {
  if (m_stopped_because.empty()) m_stopped_because = reason_to_stop();
  return m_stopped_because.empty();
}

void RunPace::begin_step() { m_step_started = m_clock.now(); }

void RunPace::end_step() {
  const auto took = m_clock.now() - m_step_started;
  m_limit = adapted(m_limit, took);
  if (m_request.throttle > 0) m_clock.pause(took * m_request.throttle / (100 - m_request.throttle));
}

}  // namespace oubli
