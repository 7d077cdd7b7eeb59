/// The digests of keys beside the ledger.
#include "oubli/state/state.hpp"
#include "support/day_literal.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace oubli;
using namespace oubli::test;

namespace {

State::KeyDigest key(unsigned char byte) {
  State::KeyDigest digest{};
  digest.fill(byte);
  return digest;
}

KeyPlace place(const std::string& run, const std::string& change = "purged") {
  return {run, "crm", "contacts", "live", change};
}

}  // namespace

TEST_CASE("keys are found, by table, with what became of them", "[unit][state][keys]") {
  const TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  const auto first = state.keep_keys(place("r1"), {key(9), key(1), key(5)}, {});
  const auto second = state.keep_keys(place("r1", "archived"), {key(7)}, {first});
  CHECK(second == first + 1);
  for (const auto& digest : {key(1), key(5), key(9)}) {
    const auto found = state.find_key("crm", "contacts", digest);
    REQUIRE(found.size() == 1);
    CHECK(found.front().place == place("r1"));
    CHECK(found.front().is_confirmed);
  }
  REQUIRE(state.find_key("crm", "contacts", key(7)).size() == 1);
  CHECK_FALSE(state.find_key("crm", "contacts", key(7)).front().is_confirmed);
  CHECK(state.find_key("crm", "contacts", key(2)).empty());
  CHECK(state.find_key("crm", "addresses", key(1)).empty());
}

TEST_CASE("what a run has kept is counted and digested, confirmed or not", "[unit][state][keys]") {
  const TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  const auto first = state.keep_keys(place("r1"), {key(1), key(2)}, {});
  static_cast<void>(state.keep_keys(place("r1"), {key(3)}, {}));
  state.confirm_keys({first});
  const auto kept = state.kept_keys("r1");
  REQUIRE(kept.size() == 1);
  CHECK(kept.front().count == 2);
  CHECK(kept.front().unconfirmed == 1);
  state.confirm_keys({first + 1});
  CHECK(state.kept_keys("r1").front().count == 3);
  CHECK(state.kept_keys("r1").front().digest != kept.front().digest);
  CHECK(state.kept_keys("r2").empty());
}

TEST_CASE("a run whose end isn't in the ledger is known by its keys", "[unit][state][keys]") {
  const TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  for (const auto* run : {"r2", "r1", "r3"}) static_cast<void>(state.keep_keys(place(run), {key(1)}, {}));
  state.append("finished", "r1", "{}", "2026-11-22T03:00:00Z");
  CHECK(state.runs_cut_off() == std::vector<std::string>{"r2", "r3"});
  state.append("cut_off", "r2", "{}", "2026-11-23T03:00:00Z");
  CHECK(state.runs_cut_off() == std::vector<std::string>{"r3"});
}

TEST_CASE("what is pruned is gone from the file, and the chain is sound", "[unit][state][keys]") {
  const TemporaryFolder folder;
  const auto file = folder / "state.db";
  State state = State::open(file, State::Create::yes);
  for (const auto* run : {"old", "new", "open"}) static_cast<void>(state.keep_keys(place(run), {key(1), key(2)}, {}));
  state.append_with_reason({"shown", {}, "{}", "2026-11-20T03:00:00Z"}, "an old reason");
  state.append("finished", "old", "{}", "2026-11-21T03:00:00Z");
  state.append("finished", "new", "{}", "2026-11-22T03:00:00Z");
  state.append_with_reason({"shown", {}, "{}", "2026-11-22T03:00:00Z"}, "a new reason");
  CHECK(state.evidence_before("2026-11-20"_day).keys == 0);
  CHECK(state.evidence_before("2026-11-22"_day).keys == 2);
  CHECK(state.evidence_before("2026-11-22"_day).reasons == 1);
  state.prune("2026-11-22"_day, {"pruned", {}, R"({"before":"2026-11-22"})", "2026-11-23T03:00:00Z"});
  CHECK(state.kept_keys("old").empty());
  CHECK(state.kept_keys("new").size() == 1);
  CHECK(state.kept_keys("open").size() == 1);
  CHECK(state.reasons().size() == 1);
  CHECK(state.ledger().back().kind == "pruned");
  CHECK_FALSE(state.first_broken_entry().has_value());
}

TEST_CASE("a state from before keys is read as one without", "[unit][state][keys]") {
  const TemporaryFolder folder;
  const auto file = folder / "state.db";
  static_cast<void>(State::open(file, State::Create::yes));
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("DROP TABLE ledger_key; UPDATE oubli_state SET format = 5");
  const auto reading = State::open_for_reading(file);
  CHECK(reading->find_key("crm", "contacts", key(1)).empty());
  CHECK(reading->kept_keys("r1").empty());
  State state = State::open(file, State::Create::no);
  CHECK(state.keep_keys(place("r1"), {key(1)}, {}) == 1);
}
