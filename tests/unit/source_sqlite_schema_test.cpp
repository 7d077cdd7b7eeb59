/// What the SQLite source says of a database's schema.
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;
using namespace oubli::test;

namespace {

TableSchema table_of(const std::vector<TableSchema>& schema, const std::string& name) {
  const auto found = std::ranges::find(schema, name, &TableSchema::name);
  REQUIRE(found != schema.end());
  return *found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("sqlite: the schema tells columns, keys and what is generated", "[unit][sqlite][schema]") {
  SqliteWorkbench bench(
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR(9) NOT NULL UNIQUE, c AS (a + 1), d AS (b || 'x') STORED,"
      "  UNIQUE (b, d));"
      "CREATE UNIQUE INDEX partial ON t (d) WHERE a > 1; CREATE UNIQUE INDEX expression ON t (lower(b));");
  const auto table = table_of(bench.open(Access::read)->schema(), "t");
  REQUIRE(table.columns.size() == 4);
  CHECK(table.columns[1].declared_type == "VARCHAR(9)");
  CHECK(table.columns[1].not_null);
  CHECK_FALSE(table.columns[1].generated);
  CHECK(table.columns[2].generated);
  CHECK(table.columns[3].generated);
  CHECK(table.primary_key == Names{"a"});
  CHECK(table.unique == std::vector<Names>{{"a"}, {"b", "d"}, {"b"}});
}

TEST_CASE("sqlite: a rowid is implicit where neither a column nor an index holds it", "[unit][sqlite][schema]") {
  struct Case {
    const char* sql;
    bool implicit;
  };
  const auto c = GENERATE(values<Case>({
      {"CREATE TABLE t (a, b)", true},
      {"CREATE TABLE t (a INTEGER PRIMARY KEY, b)", false},
      {"CREATE TABLE t (a INTEGER, b, PRIMARY KEY (a))", false},
      {"CREATE TABLE t (a INT PRIMARY KEY, b)", false},
      {"CREATE TABLE t (a TEXT PRIMARY KEY, b)", false},
      {"CREATE TABLE t (a TEXT PRIMARY KEY, b) WITHOUT ROWID", false},
  }));
  CAPTURE(c.sql);
  SqliteWorkbench bench(c.sql);
  CHECK(table_of(bench.open(Access::read)->schema(), "t").implicit_rowid == c.implicit);
}

TEST_CASE("sqlite: views, virtual and shadow tables aren't plain", "[unit][sqlite][schema]") {
  SqliteWorkbench bench(
      "CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW broken AS SELECT * FROM nowhere;"
      "CREATE VIRTUAL TABLE search USING fts5(body);");
  const auto schema = bench.open(Access::read)->schema();
  CHECK(table_of(schema, "t").is_plain_table);
  for (const char* const name : {"v", "broken", "search", "search_content"})
    CHECK_FALSE(table_of(schema, name).is_plain_table);
  CHECK(std::ranges::none_of(schema, [](const TableSchema& table) { return table.name.starts_with("sqlite_"); }));
}

TEST_CASE("sqlite: foreign keys are named as the schema writes them", "[unit][sqlite][schema][S20]") {
  SqliteWorkbench bench(
      "CREATE TABLE Parents (Id INTEGER PRIMARY KEY, X TEXT, Y TEXT, UNIQUE (X, Y));"
      "CREATE TABLE implicit (p REFERENCES parents);"
      "CREATE TABLE pair (a, b, FOREIGN KEY (a, b) REFERENCES PARENTS (y, x));"
      "CREATE TABLE dangling (p REFERENCES nowhere);"
      "CREATE TABLE itself (id INTEGER PRIMARY KEY, boss REFERENCES itself);");
  const auto keys = bench.open(Access::read)->foreign_keys();
  CHECK(keys == std::vector<Relation>{{"implicit", {"p"}, "Parents", {"Id"}, false},
                                      {"itself", {"boss"}, "itself", {"id"}, false},
                                      {"pair", {"a", "b"}, "Parents", {"Y", "X"}, false}});
}

TEST_CASE("sqlite: triggers that a removal fires are found, other ones not", "[unit][sqlite][schema][I10]") {
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, seen TEXT); CREATE TABLE log (x); CREATE TABLE other (x);"
      "CREATE TRIGGER \"on delete\" AFTER DELETE ON contacts BEGIN INSERT INTO log VALUES (old.id); END;"
      "CREATE TRIGGER chained AFTER INSERT ON log BEGIN SELECT 1; END;"
      "CREATE TRIGGER guard BEFORE DELETE ON contacts WHEN old.id = 0 BEGIN SELECT RAISE(IGNORE); END;"
      "CREATE TRIGGER on_insert AFTER INSERT ON contacts BEGIN DELETE FROM log; END;"
      "CREATE TRIGGER elsewhere AFTER DELETE ON other BEGIN DELETE FROM log; END;");
  bench.rule("contacts", "seen");
  std::vector<std::string> found;
  for (const Trigger& trigger : bench.open(Access::read)->removal_triggers("contacts"))
    found.push_back(trigger.table + "." + trigger.name);
  CHECK(found == Names{"log.chained", "contacts.guard", "contacts.on delete"});
}

TEST_CASE("sqlite: a broken foreign key fails the tables it touches, not others", "[unit][sqlite][schema]") {
  struct Case {
    const char* name;
    const char* child;
    const char* failing;
    const char* parent;
  };
  const auto c = GENERATE(values<Case>({
      {"missing table", "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES nowhere, seen TEXT)", "c", "nowhere"},
      {"missing column", "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES parents (gone), seen TEXT)", "parents",
       "parents"},
      {"columns not unique", "CREATE TABLE c (id INTEGER PRIMARY KEY, p REFERENCES parents (x), seen TEXT)", "parents",
       "parents"},
  }));
  CAPTURE(c.name);
  SqliteWorkbench bench(std::string("CREATE TABLE parents (id INTEGER PRIMARY KEY, x TEXT, seen TEXT);") +
                        "CREATE TABLE other (id INTEGER PRIMARY KEY, seen TEXT);" + c.child);
  for (const char* const table : {"parents", "c", "other"}) bench.rule(table, "seen");
  const auto source = bench.open(Access::enforce);
  CHECK(source->removal_triggers("other").empty());
  try {
    (void)source->removal_triggers(c.failing);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.diagnostic().message ==
          std::string("crm.") + c.failing + ": the foreign key of c to " + c.parent + " matches no key there");
    CHECK(error.diagnostic().hint == "correct or drop the foreign key of c");
  }
}

TEST_CASE("sqlite: triggers that keep a full-text index are found", "[unit][sqlite][schema][I10]") {
  SqliteWorkbench bench(
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT, seen TEXT);"
      "CREATE VIRTUAL TABLE search USING fts5(body, content = 'notes', content_rowid = 'id');"
      "CREATE TRIGGER unindex AFTER DELETE ON notes BEGIN"
      "  INSERT INTO search (search, rowid, body) VALUES ('delete', old.id, old.body); END;");
  bench.rule("notes", "seen");
  const auto triggers = bench.open(Access::read)->removal_triggers("notes");
  REQUIRE(triggers.size() == 1);
  CHECK(triggers[0].name == "unindex");
}
