/// The days a state remembers (S11).
#include "oubli/state/state.hpp"
#include "support/day_literal.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace oubli;

namespace {

RememberedDay::Digest digest(unsigned char byte) {
  RememberedDay::Digest digest{};
  digest.fill(byte);
  return digest;
}

}  // namespace

TEST_CASE("days are remembered under their digests until nothing asks for them", "[unit][state][S11]") {
  const test::TemporaryFolder folder;
  const auto file = folder / "state.db";
  {
    State state = State::open(file, State::Create::yes);
    CHECK(state.remembered_events().empty());
    CHECK_FALSE(state.remembered_day("crm: a", digest(1)).has_value());
    state.mark_remembered("crm: a", "first", {digest(1)});
    state.forget_unmarked("crm: a", "first");
    state.remember({{"crm: a", digest(1), "known", "2020-01-01"_day},
                    {"crm: a", digest(2), "missing", std::nullopt},
                    {"crm: b", digest(1), "known", "2021-01-01"_day}});
    state.remember({{"crm: a", digest(1), "known", "2022-01-01"_day}});
  }
  const auto reading = State::open_for_reading(file);
  REQUIRE(reading.has_value());
  CHECK(reading->remembered_events() == std::vector<std::string>{"crm: a", "crm: b"});
  CHECK(reading->remembered_day("crm: a", digest(1))->day == "2022-01-01"_day);
  CHECK(reading->remembered_day("crm: a", digest(2))->reading == "missing");
  CHECK_FALSE(reading->remembered_day("crm: a", digest(2))->day.has_value());
  CHECK_FALSE(reading->remembered_day("web: a", digest(1)).has_value());

  State state = State::open(file, State::Create::no);
  state.mark_remembered("crm: a", "second", {digest(1), digest(9)});
  state.forget_unmarked("crm: a", "second");
  CHECK(state.remembered_day("crm: a", digest(1)).has_value());
  CHECK_FALSE(state.remembered_day("crm: a", digest(2)).has_value());
  CHECK(state.remembered_day("crm: b", digest(1)).has_value());
}

TEST_CASE("days that an older state remembers stay remembered", "[unit][state][S11]") {
  const test::TemporaryFolder folder;
  const auto file = folder / "state.db";
  State::open(file, State::Create::yes).remember({{"crm: a", digest(1), "known", "2020-01-01"_day}});
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("DROP TABLE ledger_reason; DROP TABLE archived; UPDATE oubli_state SET format = 2");
  const auto reading = State::open_for_reading(file);
  CHECK(reading->remembered_day("crm: a", digest(1)).has_value());
  CHECK(reading->archived_counts("crm", "crm").empty());
  State state = State::open(file, State::Create::no);
  CHECK(state.remembered_day("crm: a", digest(1)).has_value());
  state.note_archived("crm", "crm", {{"contacts", {2, 0}}});
  CHECK(state.archived_counts("crm", "crm").at("contacts").at_least == 2);
}

TEST_CASE("the state knows what is archived, by policy, dataset and table", "[unit][state]") {
  const test::TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  CHECK(state.archived_counts("shop", "crm").empty());
  state.note_archived("shop", "crm", {{"contacts", {2, 1}}, {"orders", {5, 0}}});
  state.note_archived("shop", "crm", {{"contacts", {3, 0}}});
  state.note_archived("shop", "web", {{"contacts", {7, 0}}});
  CHECK(state.archived_counts("shop", "crm") == ArchivedCounts{{"contacts", {3, 0}}, {"orders", {5, 0}}});
  CHECK(state.archived_counts("other", "crm").empty());
}
