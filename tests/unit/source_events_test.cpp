/// What all sources share for events of other tables (S11): keys, readings together, the index.
#include "engine/row_fold.hpp"
#include "source/events/link_key.hpp"
#include "source/events/reading_index.hpp"
#include "support/day_literal.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>

using namespace oubli;
using namespace oubli::events;

namespace {

using State = EventReading::State;
using Affinity = KeyComparison::Affinity;
using Collation = KeyComparison::Collation;

bool are_same(const Value& one, const Value& other, KeyComparison how) {
  return link_key(std::array{one}, std::array{how}) == link_key(std::array{other}, std::array{how});
}

Value text(std::string_view bytes) { return Value::of(bytes); }
Value number(std::int64_t integer) { return Value::of(integer); }

}  // namespace

TEST_CASE("link_key: values are the same as the columns compare them", "[unit][events][S11]") {
  const KeyComparison as_is;
  CHECK(are_same(number(42), Value::of(42.0), as_is));
  CHECK_FALSE(are_same(number(42), text("42"), as_is));
  CHECK_FALSE(are_same(text("Anna"), text("anna"), as_is));
  CHECK_FALSE(are_same(text("a"), Value::of_blob("a"), as_is));

  const KeyComparison numeric{Affinity::numeric, Collation::binary};
  CHECK(are_same(number(42), text("42"), numeric));
  CHECK(are_same(number(42), text(" 042.0 "), numeric));
  CHECK_FALSE(are_same(text("inf"), text("INF"), numeric));
  CHECK_FALSE(are_same(number(42), text("42x"), numeric));

  const KeyComparison nocase{Affinity::text, Collation::nocase};
  CHECK(are_same(text("Anna"), text("aNNA"), nocase));
  CHECK(are_same(number(42), text("42"), nocase));
  CHECK_FALSE(are_same(text("42"), text("042"), nocase));
  CHECK(are_same(text("a  "), text("a"), {Affinity::text, Collation::rtrim}));
}

TEST_CASE("link_key: fields don't run into each other, and NULL points to nothing", "[unit][events][S11]") {
  CHECK(link_key(std::array{text("ab"), text("c")}) != link_key(std::array{text("a"), text("bc")}));
  CHECK_FALSE(link_key(std::array{text("a"), Value::of_null()}).has_value());
}

TEST_CASE("folded: an odd row keeps, in whatever order the rows come", "[unit][events][S11]") {
  const EventReading known{State::known, "2020-01-01"_day};
  const EventReading later{State::known, "2021-01-01"_day};
  const EventReading future{State::future, "2031-01-01"_day};
  const EventReading missing{};
  const EventReading unreadable{State::unreadable, {}};
  for (const auto pick : {RowPick::latest, RowPick::earliest}) {
    const EventReading& picked = pick == RowPick::latest ? later : known;
    CHECK(folded(pick, known, later) == picked);
    CHECK(folded(pick, later, known) == picked);
    for (const auto& other : {known, future, missing}) {
      CHECK(folded(pick, other, unreadable).state == State::unreadable);
      CHECK(folded(pick, unreadable, other).state == State::unreadable);
    }
    CHECK(folded(pick, known, future) == future);
    CHECK(folded(pick, future, missing) == future);
  }
  CHECK(folded(RowPick::latest, known, missing) == missing);
  CHECK(folded(RowPick::latest, missing, known) == missing);
  CHECK(folded(RowPick::earliest, known, missing) == known);
}

TEST_CASE("an index of more keys than memory may hold finds them all, and leaves no file", "[unit][events][S11]") {
  const test::TemporaryFolder folder;
  ReadingIndex index(RowPick::latest, folder.path(), 100);
  const auto key = [](int i) { return digest_of(std::to_string(i)); };
  const auto day = [](int i) { return Day(date::days(10'000 + i)); };
  for (int i = 0; i < 1'000; ++i) index.add(key(i), {State::known, day(i)});
  for (int i = 0; i < 1'000; i += 2) index.add(key(i), {State::known, day(i + 1'000)});
  index.add(key(7), {State::unreadable, {}});
  CHECK(std::filesystem::is_empty(folder.path()));
  for (int i = 0; i < 1'000; ++i) {
    if (i == 7) continue;
    REQUIRE(index.find(key(i)).has_value());
    CHECK(index.find(key(i))->day == day(i % 2 == 0 ? i + 1'000 : i));
  }
  CHECK(index.find(key(7))->state == State::unreadable);
  CHECK_FALSE(index.find(key(1'000)).has_value());
}

TEST_CASE("an index that finds no room says where", "[unit][events][S11]") {
  ReadingIndex index(RowPick::latest, "/nowhere/at/all", 1);
  CHECK_THROWS_WITH(index.add(digest_of("a"), {}), Catch::Contains("no temporary file in /nowhere/at/all"));
}
