#include "run/families.hpp"
#include "support/memory_tables.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <random>
#include <set>

using namespace oubli;
using namespace oubli::test;

namespace {

using Ids = std::set<int>;

class ForEach : public RecordSink {
 public:
  explicit ForEach(std::function<void(const JudgedRecord&)> use) : m_use(std::move(use)) {}
  void record(const JudgedRecord& record) override { m_use(record); }

 private:
  std::function<void(const JudgedRecord&)> m_use;
};

std::set<std::string> all_tables(const RuledDataset& rules) {
  std::set<std::string> names;
  for (const auto& table : rules.tables) names.insert(table.rules.table);
  return names;
}

/// Every record of each table under its outcome: "purge", "held".
using Outcomes = std::map<std::string, std::vector<std::string>>;

Outcomes outcomes(MemoryTables& tables, const std::vector<Stop>& stops) {
  auto& source = tables.open();
  Families families(tables.rules(), all_tables(tables.rules()), Side::live, dataset_stops(stops, tables.rules(), {}, {}));
  for (const auto& table : tables.rules().tables) {
    ForEach note([&](const JudgedRecord& record) { families.note(table, record); });
    source.for_each(families.first_pass(table, tables.matchers().at(table.rules.table)), note);
  }
  (void)families.settle(source, tables.matchers());
  Outcomes result;
  for (const auto& table : tables.rules().tables) {
    ForEach note([&](const JudgedRecord& record) {
      const auto outcome = families.outcome(table, record);
      CHECK(families.goes(table, record) == removes(outcome));
      result[table.rules.table].emplace_back(to_text(outcome));
    });
    source.for_each(families.pass(table, tables.matchers().at(table.rules.table)), note);
  }
  return result;
}

Stop hold(std::string table, std::string condition = {}) {
  Stop stop;
  stop.number = 1;
  stop.scope.dataset = "shop";
  stop.scope.table = std::move(table);
  stop.scope.condition = std::move(condition);
  return stop;
}

Stop restriction_of(std::string_view subject) {
  Stop stop;
  stop.number = 2;
  stop.kind = StopKind::restriction;
  stop.scope.subject = subject_digest(TableStops::Key{}, Value::of(subject));
  return stop;
}

using Texts = std::vector<std::string>;

/// What is asked of each record.
enum class Ask { goes, is_rewritten };

/// The rows (from 1) of each table that go.
std::map<std::string, Ids> going(MemoryTables& tables, std::set<std::string> taking_part = {}, Ask ask = Ask::goes,
                                 Side side = Side::live) {
  auto& source = tables.open(side);
  Families families(tables.rules(), taking_part.empty() ? all_tables(tables.rules()) : std::move(taking_part), side);
  for (const auto& table : tables.rules().tables) {
    ForEach note([&](const JudgedRecord& record) { families.note(table, record); });
    source.for_each(families.first_pass(table, tables.matchers().at(table.rules.table)), note);
  }
  (void)families.settle(source, tables.matchers());
  std::map<std::string, Ids> result;
  for (const auto& table : tables.rules().tables) {
    auto& ids = result[table.rules.table];
    ForEach note([&](const JudgedRecord& record) {
      const bool yes = ask == Ask::goes ? families.goes(table, record) : families.is_rewritten(table, record);
      if (yes) ids.insert(static_cast<int>(record.row));
    });
    source.for_each(families.pass(table, tables.matchers().at(table.rules.table)), note);
  }
  return result;
}

}  // namespace

TEST_CASE("families: a parent with a child that isn't due stays", "[unit][families][S20]") {
  MemoryTables tables;
  tables.add("orders", {{1, 1, true}, {2, 1, false}, {3, 2, true}});
  tables.add("customers", {{1, 0, true}, {2, 0, true}, {3, 0, false}});
  tables.relate("orders", "customers");
  const auto result = going(tables);
  CHECK(result.at("orders") == Ids{1, 3});
  CHECK(result.at("customers") == Ids{2});
}

TEST_CASE("families: who stays keeps its own parents, over any number of steps", "[unit][families][S20]") {
  MemoryTables tables;
  tables.add("groups", {{1, 0, true}, {2, 0, true}});
  tables.add("customers", {{1, 1, true}, {2, 2, true}});
  tables.add("orders", {{1, 1, false}, {2, 2, true}});
  tables.relate("orders", "customers");
  tables.relate("customers", "groups");
  const auto result = going(tables);
  CHECK(result.at("customers") == Ids{2});
  CHECK(result.at("groups") == Ids{2});
}

TEST_CASE("families: a cycle goes or stays as one", "[unit][families][S20]") {
  MemoryTables tables;
  tables.add("staff", {{1, 2, true}, {2, 1, true}, {3, 4, true}, {4, 3, false}, {5, 5, true}});
  tables.relate("staff", "staff");
  CHECK(going(tables).at("staff") == Ids{1, 2, 5});
}

TEST_CASE("families: children in a table no rule knows never go", "[unit][families][S20]") {
  MemoryTables tables;
  tables.add("customers", {{1, 0, true}, {2, 0, true}});
  tables.add_unmapped("tickets", {{1, 2, true}});
  tables.relate("tickets", "customers");
  CHECK(going(tables).at("customers") == Ids{1});
}

TEST_CASE("families: an archived child needs a parent that would be purged, not one archived with it",
          "[unit][families][S20]") {
  const auto then = GENERATE(Then::purge, Then::archive);
  const Ids expected = then == Then::archive ? Ids{1, 2, 3} : Ids{3};
  MemoryTables tables;
  tables.add("customers", {{1, 0, true}, {2, 0, true}, {3, 0, true}}, then);
  tables.add("invoices", {{1, 1, true}}, Then::archive);
  tables.add_archived("invoices", {{9, 2, true}});
  tables.relate("invoices", "customers");
  CHECK(going(tables).at("customers") == expected);
}

TEST_CASE("families: in the archive, children that stay there keep their parents", "[unit][families][archive][S20]") {
  MemoryTables tables;
  tables.add("orders", {{1, 1, false}});
  tables.add("customers", {{1, 0, true}});
  tables.add_archived("orders", {{11, 1, true}, {12, 2, false}, {13, 3, true}});
  tables.add_archived("customers", {{1, 0, true}, {2, 0, true}, {3, 0, true}, {4, 0, false}});
  tables.relate("orders", "customers");
  const auto result = going(tables, {}, Ask::goes, Side::archive);
  CHECK(result.at("orders") == Ids{1, 3});
  CHECK(result.at("customers") == Ids{1, 3});
}

TEST_CASE("families: an archived parent stays for live children that have no live parent",
          "[unit][families][archive][S20]") {
  MemoryTables tables;
  tables.add("orders", {{1, 1, true}, {2, 2, true}});
  tables.add("customers", {{1, 0, true}});
  tables.add_archived("customers", {{1, 0, true}, {2, 0, true}, {3, 0, true}});
  tables.relate("orders", "customers");
  CHECK(going(tables, {}, Ask::goes, Side::archive).at("customers") == Ids{1, 3});
}

TEST_CASE("families: archived records of a table without rules never go, nor do their parents",
          "[unit][families][archive][S20]") {
  MemoryTables tables;
  tables.add_unmapped("letters", {});
  tables.add("customers", {{5, 0, true}});
  tables.add_archived("letters", {{1, 1, true}});
  tables.add_archived("customers", {{1, 0, true}, {2, 0, true}});
  tables.relate("letters", "customers");
  CHECK(going(tables, {}, Ask::goes, Side::archive).at("customers") == Ids{2});
  CHECK(going(tables).at("customers") == Ids{1});
}

TEST_CASE("families: a table left out of the run stays, and what it points to", "[unit][families][S20]") {
  MemoryTables tables;
  tables.add("customers", {{1, 0, true}, {2, 0, true}});
  tables.add("orders", {{1, 1, true}});
  tables.relate("orders", "customers");
  const auto result = going(tables, {"customers"});
  CHECK(result.at("orders").empty());
  CHECK(result.at("customers") == Ids{2});
}

TEST_CASE("families: followers go with their parent, and keep it when something below them stays",
          "[unit][families][S12][S20]") {
  MemoryTables tables;
  tables.add("orders", {{1, 0, true}, {2, 0, true}, {3, 0, false}});
  tables.add("lines", {{1, 1, false}, {2, 1, false}, {3, 2, false}, {4, 3, true}});
  tables.follow("lines", "orders");
  tables.add("claims", {{1, 2, false}});
  tables.relate("claims", "lines");
  const auto result = going(tables);
  CHECK(result.at("orders") == Ids{2});
  CHECK(result.at("lines") == Ids{3});
}

TEST_CASE("families: a held record stays and keeps its parents", "[unit][families][S14][S18]") {
  MemoryTables tables;
  tables.add("groups", {{1, 0, true}, {2, 0, true}});
  tables.add("customers", {{1, 1, true}, {2, 2, true}});
  tables.add("orders", {{1, 1, true}, {2, 2, true}, {3, 0, false}});
  tables.relate("orders", "customers");
  tables.relate("customers", "groups");
  const auto result = outcomes(tables, {hold("orders", "id = 1 or id = 3")});
  CHECK(result.at("orders") == Texts{"held", "purge", "keep"});
  CHECK(result.at("customers") == Texts{"blocked", "purge"});
  CHECK(result.at("groups") == Texts{"blocked", "purge"});
}

TEST_CASE("families: held goes before restricted, and restricted before blocked", "[unit][families][S14]") {
  MemoryTables tables;
  tables.add("customers", {{1, 0, true}, {2, 0, true}, {3, 0, true}});
  tables.add("orders", {{1, 1, false}, {2, 2, false}, {3, 3, false}});
  tables.relate("orders", "customers");
  tables.ruled("customers").subject = SubjectPath{{}, "id"};
  tables.ruled("orders").subject = SubjectPath{{tables.rules().relations[0]}, "id"};
  const auto result = outcomes(tables, {hold("customers", "id = 1"), restriction_of("1"), restriction_of("2")});
  CHECK(result.at("customers") == Texts{"held", "restricted", "blocked"});
  CHECK(result.at("orders") == Texts{"keep", "keep", "keep"});
}

TEST_CASE("families: followers share their parent's stop, over any number of steps", "[unit][families][S12][S18]") {
  MemoryTables tables;
  tables.add("words", {{1, 1, false}, {2, 2, false}});
  tables.add("lines", {{1, 1, false}, {2, 2, false}});
  tables.add("orders", {{1, 0, true}, {2, 0, true}});
  tables.follow("lines", "orders");
  tables.follow("words", "lines");
  const auto by = GENERATE(as<std::string>(), "a condition", "a table", "a subject");
  CAPTURE(by);
  if (by == "a subject") {
    tables.ruled("orders").subject = SubjectPath{{}, "id"};
    tables.ruled("lines").subject = SubjectPath{{tables.rules().relations[0]}, "id"};
    tables.ruled("words").subject = SubjectPath{{tables.rules().relations[1], tables.rules().relations[0]}, "id"};
  }
  const auto stop = by == "a condition" ? hold("orders", "id = 1") : by == "a table" ? hold("orders") : restriction_of("1");
  const auto result = outcomes(tables, {stop});
  const std::string first = by == "a subject" ? "restricted" : "held";
  const std::string second = by == "a table" ? "held" : "purge";
  CHECK(result.at("orders") == Texts{first, second});
  CHECK(result.at("lines") == Texts{first, second});
  CHECK(result.at("words") == Texts{first, second});
}

TEST_CASE("families: a stopped follower keeps its parent, and what else follows that", "[unit][families][S12][S18]") {
  MemoryTables tables;
  tables.add("orders", {{1, 0, true}, {2, 0, true}});
  tables.add("lines", {{1, 1, false}, {2, 1, false}, {3, 2, false}});
  tables.follow("lines", "orders");
  const auto result = outcomes(tables, {hold("lines", "id = 2")});
  CHECK(result.at("lines") == Texts{"blocked", "held", "purge"});
  CHECK(result.at("orders") == Texts{"blocked", "purge"});
}

TEST_CASE("families: a table out of a person's reach is covered whole unless that was accepted",
          "[unit][families][S18]") {
  MemoryTables tables;
  tables.add("visits", {{1, 0, true}, {2, 0, false}});
  auto stop = restriction_of("1");
  CHECK(outcomes(tables, {stop}).at("visits") == Texts{"restricted", "keep"});
  stop.scope.unreachable = {"shop.visits"};
  CHECK(outcomes(tables, {stop}).at("visits") == Texts{"purge", "keep"});
}

TEST_CASE("families: what isn't due can be stopped all the same, for what would rewrite it", "[unit][families][S18]") {
  MemoryTables tables;
  tables.add("orders", {{1, 0, false}, {2, 0, false}});
  tables.add("lines", {{1, 1, false}, {2, 2, false}});
  tables.follow("lines", "orders");
  auto& source = tables.open();
  Families families(tables.rules(), all_tables(tables.rules()), Side::live,
                    dataset_stops({hold("orders", "id = 1")}, tables.rules(), {}, {}));
  for (const auto& table : tables.rules().tables) {
    ForEach note([&](const JudgedRecord& record) { families.note(table, record); });
    source.for_each(families.first_pass(table, tables.matchers().at(table.rules.table)), note);
  }
  (void)families.settle(source, tables.matchers());
  for (const auto& table : tables.rules().tables) {
    ForEach check([&](const JudgedRecord& record) { CHECK(families.is_stopped(table, record) == (record.row == 1)); });
    source.for_each(families.pass(table, tables.matchers().at(table.rules.table)), check);
  }
}

namespace {

/// The same question, answered the slow way: strike out whoever has a child that stays, until
/// nobody is left to strike.
std::map<std::string, Ids> going_by_brute_force(const std::map<std::string, std::vector<Row>>& rows,
                                                const std::vector<std::pair<std::string, std::string>>& relations) {
  std::map<std::string, Ids> result;
  for (const auto& [table, its_rows] : rows) {
    for (const auto& row : its_rows) {
      if (row.due) result[table].insert(row.id);
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [child, parent] : relations) {
      for (const auto& row : rows.at(child)) {
        if (!result[child].contains(row.id)) changed |= result[parent].erase(row.up) > 0;
      }
    }
  }
  return result;
}

}  // namespace

TEST_CASE("families: agree with brute force on generated tables", "[unit][families][S20]") {
  std::mt19937 random(20260101);
  const std::vector<std::string> names{"a", "b", "c", "d"};
  for (int round = 0; round < 300; ++round) {
    std::map<std::string, std::vector<Row>> rows;
    MemoryTables tables;
    for (const auto& name : names) {
      for (int id = 1; id <= 6; ++id) {
        rows[name].push_back({id, static_cast<int>(random() % 8), random() % 4 != 0});
      }
      tables.add(name, rows[name]);
    }
    std::vector<std::pair<std::string, std::string>> relations;
    for (std::size_t i = 0; i < 4; ++i) relations.emplace_back(names[random() % 4], names[random() % 4]);
    for (const auto& [child, parent] : relations) tables.relate(child, parent);
    auto expected = going_by_brute_force(rows, relations);
    for (const auto& [table, ids] : going(tables)) {
      CAPTURE(round, table);
      CHECK(ids == expected[table]);
    }
  }
}

TEST_CASE("families: a blocked parent is minimised, one that leaves isn't", "[unit][families][S15][S20]") {
  MemoryTables tables;
  tables.add("orders", {{1, 1, true}, {2, 2, false}});
  tables.add("customers", {{1, 0, true}, {2, 0, true}, {3, 0, false}});
  tables.relate("orders", "customers");
  auto& rules = tables.ruled("customers").rules;
  rules.minimises = true;
  rules.categories = {"contact"};
  rules.purposes[0].categories = {0};
  rules.personal = {{"last", 1}};
  const auto rewritten = [&] { return going(tables, {}, Ask::is_rewritten).at("customers"); };
  CHECK(rewritten() == Ids{2});
  CHECK(going(tables, {"orders"}, Ask::is_rewritten).at("customers") == Ids{});
  rules.needed_below = 1;
  CHECK(rewritten() == Ids{});
}
