/// Conditions: what reads, what is refused with which words, and that printing reads back.
#include "oubli/policy/read.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace oubli;

namespace {

Condition parsed(const std::string& text) {
  auto read = condition_from_text(text);
  if (const auto* complaint = std::get_if<Complaint>(&read)) FAIL(text << ": " << complaint->message);
  return std::get<Condition>(std::move(read));
}

Complaint refused(const std::string& text) {
  auto read = condition_from_text(text);
  if (std::holds_alternative<Condition>(read)) FAIL(text << " is read");
  return std::get<Complaint>(std::move(read));
}

/// Places move when spaces and parentheses go; what is compared stays.
Condition without_places(Condition condition) {
  condition.column = 0;
  for (auto& part : condition.parts) part = without_places(part);
  return condition;
}

}  // namespace

TEST_CASE("condition: the shortest spelling is printed and reads back as the same tree", "[unit][condition][I3]") {
  struct Case {
    std::string text, printed;
  };
  const auto c = GENERATE(values<Case>({
      {"status = 'closed'", "status = 'closed'"},
      {"status='it''s'", "status = 'it''s'"},
      {"n != 5", "n <> 5"},
      {"n >= -12.50", "n >= -12.50"},
      {"n < 99999999999999999999", "n < 99999999999999999999"},
      {"created < 2020-02-29", "created < 2020-02-29"},
      {"created in (2020-01-01,2021-01-01)", "created in (2020-01-01, 2021-01-01)"},
      {"a IS NULL AND b Is Not Null", "a is null and b is not null"},
      {"not a is null", "a is not null"},
      {"not not a is null", "not a is not null"},
      {"country not in ('CH', 'US')", "country not in ('CH', 'US')"},
      {"name not like '%x_'", "name not like '%x_'"},
      {"not a = 1", "not a = 1"},
      {"not (a = 1 and b = 2)", "not (a = 1 and b = 2)"},
      {"((a = 1) and ((b = 2 or c = 3)))", "a = 1 and (b = 2 or c = 3)"},
      {"(a = 1 and b = 2) or c = 3", "a = 1 and b = 2 or c = 3"},
      {"a = 1 and (b = 2 and c = 3)", "a = 1 and b = 2 and c = 3"},
      {"a = 1 or (b = 2 or c = 3)", "a = 1 or b = 2 or c = 3"},
      {"\"two words\" = 1", "\"two words\" = 1"},
      {"\"a\"\"b\" = 1", "\"a\"\"b\" = 1"},
      {"\"in\" = 1", "\"in\" = 1"},
      {"\"plain\" = 1", "plain = 1"},
      {"prénom = 'Zoé'", "prénom = 'Zoé'"},
  }));
  CAPTURE(c.text);
  const auto condition = parsed(c.text);
  CHECK(to_text(condition) == c.printed);
  CHECK(without_places(parsed(to_text(condition))) == without_places(condition));
}

TEST_CASE("condition: a name is an event exactly when it is compared with a day", "[unit][condition][I3]") {
  CHECK(parsed("a > 2020-01-01").names_event);
  CHECK(parsed("a in (2020-01-01)").names_event);
  CHECK_FALSE(parsed("a > '2020-01-01'").names_event);
  CHECK_FALSE(parsed("a is null").names_event);
}

TEST_CASE("condition: a whole number that fits is exact, any other is real", "[unit][condition][I3]") {
  const auto number = [](const std::string& text) { return std::get<NumberLiteral>(parsed(text).literals.front()); };
  CHECK(number("a = 9223372036854775807") ==
        NumberLiteral{true, 9223372036854775807, 9223372036854775807.0, "9223372036854775807"});
  CHECK_FALSE(number("a = 9223372036854775808").is_integer);
  CHECK_FALSE(number("a = 1.0").is_integer);
  CHECK(number("a = 1.5").real == 1.5);
}

TEST_CASE("condition: a name's place counts characters, not bytes", "[unit][condition][I3]") {
  const auto condition = parsed("é = 'ü' and name = 1");
  CHECK(condition.parts[0].column == 1);
  CHECK(condition.parts[1].column == 13);
}

TEST_CASE("condition: what is refused says where, what and what to write", "[unit][condition][I3]") {
  struct Case {
    std::string text, message, hint;
    int offset, length;
  };
  const std::string only = "only columns, literals, comparisons, and, or, not and parentheses";
  const auto c = GENERATE_COPY(values<Case>({
      {"", "the condition is empty", "leave it out to mean every record", 0, 1},
      {"a == 1", "'==' has no meaning in a condition", "use = for equality", 2, 2},
      {"a = 1 && b = 2", "'&&' has no meaning in a condition", "use and", 6, 2},
      {"a = 1; drop table a", "';' has no meaning in a condition", only, 5, 1},
      {"a = 1 -- all", "'--' has no meaning in a condition", "a condition has no comments", 6, 2},
      {"a = 'x", "the text that begins here has no end", "close the quote", 4, 1},
      {"\"a = 1", "the name that begins here has no end", "close the quote", 0, 1},
      {"a = \"x\"", "a column is compared with a literal, 'x' is a name", "write a text in single quotes: 'x'", 4, 3},
      {"a = b", "a column is compared with a literal, 'b' is a name", "write a text in single quotes: 'b'", 4, 1},
      {"'x' = a", "a comparison begins with a column", "write the column first, then the literal", 0, 3},
      {"lower(a) = 'x'", "'lower(…)' is a function", only, 0, 5},
      {"a = date('now')", "'date(…)' is a function", only, 4, 4},
      {"a in (select b from c)", "a column is compared with a literal, 'select' is a name",
       "write a text in single quotes: 'select'", 6, 6},
      {"a = (select 1)", "a literal is expected before '('", only, 4, 1},
      {"a between 1 and 2", "a comparison is expected after 'a'", "write x >= a and x <= b", 2, 7},
      {"a", "a comparison is expected after 'a'", "write =, <>, <, <=, >, >=, in (…), like or is null", 1, 1},
      {"a = null", "nothing equals null", "write is null or is not null", 4, 4},
      {"a is 1", "null is expected before the number 1", "write is null or is not null", 5, 1},
      {"a in ()", "the list is empty", "name at least one literal", 5, 1},
      {"a in (1", "this parenthesis is not closed", "add the closing )", 5, 1},
      {"a in (1 2)", "the number 2 doesn't follow", "separate literals by commas", 8, 1},
      {"a in (1, 2020-01-01)", "the list mixes days with other literals", "a day may only be compared with an event", 5,
       1},
      {"a like 5", "like compares with a text", "write like '%…', with % for any text and _ for one character", 7, 1},
      {"(a = 1", "this parenthesis is not closed", "add the closing )", 0, 1},
      {"a = 1)", "this parenthesis closes nothing", "remove it", 5, 1},
      {"a = 1 b = 2", "'b' doesn't follow", "join with and, or", 6, 1},
      {"a = 1 and", "a column is expected before the end", "write for example status = 'closed'", 9, 1},
      {"a > 2021-02-29", "2021-02-29 is no day of the calendar", "", 4, 10},
      {"a > 2021-02-28T10:00", "'2021-02-28T10' is more than a day", "write a day as YYYY-MM-DD", 4, 13},
      {"a = 12abc", "'12abc' is neither a number nor a name",
       "write a text in single quotes, a name that begins with a digit in double quotes", 4, 5},
  }));
  CAPTURE(c.text);
  const auto complaint = refused(c.text);
  CHECK(complaint.code == "condition");
  CHECK(complaint.message == c.message);
  CHECK(complaint.hint == c.hint);
  CHECK(complaint.offset == c.offset);
  CHECK(complaint.length == c.length);
}

TEST_CASE("condition: depth and length are bounded", "[unit][condition][I3]") {
  const std::string deep(200, '(');
  CHECK(refused(deep + "a = 1").message == "the condition is nested too deeply");
  std::string negated;
  for (int i = 0; i < 200; ++i) negated += "not ";
  CHECK(refused(negated + "a = 1").message == "the condition is nested too deeply");
  CHECK(refused("a = '" + std::string(5'000, 'x') + "'").message == "the condition is longer than 4096 bytes");
  CHECK(to_text(parsed(std::string(30, '(') + "a = 1" + std::string(30, ')'))) == "a = 1");
}

TEST_CASE("column format: names and unambiguous patterns read, and print as written", "[unit][format][I4]") {
  const auto text =
      GENERATE(as<std::string>(), "iso", "epoch_s", "epoch_ms", "epoch_us", "chromium_us", "julian_day", "excel_serial",
               "dd/mm/yyyy", "yyyymmdd", "yyyymm", "ddmmyyyy", "yyyy-mm-ddTHH:MM:SS", "dd.mm.yyyy HH:MM");
  CAPTURE(text);
  const auto format = column_format_from_text(text);
  REQUIRE(format);
  CHECK(to_text(*format) == text);
}

TEST_CASE("column format: what could be read in two ways is none", "[unit][format][I4]") {
  const auto text = GENERATE(as<std::string>(), "", "dd/mm/yy", "DD/MM/YYYY", "yyyy", "dd/mm", "mm/mm/yyyy",
                             "dd/mm/yyyy hh:mm", "dd/mm/yyyy HH", "yyyy-mm-dd SS", "yyyymm HH:MM", "yyyy-mm-dd ",
                             "%d/%m/%Y", "d/m/yyyy", "epoch", "yyyy-mm-dd2", "dd mmm yyyy", "yyyyyyyy-mm-dd");
  CAPTURE(text);
  CHECK_FALSE(column_format_from_text(text));
}
