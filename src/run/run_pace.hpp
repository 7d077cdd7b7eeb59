/// When a run ends before its work is done, and how large and how close together its steps are.
///
/// A step holds the dataset's write lock, so its size follows from how long the last one took: other programs
/// wait for a fraction of a second, whatever the disk and the records.
#pragma once

#include "oubli/run/enforce.hpp"
#include "oubli/source/data_source.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

namespace oubli {

/// The time a run spends, as a parameter: tests have their own.
struct RunClock {
  using Duration = std::chrono::steady_clock::duration;
  std::function<Duration()> now;          ///< since any fixed moment
  std::function<void(Duration)> pause;
  [[nodiscard]] static RunClock of_the_system();
};

class RunPace {
 public:
  /// `stop_file`: the run ends when there is one. `request` outlives this.
  RunPace(const EnforceRequest& request, std::filesystem::path stop_file, RunClock clock);

  /// Asked between two steps. Once it says no it never says yes again.
  [[nodiscard]] bool goes_on();
  /// Why it said no, in words; empty: it didn't.
  [[nodiscard]] const std::string& stopped_because() const { return m_stopped_because; }

  /// How many records the next step may take.
  [[nodiscard]] StepLimit limit() const { return m_limit; }
  /// Called where other programs begin to wait.
  void begin_step();
  /// Learns from the step, and waits as long as the request's throttle asks for.
  void end_step();

 private:
  [[nodiscard]] std::string reason_to_stop() const;

  const EnforceRequest& m_request;
  std::filesystem::path m_stop_file;
  RunClock m_clock;
  RunClock::Duration m_started;
  RunClock::Duration m_step_started{};
  StepLimit m_limit;
  std::string m_stopped_because;
};

}  // namespace oubli
