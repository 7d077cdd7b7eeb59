#include "oubli/diag/diagnostic.hpp"
#include "oubli/state/state.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <sys/wait.h>

#include <fcntl.h>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>

using namespace oubli;
using oubli::test::TemporaryFolder;

namespace {

std::optional<Diagnostic> refusal_to_lock(const std::filesystem::path& state) {
  try {
    const RunLock lock = State::lock(state);
    return std::nullopt;
  } catch (const Error& error) {
    CHECK(error.cause() == Cause::locked);
    return error.diagnostic();
  }
}

}  // namespace

TEST_CASE("a second run is told which file is locked and by whom", "[unit][state][lock]") {
  const TemporaryFolder folder;
  const RunLock held = State::lock(folder / "state.db");
  const auto refusal = refusal_to_lock(folder / "state.db");
  REQUIRE(refusal.has_value());
  CHECK(refusal->message == "another run holds the lock " + (folder / "state.db.lock").string() + " (process " +
                                std::to_string(::getpid()) + ")");
  CHECK(refusal->hint == "wait until it has ended and try again");
}

TEST_CASE("a lock file without a readable process id still tells its name", "[unit][state][lock]") {
  const TemporaryFolder folder;
  const RunLock held = State::lock(folder / "state.db");
  folder.write("state.db.lock", "\x1b[31mnonsense");
  const auto refusal = refusal_to_lock(folder / "state.db");
  REQUIRE(refusal.has_value());
  CHECK(refusal->message == "another run holds the lock " + (folder / "state.db.lock").string());
}

TEST_CASE("a lock is free again when its holder is gone", "[unit][state][lock]") {
  const TemporaryFolder folder;
  { const RunLock held = State::lock(folder / "state.db"); }
  CHECK_FALSE(refusal_to_lock(folder / "state.db").has_value());
}

TEST_CASE("a moved lock is held by its new owner alone", "[unit][state][lock]") {
  const TemporaryFolder folder;
  std::optional<RunLock> first = State::lock(folder / "state.db");
  std::optional<RunLock> second = std::move(*first);
  first.reset();
  CHECK(refusal_to_lock(folder / "state.db").has_value());
  second.reset();
  CHECK_FALSE(refusal_to_lock(folder / "state.db").has_value());
}

TEST_CASE("a lock ends with its process, however that ends", "[unit][state][lock]") {
  const TemporaryFolder folder;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const RunLock held = State::lock(folder / "state.db");
    ::_exit(0);
  }
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  CHECK_FALSE(refusal_to_lock(folder / "state.db").has_value());
}

TEST_CASE("locks on different states don't meet", "[unit][state][lock]") {
  const TemporaryFolder folder;
  const RunLock first = State::lock(folder / "one.db");
  CHECK_FALSE(refusal_to_lock(folder / "two.db").has_value());
}

TEST_CASE("a symbolic link is no lock file", "[unit][state][lock]") {
  const TemporaryFolder folder;
  folder.write("target", "kept");
  std::filesystem::create_symlink(folder / "target", folder / "state.db.lock");
  CHECK_THROWS_AS(State::lock(folder / "state.db"), Error);
  CHECK(test::read_file(folder / "target") == "kept");
}
