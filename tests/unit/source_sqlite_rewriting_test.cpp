/// Emptying and masking columns of records in a SQLite database, and what may stand against it.
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

class Unstopped : public GoingRecords {
 public:
  [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return false; }
  [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord& record) const override {
    return !removes(record.judgement.outcome) && !record.judgement.rewrites.empty();
  }
};

/// Every record has an undated second purpose: it stays, and what the first one alone needed goes,
/// by `mask`, where `seen` is before 2016.
void minimise(SqliteWorkbench& bench, const std::string& table, std::vector<std::string> columns, Mask mask = {}) {
  TableRules rules = rules_from(table, "seen");
  rules.minimises = true;
  rules.categories = {"contact"};
  rules.purposes[0].categories = {0};
  PurposeRule& other = rules.purposes.emplace_back(rules.purposes[0]);
  other.active->period = {90, 0, 0, 0};
  other.archive.reset();
  other.categories.clear();
  for (std::string& column : columns) rules.personal.push_back({std::move(column), 1, mask});
  bench.rules.tables.push_back({rules, {}, table});
  bench.rules.tables.back().config.name = table;
  bench.matchers.emplace_back(rules, k_days);
}

TableChange rewrite(SqliteWorkbench& bench, const std::string& table, StepLimit limit = {}) {
  const auto source = bench.open(Access::enforce);
  const TablePlan plan{bench.pass(table), 1'000};
  const Unstopped unstopped;
  const auto rewriting = source->rewriting(plan, unstopped);
  TableChange total;
  while (const auto change = rewriting->next(limit)) total += *change;
  return total;
}

/// What it says when it fails.
std::string complaint(SqliteWorkbench& bench, const std::string& table, StepLimit limit = {}) {
  try {
    static_cast<void>(rewrite(bench, table, limit));
  } catch (const Error& error) {
    return error.diagnostic().message;
  }
  return "it didn't fail";
}

const Mask k_dash{Mask::Kind::constant, "-"};

const std::string k_contacts =
    "CREATE TABLE contacts (id INTEGER PRIMARY KEY, email TEXT, city, seen TEXT);"
    "INSERT INTO contacts VALUES (1, 'anna@example.org', x'00ff', '2010-01-01'), (2, 'bea@example.org', 7, "
    "'2026-01-01'),"
    "  (3, NULL, 1.5, '2010-01-01'), (4, '', 'Lyon', '2010-01-01'), (5, 'cid@example.org', NULL, '2011-01-01');";

}  // namespace

TEST_CASE("sqlite: columns are emptied, all others keep value and type", "[unit][sqlite][S15]") {
  SqliteWorkbench bench(k_contacts);
  minimise(bench, "contacts", {"email"});
  const TableChange change = rewrite(bench, "contacts");
  CHECK(change.minimised == 2);
  CHECK(change.columns == std::map<std::string, std::int64_t>{{"email", 2}});
  CHECK(bench.live("SELECT id, quote(email), quote(city), seen FROM contacts") ==
        "1|NULL|X'00FF'|2010-01-01\n2|'bea@example.org'|7|2026-01-01\n3|NULL|1.5|2010-01-01\n"
        "4|''|'Lyon'|2010-01-01\n5|NULL|NULL|2011-01-01\n");
}

TEST_CASE("sqlite: a record that was renewed since it was found is judged again, and stays", "[unit][sqlite][S15]") {
  SqliteWorkbench bench(k_contacts);
  minimise(bench, "contacts", {"email"});
  const auto source = bench.open(Access::enforce);
  const TablePlan plan{bench.pass("contacts"), 1'000};
  // Between the two questions about it, a record's day may have changed, or a stop been added.
  struct Renewed : Unstopped {
    mutable int asked = 0;
    [[nodiscard]] bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const override {
      return Unstopped::is_rewritten(table, record) && (record.row != 1 || asked++ == 0);
    }
  } const renewed;
  const auto change = source->rewriting(plan, renewed)->next({});
  REQUIRE(change);
  CHECK(change->minimised == 1);
  CHECK(change->changed == 1);
  CHECK(bench.live("SELECT email FROM contacts WHERE id IN (1, 5) ORDER BY id") == "anna@example.org\n\n");
}

TEST_CASE("sqlite: masks take what the column makes of them", "[unit][sqlite][S17]") {
  SqliteWorkbench bench(
      "CREATE TABLE people (id INTEGER PRIMARY KEY, zip INTEGER, seen TEXT);"
      "INSERT INTO people VALUES (1, 75011, '2010-01-01'), (2, 69, '2010-01-01');");
  minimise(bench, "people", {"zip"}, {Mask::Kind::truncate, "", 2});
  CHECK(rewrite(bench, "people").minimised == 1);
  CHECK(bench.live("SELECT id, zip, typeof(zip) FROM people") == "1|75|integer\n2|69|integer\n");
  CHECK(rewrite(bench, "people").minimised == 0);
}

TEST_CASE("sqlite: random tokens fit a unique column that refuses NULL", "[unit][sqlite][S17]") {
  SqliteWorkbench bench(
      "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, seen TEXT);"
      "INSERT INTO people VALUES (1, 'a', '2010-01-01'), (2, 'b', '2010-01-01');");
  minimise(bench, "people", {"email"}, {Mask::Kind::random});
  CHECK(rewrite(bench, "people").minimised == 2);
  CHECK(bench.live("SELECT count(DISTINCT email) FROM people WHERE email LIKE 'oubli-%'") == "2\n");
  CHECK(rewrite(bench, "people").minimised == 0);
}

TEST_CASE("sqlite: records of a table without rowids are found by their key", "[unit][sqlite][S15]") {
  SqliteWorkbench bench(
      "CREATE TABLE people (a TEXT, b INTEGER, email TEXT, seen TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;"
      "INSERT INTO people VALUES ('x', 1, 'a', '2010-01-01'), ('x', 2, 'b', '2026-01-01'), ('y', 1, 'c', "
      "'2010-01-01');");
  minimise(bench, "people", {"email"});
  CHECK(rewrite(bench, "people", {1}).minimised == 2);
  CHECK(bench.live("SELECT a, b, email FROM people") == "x|1|\nx|2|b\ny|1|\n");
}

TEST_CASE("sqlite: computed columns follow", "[unit][sqlite][S15]") {
  SqliteWorkbench bench(
      "CREATE TABLE people (id INTEGER PRIMARY KEY, email TEXT, shown TEXT AS (coalesce(email, 'nobody')) STORED,"
      "  seen TEXT);"
      "INSERT INTO people (id, email, seen) VALUES (1, 'anna', '2010-01-01');");
  minimise(bench, "people", {"email"});
  CHECK(rewrite(bench, "people").minimised == 1);
  CHECK(bench.live("SELECT shown FROM people") == "nobody\n");
}

TEST_CASE("sqlite: where one record can't be written, none is changed", "[unit][sqlite][S17]") {
  struct Case {
    const char* column;
    Mask mask;
    const char* what;
  };
  const auto c = GENERATE(values<Case>({
      {"email TEXT NOT NULL", {}, "crm: rewriting records of people: NOT NULL constraint failed: people.email"},
      {"email TEXT UNIQUE", k_dash, "crm: rewriting records of people: UNIQUE constraint failed: people.email"},
      {"email TEXT CHECK (id <> 3 OR length(email) > 1)", k_dash,
       "crm: rewriting records of people: CHECK constraint failed: id <> 3 OR length(email) > 1"},
      {"email TEXT, CHECK (id <> 3 OR email IS NOT NULL)",
       {},
       "crm: rewriting records of people: CHECK constraint failed: id <> 3 OR email IS NOT NULL"},
  }));
  const std::string column = c.column;
  SqliteWorkbench bench(
      "CREATE TABLE people (id INTEGER PRIMARY KEY, seen TEXT, " + column +
      ");INSERT INTO people (id, email, seen) VALUES (1, 'anna', '2010-01-01'), (2, 'bea', '2010-01-01'),"
      "  (3, 'cid', '2010-01-01');");
  minimise(bench, "people", {"email"}, c.mask);
  const std::string before = read_file(bench.config.path);
  const StepLimit one_at_a_time{1};
  CHECK(complaint(bench, "people", one_at_a_time) == c.what);
  CHECK(read_file(bench.config.path) == before);
}

TEST_CASE("sqlite: triggers that rewriting fires are named, others aren't", "[unit][sqlite][S15]") {
  SqliteWorkbench bench(k_contacts +
                        "CREATE TRIGGER of_email AFTER UPDATE OF email ON contacts BEGIN SELECT 1; END;"
                        "CREATE TRIGGER of_city AFTER UPDATE OF city ON contacts BEGIN SELECT 1; END;"
                        "CREATE TRIGGER of_removal AFTER DELETE ON contacts BEGIN SELECT 1; END;");
  minimise(bench, "contacts", {"email"});
  const auto source = bench.open(Access::read);
  const auto triggers = source->rewriting_triggers(bench.rules.tables[0]);
  REQUIRE(triggers.size() == 1);
  CHECK(triggers[0].name == "of_email");
}

TEST_CASE("sqlite: an accepted trigger may touch the record it fires for", "[unit][sqlite][S15]") {
  SqliteWorkbench bench(k_contacts +
                        "CREATE TRIGGER touch AFTER UPDATE OF email ON contacts BEGIN"
                        "  UPDATE contacts SET city = 'touched' WHERE id = new.id; END;");
  minimise(bench, "contacts", {"email"});
  CHECK(rewrite(bench, "contacts").minimised == 2);
  CHECK(bench.live("SELECT id FROM contacts WHERE city = 'touched'") == "1\n5\n");
}

TEST_CASE("sqlite: a trigger that passes the rewriting over or makes the record young again undoes the step",
          "[unit][sqlite][S15]") {
  const std::string action = GENERATE("SELECT RAISE(IGNORE)", "DELETE FROM contacts WHERE id = 2",
                                      "UPDATE contacts SET seen = '2026-01-01' WHERE id = new.id");
  SqliteWorkbench bench(k_contacts + "CREATE TRIGGER odd BEFORE UPDATE OF email ON contacts BEGIN " + action +
                        "; END;");
  minimise(bench, "contacts", {"email"});
  const std::string before = bench.live("SELECT * FROM contacts");
  CHECK(complaint(bench, "contacts") != "it didn't fail");
  CHECK(bench.live("SELECT * FROM contacts") == before);
}

TEST_CASE("sqlite: nothing of an emptied value is left in the files", "[unit][sqlite][erasure][S15]") {
  const std::string mode = GENERATE("DELETE", "WAL");
  SqliteWorkbench bench(
      "PRAGMA journal_mode=" + mode +
      ";CREATE TABLE people (id TEXT PRIMARY KEY, email TEXT, seen TEXT); CREATE INDEX by_email ON people (email);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
      "INSERT INTO people SELECT hex(randomblob(8)), 'sentinel' || i || '@example.org', '2010-01-01' FROM n;");
  minimise(bench, "people", {"email"});
  REQUIRE(occurrences(bench.config.path, "sentinel") > 0);
  const auto source = bench.open(Access::enforce);
  const TablePlan plan{bench.pass("people"), 2'000};
  const Unstopped unstopped;
  const auto rewriting = source->rewriting(plan, unstopped);
  std::int64_t done = 0;
  while (const auto change = rewriting->next({700})) done += change->minimised;
  CHECK(done == 2'000);
  CHECK(source->erase_residue().done);
  for (const char* const suffix : {"", "-wal", "-journal"}) {
    CHECK(occurrences(bench.config.path.string() + suffix, "sentinel") == 0);
  }
}
