#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/digest.hpp"
#include "run/families.hpp"
#include "run/saved_plan.hpp"
#include "support/memory_tables.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <set>

using namespace oubli;
using namespace oubli::test;

namespace {

using Ids = std::set<int>;
using std::chrono::hours;

constexpr RecordDigester::Key k_key{1, 2, 3};
constexpr RecordDigester::Key k_other_key{9};

std::chrono::system_clock::time_point made_at() { return "2026-11-22"_day + hours(9); }

SavedRecord record(unsigned char byte, std::int64_t count) {
  SavedRecord record;
  record.digest.fill(byte);
  record.count = count;
  return record;
}

SavedPlan sample() {
  return {"5747a7e0", "2026-11-22T09:00:00Z", {{"config", "sha256:00"}},
          {{"crm", "contacts", Side::live, "sha256:0a", {record(3, 1), record(7, 2)}},
           {"crm", "contacts", Side::archive, "sha256:0b", {record(4, 1)}}}};
}

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.cause() == Cause::refused);
    return error.what();
  }
  return "accepted";
}

std::string read_error(const std::string& text, const RecordDigester::Key& key = k_key) {
  return refusal([&] { (void)plan_from_text(text, key); });
}

Project project() {
  Project project;
  project.config.digest = "sha256:00";
  return project;
}

// ---------------------------------------------------------------- the records of a plan

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

/// A plan of all that is due in these tables.
SavedPlan plan_of(MemoryTables& tables) {
  auto& source = tables.open();
  SavedPlan plan;
  for (const auto& table : tables.rules().tables) {
    const auto schemas = source.schema();
    const auto& schema = *find_schema(schemas, table.rules.table);
    const RecordDigester digester(k_key, Side::live, table, column_names(schema));
    std::map<RecordDigest, std::int64_t> found;
    ForEach note([&](const JudgedRecord& each) {
      if (removes(each.judgement.outcome)) ++found[*digester.of(each, fate_of_going(each.judgement))];
    });
    TablePass pass;
    pass.table = &table;
    pass.matcher = &tables.matchers().at(table.rules.table);
    source.for_each(digester.widened(pass), note);
    SavedTable saved{"shop", table.rules.table, Side::live, schema_digest(schema, tables.rules().relations), {}};
    for (const auto& [digest, count] : found) saved.records.push_back({digest, count});
    plan.tables.push_back(std::move(saved));
  }
  return plan;
}

/// The rows (from 1) of each table that go by the plan.
std::map<std::string, Ids> going_by(const SavedPlan& plan, MemoryTables& tables) {
  auto& source = tables.open();
  auto planned = std::make_shared<PlannedRecords>(plan, k_key, tables.rules(), Side::live, source.schema());
  for (const auto& table : tables.rules().tables) planned->count(source, table, tables.matchers().at(table.rules.table));
  Families families(tables.rules(), all_tables(tables.rules()), Side::live, std::make_shared<DatasetStops>(), {}, planned);
  for (const auto& table : tables.rules().tables) {
    ForEach note([&](const JudgedRecord& each) { families.note(table, each); });
    source.for_each(families.first_pass(table, tables.matchers().at(table.rules.table)), note);
  }
  (void)families.settle(source, tables.matchers());
  std::map<std::string, Ids> result;
  for (const auto& table : tables.rules().tables) {
    auto& ids = result[table.rules.table];
    ForEach note([&](const JudgedRecord& each) {
      if (families.goes(table, each)) ids.insert(static_cast<int>(each.row));
      CHECK_FALSE((families.goes(table, each) && families.is_left_out(table, each)));
    });
    source.for_each(families.pass(table, tables.matchers().at(table.rules.table)), note);
  }
  return result;
}

MemoryTables customers(const std::vector<Row>& rows, Then then = Then::purge) {
  MemoryTables tables;
  tables.add("customers", rows, then);
  return tables;
}

}  // namespace

TEST_CASE("saved plan: what is written is read back", "[unit][saved-plan][I9]") {
  const auto text = to_text(sample(), k_key);
  const auto read = plan_from_text(text, k_key);
  CHECK(read.state == sample().state);
  CHECK(read.made_at == sample().made_at);
  CHECK(read.texts == sample().texts);
  CHECK(read.tables == sample().tables);
  CHECK(read.count() == 4);
  CHECK(read.find("crm", "contacts", Side::archive)->count() == 1);
  CHECK(read.find("crm", "addresses", Side::live) == nullptr);
}

TEST_CASE("saved plan: any byte that is changed is noticed, and any that is missing", "[unit][saved-plan][I9]") {
  const auto text = to_text(sample(), k_key);
  const auto damaged = read_error("");
  CHECK(damaged.find("changed, cut off, or made elsewhere") != std::string::npos);
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK(read_error(changed) == damaged);
    CHECK(read_error(text.substr(0, i)) == damaged);
  }
  CHECK(read_error(text + "\n") == damaged);
  CHECK(read_error(text + text) == damaged);
  CHECK(read_error(text, k_other_key) == damaged);
}

TEST_CASE("saved plan: one that is well signed and no plan is refused, too", "[unit][saved-plan][I9]") {
  const auto lines = GENERATE(as<std::string>{}, "", "oubli.plan/2 {}\n", "oubli.plan/1 {}\n", "oubli.plan/1 [\n",
                              R"(oubli.plan/1 {"state":"a","made_at":"b","texts":{}})"
                              "\n00000000000000000000000000000000 1\n");
  const auto end = "end hmac-sha256:" + to_hex(hmac_sha256(k_key, lines)) + "\n";
  CHECK(read_error(lines + end) == read_error(""));
}

TEST_CASE("saved plan: it must fit", "[unit][saved-plan][I9]") {
  const auto check = [](const SavedPlan& plan, const Project& now, const std::string& state, hours later) {
    return refusal([&] { require_fitting(plan, now, state, made_at() + later); });
  };
  auto changed = project();
  changed.config.digest = "sha256:01";
  CHECK(check(sample(), project(), "5747a7e0", hours(0)) == "accepted");
  CHECK(check(sample(), project(), "5747a7e0", k_plan_is_good_for) == "accepted");
  CHECK(check(sample(), project(), "5747a7e0", k_plan_is_good_for + hours(1)) ==
        "the plan was made more than 31 days ago, on 2026-11-22T09:00:00Z");
  CHECK(check(sample(), project(), "5747a7e0", hours(-1)) ==
        "the plan was made later than the clock says, on 2026-11-22T09:00:00Z");
  CHECK(check(sample(), project(), "other", hours(0)) == "the plan was made with another state");
  CHECK(check(sample(), changed, "5747a7e0", hours(0)) == "changed since the plan was made: config");
}

TEST_CASE("saved plan: what is due now and isn't in it stays", "[unit][saved-plan][I9]") {
  auto before = customers({{1, 0, true}, {2, 0, false}, {3, 0, true}});
  auto after = customers({{1, 0, true}, {2, 0, true}, {3, 0, true}, {4, 0, true}});
  CHECK(going_by(plan_of(before), after).at("customers") == Ids{1, 3});
}

TEST_CASE("saved plan: a record in it that has changed, or is due for something else, stays", "[unit][saved-plan][I9]") {
  auto before = customers({{1, 0, true}, {2, 0, true}, {3, 0, true}});
  auto changed = customers({{1, 7, true}, {2, 0, true}, {3, 0, false}});
  CHECK(going_by(plan_of(before), changed).at("customers") == Ids{2});
  auto to_archive = customers({{1, 0, true}, {2, 0, true}, {3, 0, true}}, Then::archive);
  CHECK(going_by(plan_of(before), to_archive).at("customers").empty());
}

TEST_CASE("saved plan: of equal records no more go than it counts", "[unit][saved-plan][I9]") {
  auto two = customers({{1, 0, true}, {1, 0, true}, {2, 0, true}});
  const auto plan = plan_of(two);
  auto one = customers({{1, 0, true}, {2, 0, true}});
  auto three = customers({{1, 0, true}, {1, 0, true}, {1, 0, true}, {2, 0, true}});
  CHECK(going_by(plan, two).at("customers") == Ids{1, 2, 3});
  CHECK(going_by(plan, one).at("customers") == Ids{1, 2});
  CHECK(going_by(plan, three).at("customers") == Ids{4});
}

TEST_CASE("saved plan: a record goes only with those that point to it", "[unit][saved-plan][I9][S20]") {
  const bool follows = GENERATE(false, true);
  const auto tables = [&](const std::vector<Row>& orders) {
    MemoryTables made;
    made.add("orders", orders);
    made.add("customers", {{1, 0, true}, {2, 0, true}});
    follows ? made.follow("orders", "customers") : made.relate("orders", "customers");
    return made;
  };
  auto before = tables({{11, 1, true}, {12, 2, true}});
  auto after = tables({{11, 1, true}, {12, 2, true}, {13, 2, true}});
  const auto going = going_by(plan_of(before), after);
  CHECK(going.at("customers") == Ids{1});
  CHECK(going.at("orders") == (follows ? Ids{1} : Ids{1, 2}));
}

TEST_CASE("saved plan: what follows a record that isn't in it stays with it", "[unit][saved-plan][I9][S12]") {
  MemoryTables tables;
  tables.add("orders", {{11, 1, true}, {12, 2, true}});
  tables.add("customers", {{1, 0, true}, {2, 0, true}});
  tables.follow("orders", "customers");
  auto plan = plan_of(tables);
  plan.tables.back().records.pop_back();
  const auto going = going_by(plan, tables);
  CHECK(going.at("customers").size() == 1);
  CHECK(going.at("orders") == going.at("customers"));
}

TEST_CASE("saved plan: a table whose schema has changed is refused", "[unit][saved-plan][I9]") {
  auto before = customers({{1, 0, true}});
  auto plan = plan_of(before);
  plan.tables.front().schema = "sha256:other";
  CHECK(refusal([&] { (void)going_by(plan, before); }) ==
        "shop.customers: its schema has changed since the plan was made");
}
