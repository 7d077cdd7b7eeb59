#include "run/run_pace.hpp"

#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace oubli;
using namespace oubli::test;
using namespace std::chrono_literals;

namespace {

/// A run whose time passes as the test says.
struct PacedRun {
  TemporaryFolder folder;
  EnforceRequest request;
  RunClock::Duration now{};
  RunClock::Duration paused{};

  [[nodiscard]] std::filesystem::path stop_file() const { return folder.path() / "state.db.stop"; }

  [[nodiscard]] RunPace pace() {
    return {request, stop_file(), {[this] { return now; }, [this](RunClock::Duration pause) { paused += pause; }}};
  }

  void step(RunPace& pace, RunClock::Duration took) {
    pace.begin_step();
    now += took;
    pace.end_step();
  }
};

}  // namespace

TEST_CASE("pace: steps grow until they take a tenth of a second, and shrink when they take longer", "[unit][pace]") {
  PacedRun run;
  auto pace = run.pace();
  CHECK(pace.limit().records == 200);
  run.step(pace, 1ms);
  CHECK(pace.limit().records == 400);
  run.step(pace, 80ms);
  CHECK(pace.limit().records == 500);
  run.step(pace, 500ms);
  CHECK(pace.limit().records == 100);
  run.step(pace, 1h);
  CHECK(pace.limit().records == 20);
  for (int i = 0; i < 20; ++i) run.step(pace, 1ms);
  CHECK(pace.limit().records == 20'000);
  CHECK(run.paused == 0ms);
}

TEST_CASE("pace: a throttled run pauses for its share of the time", "[unit][pace]") {
  PacedRun run;
  run.request.throttle = 75;
  auto pace = run.pace();
  run.step(pace, 100ms);
  CHECK(run.paused == 300ms);
}

TEST_CASE("pace: a run ends when its time is spent, and not before", "[unit][pace]") {
  PacedRun run;
  run.request.time_budget = 60s;
  run.now = 1h;
  auto pace = run.pace();
  run.now += 59s;
  CHECK(pace.goes_on());
  run.now += 1s;
  CHECK_FALSE(pace.goes_on());
  CHECK(pace.stopped_because() == "its time is spent");
}

TEST_CASE("pace: a run ends when it is asked to, and never goes on again", "[unit][pace]") {
  PacedRun run;
  bool is_asked = false;
  run.request.is_asked_to_stop = [&] { return is_asked; };
  auto pace = run.pace();
  CHECK(pace.goes_on());
  is_asked = true;
  CHECK_FALSE(pace.goes_on());
  is_asked = false;
  CHECK_FALSE(pace.goes_on());
  CHECK(pace.stopped_because() == "a signal asked for it");
}

TEST_CASE("pace: a run ends when there is a stop file", "[unit][pace]") {
  PacedRun run;
  auto pace = run.pace();
  CHECK(pace.goes_on());
  std::ofstream(run.stop_file()).flush();
  CHECK_FALSE(pace.goes_on());
  CHECK(pace.stopped_because() == "there is a file state.db.stop");
}
