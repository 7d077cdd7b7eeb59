/// Stops in the state file, and the lock on them.
#include "oubli/diag/diagnostic.hpp"
#include "oubli/state/state.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>
#include <sys/wait.h>

#include <fcntl.h>
#include <optional>
#include <string>
#include <unistd.h>

using namespace oubli;
using oubli::test::read_file;
using oubli::test::TemporaryFolder;

namespace {

State created(const TemporaryFolder& folder) { return State::open(folder / "state.db", State::Create::yes); }

Stop some_hold() {
  Stop stop;
  stop.number = 1;
  stop.case_id = "2026-17";
  stop.reason = "claim";
  stop.by = "Ada";
  stop.from = Day(date::year{2026} / 6 / 10);
  stop.until = Day(date::year{2027} / 6 / 10);
  stop.scope = {"crm", "contacts", "status = 'open'", Digest{1, 2, 3}, {"crm.notes", "web.visits"}};
  stop.added_at = "2026-06-10T08:00:00Z";
  return stop;
}

LedgerDraft entry(const char* kind) { return {kind, {}, "{}", "2026-06-10T08:00:00Z"}; }

/// A state as the first format had it.
void make_old(const std::filesystem::path& file) {
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  database.exec("DROP TABLE ledger_key; DROP TABLE ledger_reason; DROP TABLE archived; DROP TABLE remembered_day; "
                "DROP TABLE stop_unreachable; DROP TABLE stop; UPDATE oubli_state SET format = 1");
}

}  // namespace

TEST_CASE("stops come back as they were added, with their ledger entries", "[unit][state][S18]") {
  const TemporaryFolder folder;
  State state = created(folder);
  CHECK(state.stops().empty());
  const Stop hold = some_hold();
  Stop restriction;
  restriction.number = 2;
  restriction.kind = StopKind::restriction;
  restriction.ground = "to_defend_claims";
  restriction.from = hold.from;
  restriction.scope.subject = Digest{9};
  state.add_stop(hold, entry("stopped"));
  state.add_stop(restriction, entry("stopped"));
  CHECK(state.stops() == std::vector{hold, restriction});
  CHECK(state.ledger().size() == 2);
  CHECK_FALSE(state.first_broken_entry().has_value());
}

TEST_CASE("a lifted stop stays in the state, and can't be lifted again or deleted", "[unit][state][S18]") {
  const TemporaryFolder folder;
  State state = created(folder);
  state.add_stop(some_hold(), entry("stopped"));
  const StopLifting lifting{"2026-07-01T08:00:00Z", "Grace", "settled"};
  state.lift_stop(1, lifting, entry("lifted"));
  REQUIRE(state.stops().size() == 1);
  CHECK(state.stops().front().lifting == lifting);
  CHECK_THROWS_AS(state.lift_stop(1, lifting, entry("lifted")), Error);
  CHECK(state.ledger().size() == 2);
  SQLite::Database database((folder / "state.db").string(), SQLite::OPEN_READWRITE);
  CHECK_THROWS(database.exec("DELETE FROM stop"));
}

TEST_CASE("a stop and its ledger entry are added both or neither", "[unit][state][S18]") {
  const TemporaryFolder folder;
  State state = created(folder);
  state.add_stop(some_hold(), entry("stopped"));
  CHECK_THROWS_AS(state.add_stop(some_hold(), entry("stopped")), Error);
  CHECK(state.stops().size() == 1);
  CHECK(state.ledger().size() == 1);
}

TEST_CASE("a state from before there were stops has none, and gets their table when it is written", "[unit][state]") {
  const TemporaryFolder folder;
  {
    State state = created(folder);
    state.append("started", "r1", "{}", "2026-11-22T03:00:12Z");
  }
  make_old(folder / "state.db");
  const std::string before = read_file(folder / "state.db");
  CHECK(State::open_for_reading(folder / "state.db")->stops().empty());
  CHECK(read_file(folder / "state.db") == before);
  State state = State::open(folder / "state.db", State::Create::no);
  state.add_stop(some_hold(), entry("stopped"));
  CHECK(state.stops().size() == 1);
  CHECK(state.ledger().size() == 2);
  CHECK_FALSE(state.first_broken_entry().has_value());
}

TEST_CASE("who adds a stop waits for the steps that are under way, and the next ones wait for it",
          "[unit][state][lock][S18]") {
  const TemporaryFolder folder;
  const auto file = folder / "state.db";
  int pipe_ends[2];
  REQUIRE(::pipe(pipe_ends) == 0);
  std::optional<StopLock> step = State::lock_stops(file, StopLock::Hold::shared);
  std::optional<StopLock> another = State::lock_stops(file, StopLock::Hold::shared);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    step.reset();  // the child's copies: the parent's are still held
    another.reset();
    const StopLock alone = State::lock_stops(file, StopLock::Hold::alone);
    ::_exit(::write(pipe_ends[1], "x", 1) == 1 ? 0 : 1);
  }
  // The child may not have come to the lock yet: that it can't have passed it is what counts.
  REQUIRE(::fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK) == 0);
  char byte = 0;
  CHECK(::read(pipe_ends[0], &byte, 1) == -1);
  step.reset();
  CHECK(::read(pipe_ends[0], &byte, 1) == -1);
  another.reset();
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(::read(pipe_ends[0], &byte, 1) == 1);
}
