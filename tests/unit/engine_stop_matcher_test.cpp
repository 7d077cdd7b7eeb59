/// Which stops cover a record (S18, S19).
#include "engine/stop_matcher.hpp"

#include <catch2/catch.hpp>

using namespace oubli;

namespace {

constexpr TableStops::Key k_key{7};

Digest digest_of(std::string_view subject) { return subject_digest(k_key, Value::of(subject)); }

/// `status = 'open'`, on the first of the columns delivered.
Condition is_open() {
  Condition condition;
  condition.kind = Condition::Kind::compare;
  condition.name = "status";
  condition.slot = 0;
  condition.literals = {std::string("open")};
  return condition;
}

TableStops stops_of(std::vector<TableStop> stops) { return {std::move(stops), {"status"}, k_key}; }

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a stop covers what satisfies every part of its scope, and what may do so", "[unit][engine][S18]") {
  const auto stops = stops_of({{1, StopKind::legal_hold, is_open(), digest_of("ada")}});
  struct Case {
    const char* name;
    RecordSubject subject;
    Value status;
    bool covered;
  };
  const auto c = GENERATE(values<Case>({
      {"both parts", RecordSubject::of(Value::of("ada")), Value::of("open"), true},
      {"another subject", RecordSubject::of(Value::of("grace")), Value::of("open"), false},
      {"a subject in other letters is another", RecordSubject::of(Value::of("Ada")), Value::of("open"), false},
      {"another status", RecordSubject::of(Value::of("ada")), Value::of("closed"), false},
      {"an unknown condition", RecordSubject::of(Value::of("ada")), Value::of_null(), true},
      {"a subject nobody can tell", RecordSubject::of_unknown(), Value::of("open"), true},
      {"nobody's record", RecordSubject::of(Value::of_null()), Value::of("open"), false},
      {"an archived record, by its digest", RecordSubject::of_digest(digest_of("ada")), Value::of("open"), true},
      {"an archived record of another", RecordSubject::of_digest(digest_of("grace")), Value::of("open"), false},
  }));
  CAPTURE(c.name);
  CHECK(static_cast<bool>(stops.covering(c.subject, std::vector{c.status})) == c.covered);
}

TEST_CASE("a number is the data subject that a person types as digits", "[unit][engine][S18]") {
  const auto stops = stops_of({{1, StopKind::legal_hold, {}, digest_of("42")}});
  CHECK(stops.covering(RecordSubject::of(Value::of(std::int64_t{42})), std::vector{Value{}}));
}

TEST_CASE("values that weren't delivered leave a condition unknown, which covers", "[unit][engine][S18]") {
  CHECK(stops_of({{1, StopKind::legal_hold, is_open(), {}}}).covering({}, {}));
}

TEST_CASE("several stops cover one record, and a legal hold is the strongest", "[unit][engine][S14]") {
  const auto stops = stops_of({{2, StopKind::restriction, {}, digest_of("ada")},
                               {5, StopKind::legal_hold, is_open(), {}},
                               {9, StopKind::directive, {}, digest_of("ada")}});
  const auto ada = RecordSubject::of(Value::of("ada"));
  const auto both = stops.covering(ada, std::vector{Value::of("open")});
  CHECK(both.numbers == Numbers{2, 5, 9});
  CHECK(both.outcome() == Outcome::held);
  const auto restricted = stops.covering(ada, std::vector{Value::of("closed")});
  CHECK(restricted.numbers == Numbers{2, 9});
  CHECK(restricted.outcome() == Outcome::restricted);
}

TEST_CASE("stops of two records add up, each once", "[unit][engine][S12]") {
  Stopped stopped{{2, 4}, false};
  stopped += Stopped{{1, 4}, true};
  CHECK(stopped.numbers == Numbers{1, 2, 4});
  CHECK(stopped.outcome() == Outcome::held);
}

TEST_CASE("a stop is in force from its first day through its last, unless it was lifted", "[unit][model][S18]") {
  const auto day = [](unsigned d) { return Day(date::year{2026} / 6 / static_cast<int>(d)); };
  Stop stop;
  stop.from = day(10);
  stop.until = day(20);
  CHECK_FALSE(is_in_force(stop, day(9)));
  CHECK(is_in_force(stop, day(10)));
  CHECK(is_in_force(stop, day(20)));
  CHECK_FALSE(is_in_force(stop, day(21)));
  stop.until.reset();
  CHECK(is_in_force(stop, day(30)));
  stop.lifting = StopLifting{"2026-06-12T10:00:00Z", "Ada", "settled"};
  CHECK_FALSE(is_in_force(stop, day(15)));
}
