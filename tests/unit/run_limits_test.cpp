#include "run/group_plans.hpp"
#include "run/groups.hpp"
#include "run/limits.hpp"
#include "support/memory_tables.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

TableTally tally(std::int64_t rows, std::int64_t due) {
  TableTally result;
  result.rows = rows;
  result.outcomes[Outcome::purge] = due;
  result.outcomes[Outcome::keep] = rows - due;
  return result;
}

std::string code(const std::optional<Refusal>& refusal) { return refusal ? refusal->code : "allowed"; }

std::vector<std::vector<std::string>> names(const std::vector<TableGroup>& groups) {
  std::vector<std::vector<std::string>> result;
  for (const auto& group : groups) {
    result.emplace_back();
    for (const auto* table : group.tables) result.back().push_back(table->rules.table);
  }
  return result;
}

}  // namespace

TEST_CASE("limits: a run that would take too much is refused", "[unit][limits][I8]") {
  struct Case {
    const char* name;
    std::int64_t rows, due;
    double max_share;
    const char* code;
  };
  const auto c = GENERATE(values<Case>({
      {"nothing due", 10, 0, 0.2, "allowed"},
      {"a fifth of a large table", 50, 10, 0.2, "allowed"},
      {"more than a fifth", 50, 11, 0.2, "max-share"},
      {"ten of a small table", 49, 10, 0.2, "allowed"},
      {"eleven of a small table", 49, 11, 0.2, "small-table"},
      {"all of a small table", 1, 1, 0.2, "small-table"},
      {"all, where 100 % is allowed", 1, 1, 1.0, "allowed"},
      {"over max_records", 1'000'000, 100'001, 0.2, "max-records"},
      {"max_records itself", 1'000'000, 100'000, 0.2, "allowed"},
  }));
  CAPTURE(c.name);
  CHECK(code(refusal(tally(c.rows, c.due), {c.max_share, 100'000}, {})) == c.code);
}

TEST_CASE("limits: a small archived table may lose all its records, not more than ten", "[unit][limits][I8]") {
  CHECK(code(refusal(tally(2, 2), {}, {}, Side::archive)) == "allowed");
  CHECK(code(refusal(tally(11, 11), {}, {}, Side::archive)) == "small-table");
  CHECK(code(refusal(tally(100, 21), {}, {}, Side::archive)) == "max-share");
}

TEST_CASE("limits: records that are minimised or anonymised count like those that go", "[unit][limits][I8][S15]") {
  auto changing = tally(100, 15);
  CHECK(code(refusal(changing, {}, {})) == "allowed");
  changing.minimise = 6;
  CHECK(code(refusal(changing, {}, {})) == "max-share");
  changing.minimise = 0;
  changing.outcomes[Outcome::anonymise] = 6;
  REQUIRE(refusal(changing, {}, {}));
  CHECK(refusal(changing, {}, {})->message ==
        "21 of 100 records (21.0 %) would go or change, more than max_share allows (20.0 %)");
}

TEST_CASE("limits: each flag lifts its own limit once", "[unit][limits][I8]") {
  const auto large = tally(200'000, 150'000);
  CHECK(code(refusal(large, {}, {})) == "max-share");
  CHECK(code(refusal(large, {}, {.share = true, .records = false, .catch_up = {}})) == "max-records");
  CHECK(code(refusal(large, {}, {.share = true, .records = true, .catch_up = {}})) == "allowed");
  CHECK(code(refusal(large, {}, {.share = false, .records = false, .catch_up = 10})) == "allowed");
}

TEST_CASE("catch-up: the oldest come first, part of a day last", "[unit][limits][I8]") {
  const std::map<Day, std::int64_t> due{{"2020-01-01"_day, 3}, {"2021-01-01"_day, 4}, {"2022-01-01"_day, 5}};
  const auto texts = [&](std::int64_t most) {
    std::string text;
    for (const auto& share : oldest_shares(due, most)) {
      text += std::to_string(share.records) + " until " + to_text(share.until) + "; ";
    }
    return text;
  };
  CHECK(texts(2) == "2 until 2020-01-01; ");
  CHECK(texts(3) == "3 until 2020-01-01; ");
  CHECK(texts(5) == "3 until 2020-01-01; 2 until 2021-01-01; ");
  CHECK(texts(12) == "12 until 2022-01-01; ");
  CHECK(texts(99) == "12 until 2022-01-01; ");
}

TEST_CASE("groups: children before parents, followers before what they follow", "[unit][groups][S20]") {
  MemoryTables tables;
  for (const auto* name : {"customers", "orders", "lines", "remarks", "invoices"}) tables.add(name, {});
  tables.follow("lines", "orders");
  tables.follow("remarks", "lines");
  tables.relate("orders", "customers");
  tables.relate("invoices", "orders");
  CHECK(names(table_groups(tables.rules())) ==
        std::vector<std::vector<std::string>>{{"invoices"}, {"remarks", "lines", "orders"}, {"customers"}});
}

TEST_CASE("groups: tables in a circle are one group, and a table that points to itself is one too",
          "[unit][groups][S20]") {
  MemoryTables tables;
  for (const auto* name : {"a", "b", "c", "d"}) tables.add(name, {});
  tables.relate("a", "b");
  tables.relate("b", "a");
  tables.relate("c", "a");
  tables.relate("d", "d");
  const auto groups = table_groups(tables.rules());
  CHECK(names(groups) == std::vector<std::vector<std::string>>{{"c"}, {"a", "b"}, {"d"}});
  CHECK_FALSE(groups[0].as_one);
  CHECK(groups[1].as_one);
  CHECK(groups[2].as_one);
}

TEST_CASE("groups: foreign keys tie tables together over any number of steps", "[unit][groups][I8]") {
  MemoryTables tables;
  for (const auto* name : {"a", "b", "c", "d"}) tables.add(name, {});
  tables.relate("a", "b");
  tables.relate("b", "c");
  CHECK(tied_tables(tables.rules(), "c") == std::set<std::string>{"a", "b", "c"});
  CHECK(tied_tables(tables.rules(), "d") == std::set<std::string>{"d"});
}
