#include "oubli/engine/masking.hpp"

#include <catch2/catch.hpp>

using namespace oubli;

namespace {

const std::string k_token = "oubli-0123456789abcdef0123456789abcdef";

Value text(std::string_view bytes) { return Value::of(bytes); }
Value number(std::int64_t value) { return Value::of(value); }

Mask constant(std::string written) { return {Mask::Kind::constant, std::move(written)}; }
Mask first(int characters) { return {Mask::Kind::truncate, {}, characters}; }
Mask year(ColumnFormat format = {}) { return {Mask::Kind::year_only, {}, 0, {std::move(format)}}; }

std::string left_of(const Mask& mask, const Value& value) {
  std::string bytes;
  const Value left = masked(mask, value, k_token, bytes);
  return left.is_null() ? "NULL" : std::string(left.bytes);
}

}  // namespace

TEST_CASE("masked: what is left of a value", "[unit][masking][S17]") {
  struct Case {
    const char* name;
    Mask mask;
    Value value;
    const char* left;
  };
  const ColumnFormat french{ColumnFormat::Kind::pattern, "dd/mm/yyyy"};
  const auto c = GENERATE_COPY(values<Case>({
      {"nothing", {}, text("Anna"), "NULL"},
      {"a constant", constant("-"), text("Anna"), "-"},
      {"the year of an ISO day", year(), text("1980-02-03"), "1980"},
      {"the year of a moment, as it is written", year(), text("1980-12-31T23:30:00-05:00"), "1980"},
      {"the year of a day written otherwise", year(french), text("03/02/1980"), "1980"},
      {"the year of a number of seconds", year({ColumnFormat::Kind::epoch_s, ""}), number(1'700'000'000), "2023"},
      {"nothing of what is no day", year(), text("the eighties"), "NULL"},
      {"the first characters", first(2), text("75011"), "75"},
      {"whole characters", first(2), text("éàü"), "éà"},
      {"the first digits of a number", first(2), number(75011), "75"},
      {"all of a short text", first(9), text("75011"), "75011"},
      {"a token", {Mask::Kind::random}, text("Anna"), k_token.c_str()},
  }));
  CAPTURE(c.name);
  CHECK(left_of(c.mask, c.value) == c.left);
}

TEST_CASE("is_masked: what a mask has left is known again, and no more than that", "[unit][masking][S17]") {
  struct Case {
    const char* name;
    Mask mask;
    Value value;
    bool expected;
  };
  const auto c = GENERATE_COPY(values<Case>({
      {"NULL holds nothing", constant("-"), Value::of_null(), true},
      {"an empty text holds nothing", {}, text(""), true},
      {"an empty blob holds nothing", {}, Value::of_blob(""), true},
      {"zero is a value", {}, number(0), false},
      {"the constant", constant("-"), text("-"), true},
      {"another text", constant("-"), text("--"), false},
      {"the constant as a column of numbers keeps it", constant("0"), Value::of(0.0), true},
      {"another number", constant("0"), number(1), false},
      {"a year", year(), text("1980"), true},
      {"a year as a column of numbers keeps it", year(), number(1980), true},
      {"a day", year(), text("1980-02-03"), false},
      {"a number of seconds", year(), number(1'700'000'000), false},
      {"short enough", first(2), text("éà"), true},
      {"too long", first(2), text("éàü"), false},
      {"a blob, by its bytes", first(2), Value::of_blob("abc"), false},
      {"a token", {Mask::Kind::random}, text(k_token), true},
      {"something like a token", {Mask::Kind::random}, text("oubli-0123"), false},
      {"a person's value", {Mask::Kind::random}, text("anna@example.org"), false},
  }));
  CAPTURE(c.name);
  CHECK(is_masked(c.mask, c.value) == c.expected);
}

TEST_CASE("a token is made of random bytes alone, and is its own mask", "[unit][masking][S17]") {
  const std::string token = random_token_of(std::string("\x00\x7f\xff", 3) + std::string(13, 'a'));
  CHECK(token == "oubli-007fff61616161616161616161616161");
  CHECK(is_masked({Mask::Kind::random}, text(token)));
}

TEST_CASE("a mask is written in words", "[unit][masking]") {
  CHECK(to_text(Mask{}) == "null");
  CHECK(to_text(constant("-")) == "constant '-'");
  CHECK(to_text(first(2)) == "truncate 2");
  CHECK(to_text(year()) == "year_only");
  CHECK(to_text(Mask{Mask::Kind::random}) == "random");
}
