#include "diag/utf8.hpp"
#include "oubli/diag/diagnostic.hpp"

#include <catch2/catch.hpp>

using namespace oubli;

TEST_CASE("nearest_word: offers the word that was meant", "[unit][diag]") {
  struct Case {
    const char* name;
    const char* word;
    const char* expected;
  };
  const auto c = GENERATE(values<Case>({
      {"two letters swapped", "purpsoes", "purposes"},
      {"a letter left out", "tmezone", "timezone"},
      {"a letter too many", "eventss", "events"},
      {"another case", "PURPOSES", "purposes"},
      {"short word, one edit", "uses", "use"},
      {"short word, two edits", "ab", ""},
      {"another word altogether", "retention", ""},
      {"nothing", "", ""},
  }));
  CAPTURE(c.name);
  CHECK(nearest_word(c.word, {"purposes", "timezone", "events", "use"}) == c.expected);
}

TEST_CASE("nearest_word: the first of equally near words is offered", "[unit][diag]") {
  CHECK(nearest_word("cat", {"dog", "car", "can"}) == "car");
}

TEST_CASE("has_error: warnings and findings are none", "[unit][diag]") {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::warning;
  CHECK_FALSE(has_error({}));
  CHECK_FALSE(has_error({diagnostic}));
  CHECK(has_error({diagnostic, Diagnostic{}}));
}

TEST_CASE("Error: what() is its message", "[unit][diag]") {
  const Error error(Cause::refused, "the clock went back", "check the clock");
  CHECK(std::string(error.what()) == "the clock went back");
  CHECK(error.diagnostic().hint == "check the clock");
  CHECK(error.cause() == Cause::refused);
}

TEST_CASE("code_point_at: refuses what isn't UTF-8", "[unit][diag]") {
  struct Case {
    const char* name;
    std::string_view bytes;
  };
  const auto c = GENERATE(values<Case>({
      {"a byte of its own", "\x80"},
      {"cut short", "\xE2\x82"},
      {"overlong slash", "\xC0\xAF"},
      {"surrogate", "\xED\xA0\x80"},
      {"over U+10FFFF", "\xF4\x90\x80\x80"},
      {"Latin-1", "\xE9t\xE9"},
  }));
  CAPTURE(c.name);
  CHECK_FALSE(code_point_at(c.bytes, 0).valid);
}

TEST_CASE("code_point_at: reads one to four bytes", "[unit][diag]") {
  CHECK(code_point_at("a", 0).value == U'a');
  CHECK(code_point_at("\xC3\xA9", 0).value == 0xE9);
  CHECK(code_point_at("\xE2\x82\xAC", 0).value == 0x20AC);
  CHECK(code_point_at("\xF0\x9F\x98\x80", 0).value == 0x1F600);
  CHECK(count_code_points("\xC3\xA9t\xC3\xA9") == 3);
}
