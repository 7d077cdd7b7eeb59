/// What a survey keeps of a table while it passes.
#include "oubli/proposal/survey.hpp"
#include "support/surveyed.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace oubli;
using oubli::test::column_of;
using oubli::test::surveyed_column;

namespace {

SurveyedColumn numbers_to(std::int64_t last) {
  std::vector<Value> values;
  for (std::int64_t i = 1; i <= last; ++i) values.push_back(Value::of(i));
  return surveyed_column({"id"}, values);
}

}  // namespace

TEST_CASE("TableSurvey: a column that never repeats a value is known by all its digests", "[unit][proposal]") {
  const auto column = numbers_to(5'000);
  CHECK(column.never_repeats);
  CHECK(column.digests.size() == 5'000);
  CHECK(std::is_sorted(column.digests.begin(), column.digests.end()));
}

TEST_CASE("TableSurvey: one repeat or one empty value is enough", "[unit][proposal]") {
  CHECK_FALSE(column_of("a", {"x", "y", "x"}).never_repeats);
  CHECK_FALSE(column_of("a", {"x", "", "y"}).never_repeats);
  CHECK(column_of("a", {"x", "", "y"}).empty == 1);
  CHECK(column_of("a", {"x", "y"}).never_repeats);
}

TEST_CASE("TableSurvey: the sample is spread over all records and stays small", "[unit][proposal]") {
  const auto column = numbers_to(100'000);
  CHECK(column.sample.size() >= 2'000);
  CHECK(column.sample.size() <= 4'000);
  CHECK(column.sample.front().integer == 1);
  CHECK(column.sample.back().integer > 99'000);
}

TEST_CASE("TableSurvey: reading ends with as many records as memory is given to", "[unit][proposal]") {
  SurveyedTable table;
  table.columns.emplace_back().name = "id";
  TableSurvey survey(std::move(table));
  std::int64_t read = 0;
  for (; !survey.is_enough(); ++read) {
    const Value value = Value::of(read);
    survey.add({&value, 1});
  }
  CHECK(read == 200'000);
  const auto seen = std::move(survey).finish(true);
  CHECK(seen.has_more);
  CHECK(seen.columns.front().never_repeats);
}

TEST_CASE("TableSurvey: long texts end it sooner, and are cut in the sample", "[unit][proposal]") {
  const std::string text(1024 * 1024, 'x');
  SurveyedTable table;
  table.columns.emplace_back().name = "text";
  TableSurvey survey(std::move(table));
  std::int64_t read = 0;
  for (; !survey.is_enough(); ++read) {
    const Value value = Value::of(std::string_view(text));
    survey.add({&value, 1});
  }
  CHECK(read == 256);
  CHECK(std::move(survey).finish(true).columns.front().sample.front().bytes.size() < 400);
}

TEST_CASE("digest_of: a number and the text of it are found in one another", "[unit][proposal]") {
  CHECK(digest_of(Value::of(std::int64_t{42})) == digest_of(Value::of(std::string_view("42"))));
  CHECK(digest_of(Value::of(std::int64_t{42})) != digest_of(Value::of(std::string_view("042"))));
}
