#include "oubli/policy/read.hpp"

#include <catch2/catch.hpp>

using namespace oubli;

TEST_CASE("period_from_text: words and ISO 8601 give the same period", "[unit][period][S2]") {
  struct Case {
    const char* text;
    Period expected;
  };
  const auto c = GENERATE(values<Case>({
      {"3 years", {3, 0, 0, 0}},
      {"1 year", {1, 0, 0, 0}},
      {"13 months", {0, 13, 0, 0}},
      {"6 years 6 months", {6, 6, 0, 0}},
      {"2 weeks", {0, 0, 2, 0}},
      {"0 days", {}},
      {"  1 year   2 days ", {1, 0, 0, 2}},
      {"1000 years", {1000, 0, 0, 0}},
      {"P13M", {0, 13, 0, 0}},
      {"P1Y6M", {1, 6, 0, 0}},
      {"P2W", {0, 0, 2, 0}},
      {"P1Y2M3W4D", {1, 2, 3, 4}},
      {"P0D", {}},
  }));
  CAPTURE(c.text);
  const auto outcome = period_from_text(c.text);
  REQUIRE(std::holds_alternative<Period>(outcome));
  CHECK(std::get<Period>(outcome) == c.expected);
}

TEST_CASE("period_from_text: what is no retention period is refused with what to write", "[unit][period][S2]") {
  struct Case {
    const char* text;
    const char* code;
    const char* message;
    const char* hint;
    int offset;
    int length;
  };
  const char* const example = "write a number and a unit: 3 years, 6 years 6 months, P13M";
  const char* const calendar = "write whole years, months, weeks or days";
  const auto c = GENERATE_COPY(values<Case>({
      {"", "period", "a period is missing", example, 0, 1},
      {"   ", "period", "a period is missing", example, 0, 3},
      {"3", "period-unit", "'3' has no unit", "write 3 years, 3 months, 3 weeks or 3 days", 0, 1},
      {"1 year 3", "period-unit", "'3' has no unit", "write 3 years, 3 months, 3 weeks or 3 days", 7, 1},
      {"1.5 years", "period", "'1.5' is not a whole number", "write 1 year 6 months, not 1.5 years", 0, 3},
      {"1,5 years", "period", "'1,5' is not a whole number", "write 1 year 6 months, not 1.5 years", 0, 3},
      {"1/2 year", "period", "'1/2' is not a whole number", "write 1 year 6 months, not 1.5 years", 0, 3},
      {"-3 years", "period", "'-3' is negative", example, 0, 2},
      {"3years", "period", "'3years' runs a number and a unit together", "put a space between them: 3 years", 0, 6},
      {"forever", "period", "'forever' is not a number", example, 0, 7},
      {"three years", "period", "'three' is not a number", example, 0, 5},
      {"3 yaers", "period-unit", "'yaers' is not a unit of a retention period", "did you mean 'years'?", 2, 5},
      {"3 ans", "period-unit", "'ans' is not a unit of a retention period", "did you mean 'years'?", 2, 3},
      {"3 m", "period-unit", "'m' is not a unit of a retention period", "did you mean 'months'?", 2, 1},
      {"36 hours", "period-unit", "'hours' is not a unit of a retention period", calendar, 3, 5},
      {"3 bananas", "period-unit", "'bananas' is not a unit of a retention period",
       "write years, months, weeks or days", 2, 7},
      {"1 year 2 years", "period", "years are given twice", "add them up", 9, 5},
      {"6 months 1 year", "period", "years come after months", "write years, months, weeks, days in this order", 11, 4},
      {"1001 years", "period", "a period is at most 1000 years", "write the period the law or the policy gives", 0, 4},
      {"99999999999999999999 days", "period", "a period is at most 1000 years",
       "write the period the law or the policy gives", 0, 20},
      {"PT6M", "period-unit", "PT6M is 6 minutes, not a retention period", "write P6M for 6 months", 0, 4},
      {"P1DT2H", "period-unit", "P1DT2H counts hours, minutes or seconds, not a retention period", calendar, 0, 6},
      {"PT", "period-unit", "PT counts hours, minutes or seconds, not a retention period", calendar, 0, 2},
      {"P", "period", "'P' is not a period", "write P13M for 13 months", 0, 1},
      {"PM", "period", "a unit has no number", "write P13M for 13 months", 0, 2},
      {"P13", "period-unit", "'P13' lacks one of the units Y, M, W and D",
       "write P13M for 13 months, P1Y6M for 1 year 6 months", 0, 3},
      {"P1.5Y", "period", "'1.5' is not a whole number", "write 1 year 6 months, not 1.5 years", 1, 3},
      {"P-1Y", "period", "'-1' is negative", example, 1, 2},
      {"P6M1Y", "period", "years come after months", "write years, months, weeks, days in this order", 4, 1},
  }));
  CAPTURE(c.text);
  const auto outcome = period_from_text(c.text);
  REQUIRE(std::holds_alternative<Complaint>(outcome));
  const auto& complaint = std::get<Complaint>(outcome);
  CHECK(complaint.code == c.code);
  CHECK(complaint.message == c.message);
  CHECK(complaint.hint == c.hint);
  CHECK(complaint.offset == c.offset);
  CHECK(complaint.length == c.length);
}
