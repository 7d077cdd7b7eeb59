#include "policy/fields.hpp"
#include "policy_example.hpp"

#include <catch2/catch.hpp>

#include <functional>

using namespace oubli;
using Lines = std::vector<std::string>;

namespace {

enum class Colour { red, green };
constexpr Word<Colour> k_colours[] = {{"red", Colour::red}, {"green", Colour::green}};

/// What is found when `read` walks `text`.
Lines found_in(const std::string& text, const std::function<void(Fields&)>& read) {
  const Document document = read_document(text, "file.yaml");
  ReaderFindings findings(document);
  {
    Fields top(Field::root(document, findings));
    read(top);
  }
  return test::lines_of(std::move(findings).take());
}

}  // namespace

TEST_CASE("Fields: a key nobody asks for is reported with the nearest one", "[unit][policy]") {
  const auto found = found_in("colour: red\nsiez: 3\nzzz: 1\n", [](Fields& top) {
    static_cast<void>(top.optional("colour").text());
    static_cast<void>(top.optional("size").text());
  });
  CHECK(found == Lines{"2:1: error: unknown key 'siez' [unknown-key]; did you mean 'size'? allowed here: colour, size",
                       "3:1: error: unknown key 'zzz' [unknown-key]; allowed here: colour, size"});
}

TEST_CASE("Fields: a required key that is missing is reported where its block is named", "[unit][policy]") {
  const auto found = found_in("block:\n  a: 1\n", [](Fields& top) {
    Fields block = top.required("block").fields();
    static_cast<void>(block.optional("a").text());
    static_cast<void>(block.required("b").text());
    static_cast<void>(top.required("other").text());
  });
  CHECK(found == Lines{"1:1: error: 'block' lacks the key 'b' [missing-key]; add 'b: …'",
                       "1:1: error: the file lacks the key 'other' [missing-key]; add 'other: …'"});
}

TEST_CASE("Fields: what an absent mapping lacks is not missed", "[unit][policy]") {
  CHECK(found_in("a: 1\n", [](Fields& top) {
          static_cast<void>(top.required("a").integer(0, 9));
          Fields absent = top.optional("absent").fields();
          CHECK_FALSE(absent);
          CHECK_FALSE(absent.required("b").text());
        }).empty());
}

TEST_CASE("Field: each conversion says what it wants and what it met", "[unit][policy]") {
  struct Case {
    const char* name;
    const char* text;
    std::function<void(const Field&)> convert;
    const char* expected;
  };
  const auto as_text = [](const Field& field) { CHECK_FALSE(field.text()); };
  const auto as_integer = [](const Field& field) { CHECK_FALSE(field.integer(1, 99)); };
  const auto as_boolean = [](const Field& field) { CHECK_FALSE(field.boolean()); };
  const auto as_share = [](const Field& field) { CHECK_FALSE(field.share()); };
  const auto as_day = [](const Field& field) { CHECK_FALSE(field.day()); };
  const auto as_name = [](const Field& field) { CHECK_FALSE(field.identifier()); };
  const auto as_list = [](const Field& field) { CHECK(field.texts().empty()); };
  const auto as_colour = [](const Field& field) { CHECK_FALSE(field.one_of(k_colours)); };
  const auto as_title = [](const Field& field) { static_cast<void>(field.title()); };
  const char* const number = "write a number from 1 to 99 without quotes";
  const char* const boolean = "write true or false, without quotes";
  const char* const percent = "write a number from 0 to 100 and a per cent sign: 20%";
  const char* const name = "start with a letter, go on with letters, digits, '_' and '-', 64 at most";
  const std::vector<std::pair<Case, const char*>> cases{
      {{"list as text", "v: [a]", as_text, "1:4: error: 'v' must be a text, but is a list [wrong-type]; "}, ""},
      {{"nothing as text", "v:", as_text, "1:1: error: 'v' must be a text, but is empty [wrong-type]; "},
       "give it a value, or leave it out"},
      {{"~ as text", "v: ~", as_text, "1:1: error: 'v' must be a text, but is empty [wrong-type]; "},
       "give it a value, or leave it out"},
      {{"octal", "v: 010", as_integer, "1:4: error: 'v' must be a whole number, but is '010' [wrong-type]; "}, number},
      {{"quoted number", "v: '5'", as_integer, "1:4: error: 'v' must be a whole number, but is '5' [wrong-type]; "},
       number},
      {{"too great", "v: 100", as_integer, "1:4: error: 'v' must be a whole number, but is '100' [wrong-type]; "},
       number},
      {{"yes", "v: yes", as_boolean, "1:4: error: 'v' must be true or false, but is 'yes' [wrong-type]; "}, boolean},
      {{"quoted true", "v: 'true'", as_boolean, "1:4: error: 'v' must be true or false, but is 'true' [wrong-type]; "},
       boolean},
      {{"bare share", "v: 0.2", as_share, "1:4: error: 'v' must be a percentage, but is '0.2' [wrong-type]; "},
       percent},
      {{"over 100 %", "v: 101%", as_share, "1:4: error: 'v' must be a percentage, but is '101%' [wrong-type]; "},
       percent},
      {{"no such day", "v: 2023-02-29", as_day, "1:4: error: '2023-02-29' is not a day [day]; "},
       "write a day that exists as YYYY-MM-DD"},
      {{"path as name", "v: ../x", as_name, "1:4: error: '../x' can't be a name [name]; "}, name},
      {{"text as list", "v: a", as_list, "1:4: error: 'v' must be a list, but is a single value [wrong-type]; "}, ""},
      {{"mapping in list", "v: [{a: b}]", as_list,
        "1:5: error: an item of 'v' must be a text, but is a mapping [wrong-type]; "},
       ""},
      {{"unknown word", "v: rde", as_colour, "1:4: error: 'rde' is no value of 'v' [unknown-value]; "},
       "did you mean 'red'? allowed here: red, green"},
      {{"no language", "v: {french: x}", as_title, "1:5: error: 'french' is not a language [unknown-key]; "},
       "write titles as {fr: …, en: …}"},
  };
  for (const auto& [c, hint] : cases) {
    CAPTURE(c.name);
    const auto found = found_in(c.text, [&c = c](Fields& top) { c.convert(top.required("v")); });
    CHECK(found == Lines{std::string(c.expected) + hint});
  }
}

TEST_CASE("Field: conversions read what they promise", "[unit][policy]") {
  const auto found = found_in(
      "text: 'null'\nnumber: -3\nyes: true\nshare: 12.5%\nday: 2024-02-29\nname: a-b_1\ncolour: green\n"
      "title: {fr: Bonjour, en: Hello}\nother: {fr: Bonjour, de: Hallo}\n",
      [](Fields& top) {
        CHECK(top.required("text").text() == "null");
        CHECK(top.required("number").integer(-5, 5) == -3);
        CHECK(top.required("yes").boolean() == true);
        CHECK(top.required("share").share() == 0.125);
        CHECK(to_text(*top.required("day").day()) == "2024-02-29");
        CHECK(top.required("name").identifier() == "a-b_1");
        CHECK(top.required("colour").one_of(k_colours) == Colour::green);
        CHECK(top.required("title").title() == "Hello");
        CHECK(top.required("other").title() == "Bonjour");
      });
  CHECK(found.empty());
}

TEST_CASE("Fields: a default answers where the mapping is silent, and is no key of its own", "[unit][policy]") {
  const auto found = found_in("defaults: {a: 1, b: 2}\nblock: {b: 3}\n", [](Fields& top) {
    const Field defaults = top.required("defaults");
    Fields block = top.required("block").fields(defaults.node());
    CHECK(block.required("a").integer(0, 9) == 1);
    CHECK(block.required("b").integer(0, 9) == 3);
    CHECK_FALSE(block.has_own("a"));
    CHECK(block.has_own("b"));
  });
  CHECK(found.empty());
}

TEST_CASE("ReaderFindings: a complaint points into its text, whatever its letters and quotes", "[unit][policy]") {
  const auto complain = [](Fields& top) { top.required("v").refuse({"code", "message", "hint", 3, 2}); };
  CHECK(found_in("v: abcdef\n", complain) == Lines{"1:7: error: message [code]; hint"});
  CHECK(found_in("v: 'abcdef'\n", complain) == Lines{"1:8: error: message [code]; hint"});
  CHECK(found_in("v: éacdef\n", complain) == Lines{"1:6: error: message [code]; hint"});
  CHECK(found_in("v: \"a\\tcdef\"\n", complain) == Lines{"1:4: error: message [code]; hint"});
}
