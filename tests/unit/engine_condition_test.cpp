/// Conditions: three truth values, comparisons typed by the literal.
#include "oubli/engine/decide.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

namespace oubli {
namespace {

using Comparison = Condition::Comparison;

Condition leaf(Condition::Kind kind, std::vector<Literal> literals, Comparison comparison = Comparison::equal) {
  Condition condition;
  condition.kind = kind;
  condition.slot = 0;
  condition.literals = std::move(literals);
  condition.comparison = comparison;
  return condition;
}

Literal number(std::int64_t value) { return NumberLiteral{true, value, static_cast<double>(value), ""}; }
Literal number(double value) { return NumberLiteral{false, 0, value, ""}; }
Literal text(const char* value) { return std::string(value); }

Condition compare(Comparison comparison, const Literal& literal) {
  return leaf(Condition::Kind::compare, {literal}, comparison);
}

Condition node(Condition::Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

Truth on(const Condition& condition, const Value& value) { return evaluate(condition, std::array{value}, {}); }

TEST_CASE("a text literal compares the bytes of a text, and nothing else", "[unit][condition][I3]") {
  CHECK(on(compare(Comparison::equal, text("closed")), Value::of("closed")) == Truth::yes);
  CHECK(on(compare(Comparison::equal, text("closed")), Value::of("Closed")) == Truth::no);
  CHECK(on(compare(Comparison::less, text("b")), Value::of("a")) == Truth::yes);
  CHECK(on(compare(Comparison::greater, text("z")), Value::of("é")) == Truth::yes);
  CHECK(on(compare(Comparison::equal, text("")), Value::of("")) == Truth::yes);
  CHECK(on(compare(Comparison::not_equal, text("1")), Value::of(std::int64_t{1})) == Truth::unknown);
  CHECK(on(compare(Comparison::equal, text("a")), Value::of_blob("a")) == Truth::unknown);
  CHECK(on(compare(Comparison::equal, text("a")), Value::of_null()) == Truth::unknown);
}

TEST_CASE("a number literal reads text as a strict decimal", "[unit][condition][I3]") {
  const auto one = compare(Comparison::equal, number(std::int64_t{1}));
  CHECK(on(one, Value::of(std::int64_t{1})) == Truth::yes);
  CHECK(on(one, Value::of(1.0)) == Truth::yes);
  CHECK(on(one, Value::of("1.00")) == Truth::yes);
  CHECK(on(one, Value::of("+1")) == Truth::yes);
  CHECK(on(one, Value::of("01")) == Truth::yes);
  CHECK(on(one, Value::of("2")) == Truth::no);
  CHECK(on(one, Value::of("1e0")) == Truth::unknown);
  CHECK(on(one, Value::of(" 1")) == Truth::unknown);
  CHECK(on(one, Value::of("")) == Truth::unknown);
  CHECK(on(one, Value::of("one")) == Truth::unknown);
  CHECK(on(one, Value::of_blob("1")) == Truth::unknown);
  CHECK(on(compare(Comparison::greater_equal, number(-0.5)), Value::of("-0.50")) == Truth::yes);
  CHECK(on(compare(Comparison::less, number(2.5)), Value::of(std::int64_t{2})) == Truth::yes);
}

TEST_CASE("integers beyond a double's precision are compared exactly", "[unit][condition][I3]") {
  constexpr std::int64_t k_odd = 9'007'199'254'740'993;  // 2^53 + 1
  const auto same = compare(Comparison::equal, number(k_odd));
  CHECK(on(same, Value::of(k_odd)) == Truth::yes);
  CHECK(on(same, Value::of(k_odd - 1)) == Truth::no);
  CHECK(on(same, Value::of("9007199254740993")) == Truth::yes);
  CHECK(on(same, Value::of("9007199254740992")) == Truth::no);
  CHECK(on(same, Value::of(9'007'199'254'740'992.0)) == Truth::no);
  CHECK(on(compare(Comparison::less, number(9'007'199'254'740'992.5)), Value::of(k_odd)) == Truth::no);
}

TEST_CASE("in: yes if any is equal, else unknown if any is", "[unit][condition][I3]") {
  const auto mixed = leaf(Condition::Kind::one_of, {text("a"), number(std::int64_t{2})});
  CHECK(on(mixed, Value::of("a")) == Truth::yes);
  CHECK(on(mixed, Value::of("b")) == Truth::unknown);
  CHECK(on(mixed, Value::of("3")) == Truth::no);
  CHECK(on(mixed, Value::of(std::int64_t{2})) == Truth::yes);
  CHECK(on(mixed, Value::of_null()) == Truth::unknown);
}

TEST_CASE("like: % is any text, _ one character, ASCII letters in either case", "[unit][condition][I3]") {
  struct Case {
    const char* value;
    const char* pattern;
    Truth expected;
  };
  const auto c = GENERATE(values<Case>({
      {"prospect", "pros%", Truth::yes},
      {"prospect", "%pect", Truth::yes},
      {"prospect", "p%o%t", Truth::yes},
      {"prospect", "PROS%", Truth::yes},
      {"été", "_t_", Truth::yes},
      {"été", "ÉTÉ", Truth::no},
      {"été", "__t_", Truth::no},
      {"abcabc", "%abc", Truth::yes},
      {"abcab", "%abc", Truth::no},
      {"", "%", Truth::yes},
      {"", "", Truth::yes},
      {"a", "", Truth::no},
      {"100%", "100\\%", Truth::no},
      {"aXb", "a%%b", Truth::yes},
      {"é", "_", Truth::yes},
      {"mississippi", "m%iss%pi", Truth::yes},
      {"a", "a_", Truth::no},
      {"été", "%_é", Truth::yes},
  }));
  CAPTURE(c.value, c.pattern);
  CHECK(on(leaf(Condition::Kind::like, {text(c.pattern)}), Value::of(c.value)) == c.expected);
}

TEST_CASE("like: what isn't text is unknown", "[unit][condition][I3]") {
  const auto any = leaf(Condition::Kind::like, {text("%")});
  CHECK(on(any, Value::of(std::int64_t{1})) == Truth::unknown);
  CHECK(on(any, Value::of_null()) == Truth::unknown);
}

TEST_CASE("is null answers for every value", "[unit][condition][I3]") {
  const auto null = leaf(Condition::Kind::is_null, {});
  CHECK(on(null, Value::of_null()) == Truth::yes);
  CHECK(on(null, Value::of("")) == Truth::no);
  CHECK(on(node(Condition::Kind::none_of, {null}), Value::of_null()) == Truth::no);
}

TEST_CASE("and, or, not follow three-valued logic", "[unit][condition][I3]") {
  const auto yes = leaf(Condition::Kind::is_null, {});
  const auto no = node(Condition::Kind::none_of, {yes});
  const auto unknown = compare(Comparison::equal, text("a"));
  const Value null = Value::of_null();
  CHECK(on(node(Condition::Kind::all_of, {yes, unknown}), null) == Truth::unknown);
  CHECK(on(node(Condition::Kind::all_of, {unknown, no}), null) == Truth::no);
  CHECK(on(node(Condition::Kind::any_of, {unknown, yes}), null) == Truth::yes);
  CHECK(on(node(Condition::Kind::any_of, {no, unknown}), null) == Truth::unknown);
  CHECK(on(node(Condition::Kind::none_of, {unknown}), null) == Truth::unknown);
}

TEST_CASE("a day literal compares an event's reading, unknown unless its day is known", "[unit][condition][I3]") {
  auto since = compare(Comparison::greater_equal, Literal{"2020-01-01"_day});
  since.names_event = true;
  const auto given = [&](EventReading reading) { return evaluate(since, {}, std::array{reading}); };
  CHECK(given({EventReading::State::known, "2020-01-01"_day}) == Truth::yes);
  CHECK(given({EventReading::State::known, "2019-12-31"_day}) == Truth::no);
  CHECK(given({EventReading::State::missing, {}}) == Truth::unknown);
  CHECK(given({EventReading::State::unreadable, {}}) == Truth::unknown);
  CHECK(given({EventReading::State::future, "2099-01-01"_day}) == Truth::unknown);
  CHECK(evaluate(since, {}, {}) == Truth::unknown);
}

}  // namespace
}  // namespace oubli
