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
    state.meet_remembered("crm: a", "first", {{digest(1), digest(7), false}});
    state.forget_remembered("crm: a", "2026-01-01"_day);
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
}

TEST_CASE("what is remembered knows whether its record is away, and since when", "[unit][state][S11]") {
  const test::TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  state.remember({{"a", digest(1), "known", "2020-01-01"_day},
                  {"a", digest(2), "known", "2020-01-01"_day},
                  {"a", digest(3), "known", "2020-01-01"_day},
                  {"b", digest(2), "known", "2020-01-01"_day}});
  state.meet_remembered("a", "first", {{digest(1), digest(7), false}, {digest(9), digest(7), false}});
  state.note_remembered_away("a", "first", "2026-01-02"_day);
  state.note_remembered_away("a", "first", "2026-01-03"_day);
  CHECK(state.remembered_day("a", digest(1))->content == digest(7));
  CHECK_FALSE(state.remembered_day("a", digest(1))->away_since);
  CHECK(state.remembered_day("a", digest(2))->away_since == "2026-01-02"_day);
  CHECK_FALSE(state.remembered_day("a", digest(2))->content);
  CHECK_FALSE(state.remembered_day("b", digest(2))->away_since);
  CHECK_FALSE(state.remembered_day("a", digest(9)));

  state.meet_remembered("a", "second", {{digest(2), digest(8), true}});
  CHECK_FALSE(state.remembered_day("a", digest(2))->away_since);
  CHECK(state.remembered_day("a", digest(2))->is_in_doubt);
  state.remember({{"a", digest(2), "known", "2021-01-01"_day}});
  CHECK_FALSE(state.remembered_day("a", digest(2))->is_in_doubt);
  CHECK(state.remembered_day("a", digest(2))->content == digest(8));

  state.leave_remembered("a", {digest(1), digest(2)});
  state.meet_remembered("a", "third", {{digest(2), digest(8), false}});
  state.forget_remembered("a", "2026-01-01"_day);
  CHECK_FALSE(state.remembered_day("a", digest(1)));
  CHECK(state.remembered_day("a", digest(2)));
  CHECK(state.remembered_day("a", digest(3)));
  state.forget_remembered("a", "2026-01-02"_day);
  CHECK_FALSE(state.remembered_day("a", digest(3)));
  CHECK(state.remembered_day("b", digest(2)));
}

TEST_CASE("days that an older state remembers stay remembered", "[unit][state][S11]") {
  const test::TemporaryFolder folder;
  const auto file = folder / "state.db";
  State::open(file, State::Create::yes).remember({{"crm: a", digest(1), "known", "2020-01-01"_day}});
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
      .exec("DROP TABLE ledger_key; DROP TABLE ledger_reason; DROP TABLE archived; ALTER TABLE remembered_day DROP COLUMN content; "
            "ALTER TABLE remembered_day DROP COLUMN away_since; ALTER TABLE remembered_day DROP COLUMN is_in_doubt; "
            "UPDATE oubli_state SET format = 2");
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
