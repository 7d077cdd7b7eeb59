/// Moving records out of a SQLite database: what goes, what stays, what the archive notes.
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>

using namespace oubli;
using namespace oubli::test;

namespace {

const char* const k_contacts =
    "CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, seen TEXT);"
    "INSERT INTO contacts VALUES (1, 'old', '2010-01-01'), (2, 'middle', '2020-01-01'), (3, 'new', '2026-01-01'),"
    "  (4, 'next', '2021-05-06');";

}  // namespace

TEST_CASE("sqlite: records go to the archive or for good, and others stay", "[unit][sqlite][S14]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen", {"id"});
  bench.rules.tables[0].subject = SubjectPath{{}, "name"};
  const auto source = bench.open(Access::enforce);
  auto done = bench.enforce(*source, bench.plan({"contacts"}));
  CHECK(done["contacts"].archived == 2);
  CHECK(done["contacts"].purged == 1);
  CHECK(done["contacts"].changed == 0);
  CHECK(bench.live("SELECT id FROM contacts") == "3\n");
  CHECK(bench.archived("SELECT * FROM contacts") == "2|middle|2020-01-01\n4|next|2021-05-06\n");
  CHECK(bench.archived("SELECT run, source_table, key_text, purposes, events, state FROM oubli_records") ==
        "run-1|contacts|2|[\"prospecting\"]|{\"last_contact\":\"2020-01-01\"}|confirmed\n"
        "run-1|contacts|4|[\"prospecting\"]|{\"last_contact\":\"2021-05-06\"}|confirmed\n");
  CHECK(bench.archived("SELECT count(DISTINCT subject_digest), min(length(subject_digest)) FROM oubli_records") ==
        "2|32\n");
  CHECK(bench.archived("SELECT state_id, dataset FROM oubli_archive") == "state-1|crm\n");
  CHECK(source->archived_to() == std::vector{bench.archive()});
  struct stat status {};
  REQUIRE(::stat(bench.archive().c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("sqlite: steps take the next records until none are left", "[unit][sqlite]") {
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, seen TEXT);"
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
      "INSERT INTO contacts SELECT i, CASE i % 4 WHEN 0 THEN '2026-01-01' ELSE '2010-01-01' END FROM n;");
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  const auto plan = bench.plan({"contacts"}, 10);
  std::vector<std::int64_t> taken;
  while (const auto step = source->next_step(plan, {4})) taken.push_back(step->remove()["contacts"].purged);
  SECTION("never more than the plan expects") {
    CHECK(taken == std::vector<std::int64_t>{4, 4, 2});
    CHECK(bench.live("SELECT count(*) FROM contacts") == "10\n");
  }
  SECTION("another plan starts anew, wherever it stands in memory") {
    CHECK(bench.enforce(*source, bench.plan({"contacts"}))["contacts"].purged == 5);
    CHECK(bench.live("SELECT count(*) FROM contacts WHERE seen < '2026'") == "0\n");
  }
}

TEST_CASE("sqlite: a step that isn't carried out leaves the source as it was", "[unit][sqlite]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  const std::string before = read_file(bench.config.path);
  const auto source = bench.open(Access::enforce);
  const auto plan = bench.plan({"contacts"});
  source->next_step(plan, {})->copy();
  CHECK(read_file(bench.config.path) == before);
  CHECK(bench.archived("SELECT state, count(*) FROM oubli_records GROUP BY state") == "pending|2\n");
}

TEST_CASE("sqlite: tables of every kind of key lose exactly what is due", "[unit][sqlite]") {
  struct Case {
    const char* name;
    const char* sql;
  };
  const auto c = GENERATE(values<Case>({
      {"TEXT primary key", "CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER, seen TEXT)"},
      {"WITHOUT ROWID", "CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER, seen TEXT) WITHOUT ROWID"},
      {"WITHOUT ROWID, two columns, descending",
       "CREATE TABLE t (k TEXT, n INTEGER, seen TEXT, PRIMARY KEY (n DESC, k)) WITHOUT ROWID"},
      {"composite key", "CREATE TABLE t (k TEXT, n INTEGER, seen TEXT, PRIMARY KEY (k, n))"},
      {"no key", "CREATE TABLE t (k TEXT, n INTEGER, seen TEXT)"},
      {"a column called rowid", "CREATE TABLE t (k TEXT, n INTEGER, seen TEXT, rowid TEXT)"},
      {"generated columns", "CREATE TABLE t (k TEXT, n INTEGER, seen TEXT, v AS (n * 2), s AS (k || seen) STORED)"},
      {"STRICT", "CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER, seen TEXT) STRICT"},
  }));
  CAPTURE(c.name);
  SqliteWorkbench bench(std::string(c.sql) +
                        ";INSERT INTO t (k, n, seen) VALUES ('a', 1, '2010-01-01'), ('b', 2, '2020-01-01'),"
                        "  ('c', 3, '2026-01-01'), ('d', 4, '2020-01-01'), ('e', 5, NULL);");
  bench.rule("t", "seen", {"k"});
  const std::string live_before = bench.live("SELECT * FROM t WHERE k IN ('c', 'e') ORDER BY k");
  const std::string due_before = bench.live("SELECT * FROM t WHERE k IN ('b', 'd') ORDER BY k");
  const auto source = bench.open(Access::enforce);
  auto done = bench.enforce(*source, bench.plan({"t"}), {1});
  CHECK(done["t"].archived == 2);
  CHECK(done["t"].purged == 1);
  CHECK(bench.live("SELECT * FROM t ORDER BY k") == live_before);
  CHECK(bench.archived("SELECT * FROM t ORDER BY k") == due_before);
}

TEST_CASE("sqlite: equal records without a key are each archived", "[unit][sqlite]") {
  SqliteWorkbench bench(
      "CREATE TABLE visits (ip TEXT, seen TEXT);"
      "INSERT INTO visits VALUES ('x', '2020-01-01'), ('x', '2020-01-01'), ('x', '2020-01-01'), ('x', '2026-01-01');");
  bench.rule("visits", "seen");
  const auto source = bench.open(Access::enforce);
  CHECK(bench.enforce(*source, bench.plan({"visits"}))["visits"].archived == 3);
  CHECK(bench.archived("SELECT count(*) FROM visits") == "3\n");
  CHECK(bench.live("SELECT count(*) FROM visits") == "1\n");
}

TEST_CASE("sqlite: an archived value keeps its type and every byte", "[unit][sqlite]") {
  SqliteWorkbench bench(
      "CREATE TABLE t (phone, amount REAL, note TEXT, picture BLOB, empty, seen TEXT);"
      "INSERT INTO t VALUES ('0612345678', 1.0, 'a' || char(0) || 'b', x'00ff00', NULL, '2020-01-01'),"
      "  (612345678, 0.1, '', x'', '', '2020-01-01');");
  bench.rule("t", "seen");
  const char* const typed =
      "SELECT typeof(phone), quote(phone), typeof(amount), quote(amount), hex(note), hex(picture), typeof(picture),"
      " typeof(empty) FROM t ORDER BY typeof(phone)";
  const std::string before = bench.live(typed);
  const auto source = bench.open(Access::enforce);
  CHECK(bench.enforce(*source, bench.plan({"t"}))["t"].archived == 2);
  CHECK(bench.archived(typed) == before);
}

TEST_CASE("sqlite: a record changed between copy and removal stays, its copy goes", "[unit][sqlite]") {
  struct Case {
    const char* name;
    const char* change;
    const char* left;
  };
  const auto c = GENERATE(values<Case>({
      {"other content", "UPDATE t SET note = 'new' WHERE id = 1", "1\n"},
      {"only the type", "UPDATE t SET phone = 612345678 WHERE id = 1", "1\n"},
      {"only the case", "UPDATE t SET note = 'ANNA' WHERE id = 1", "1\n"},
      {"not due any more", "UPDATE t SET seen = '2026-01-01' WHERE id = 1", "1\n"},
      {"purged by someone else", "DELETE FROM t WHERE id = 1", ""},
  }));
  CAPTURE(c.name);
  SqliteWorkbench bench(
      "CREATE TABLE t (id INTEGER PRIMARY KEY, phone, note TEXT COLLATE NOCASE, seen TEXT);"
      "INSERT INTO t VALUES (1, '0612345678', 'Anna', '2020-01-01'), (2, '0612345678', 'Anna', '2020-01-01');");
  bench.rule("t", "seen");
  // A reader of a rollback-mode database keeps others from writing to it.
  execute(bench.config.path, "PRAGMA journal_mode = WAL");
  const auto source = bench.open(Access::enforce);
  const auto plan = bench.plan({"t"});
  const auto step = source->next_step(plan, {});
  step->copy();
  execute(bench.config.path, c.change);
  auto done = step->remove();
  CHECK(done["t"].archived == 1);
  CHECK(done["t"].changed == 1);
  CHECK(bench.live("SELECT id FROM t") == c.left);
  CHECK(bench.archived("SELECT id FROM t") == "2\n");
  CHECK(bench.archived("SELECT count(*), min(state) FROM oubli_records") == "1|confirmed\n");
  CHECK(source->next_step(plan, {}) == nullptr);
}

TEST_CASE("sqlite: followers go just before their root, in one step", "[unit][sqlite][S12]") {
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, seen TEXT);"
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, contact REFERENCES contacts ON DELETE RESTRICT);"
      "CREATE TABLE lines (n, order_id REFERENCES orders ON DELETE RESTRICT);"
      "INSERT INTO contacts VALUES (1, '2010-01-01'), (2, '2020-01-01'), (3, '2026-01-01');"
      "INSERT INTO orders VALUES (10, 1), (20, 2), (21, 2), (30, 3), (40, NULL);"
      "INSERT INTO lines VALUES ('a', 10), ('b', 20), ('c', 20), ('d', 21), ('e', 30), ('f', NULL);");
  bench.rule("contacts", "seen");
  bench.follow("orders", "contacts", "seen");
  bench.follow("lines", "contacts", "seen");
  const auto source = bench.open(Access::enforce);
  SECTION("whole families") {
    auto done = bench.enforce(*source, bench.plan({"lines", "orders", "contacts"}), {1});
    CHECK(done["lines"].archived == 3);
    CHECK(done["orders"].archived == 2);
    CHECK(done["contacts"].archived == 1);
    CHECK(done["lines"].purged == 1);
    CHECK(bench.live("SELECT id FROM orders") == "30\n40\n");
    CHECK(bench.live("SELECT n FROM lines") == "e\nf\n");
    CHECK(bench.archived("SELECT n FROM lines") == "b\nc\nd\n");
    CHECK(bench.live("PRAGMA foreign_key_check").empty());
  }
  SECTION("none where one more has come than the plan expects") {
    auto plan = bench.plan({"lines", "orders", "contacts"});
    plan.tables[0].expected = 1;
    auto done = bench.enforce(*source, plan);
    CHECK(done["contacts"].purged == 1);
    CHECK(done["contacts"].changed == 1);
    CHECK(done["lines"].changed == 3);
    CHECK(bench.live("SELECT id FROM contacts") == "2\n3\n");
  }
}

TEST_CASE("sqlite: no foreign key action removes or changes what isn't due", "[unit][sqlite][S20]") {
  const auto action = GENERATE(as<std::string>{}, "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT");
  CAPTURE(action);
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, seen TEXT);"
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, contact INTEGER REFERENCES contacts ON DELETE " +
      action +
      ");"
      "INSERT INTO contacts VALUES (1, '2010-01-01'), (2, '2010-01-01'), (3, '2020-01-01');"
      "INSERT INTO orders VALUES (10, 1), (30, 3);");
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  auto done = bench.enforce(*source, bench.plan({"contacts"}));
  CHECK(done["contacts"].purged == 1);
  CHECK(done["contacts"].changed == 2);
  CHECK(bench.live("SELECT id FROM contacts") == "1\n3\n");
  CHECK(bench.live("SELECT * FROM orders") == "10|1\n30|3\n");
  CHECK(bench.archived("SELECT count(*) FROM oubli_records") == "0\n");
}

TEST_CASE("sqlite: a declared relation blocks like a foreign key", "[unit][sqlite][S20]") {
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, seen TEXT); CREATE TABLE orders (contact TEXT);"
      "INSERT INTO contacts VALUES (1, '2010-01-01'), (2, '2010-01-01'); INSERT INTO orders VALUES ('1');");
  bench.rule("contacts", "seen");
  bench.rules.relations = {{"orders", {"contact"}, "contacts", {"id"}, false}};
  const auto source = bench.open(Access::enforce);
  CHECK(bench.enforce(*source, bench.plan({"contacts"}))["contacts"].changed == 1);
  CHECK(bench.live("SELECT id FROM contacts") == "1\n");
}

TEST_CASE("sqlite: a trigger that passes removals over is an error, and nothing goes", "[unit][sqlite]") {
  SqliteWorkbench bench(std::string(k_contacts) +
                        "CREATE TRIGGER keep_two BEFORE DELETE ON contacts WHEN old.id = 2"
                        " BEGIN SELECT RAISE(IGNORE); END;");
  bench.rule("contacts", "seen");
  {
    const auto source = bench.open(Access::enforce);
    CHECK_THROWS_WITH(bench.enforce(*source, bench.plan({"contacts"})),
                      "crm.contacts: a removal did something else than remove one record");
    CHECK(bench.live("SELECT id FROM contacts") == "1\n2\n3\n4\n");
  }
  execute(bench.config.path, "DROP TRIGGER keep_two");
  const auto source = bench.open(Access::enforce, "run-2");
  CHECK(bench.enforce(*source, bench.plan({"contacts"}))["contacts"].archived == 2);
  CHECK(bench.archived("SELECT id FROM contacts") == "2\n4\n");
}

TEST_CASE("sqlite: a trigger that removes records of a ruled table is an error, and nothing goes", "[unit][sqlite]") {
  struct Case {
    const char* name;
    const char* statement;
    const char* table;
  };
  const auto c = GENERATE(values<Case>({
      {"of the same table", "DELETE FROM contacts WHERE id = 3", "contacts"},
      {"of another table", "DELETE FROM orders WHERE id = 10", "orders"},
      {"all of another table", "DELETE FROM orders", "orders"},
      {"of a table without rowid", "DELETE FROM labels WHERE k = 'a'", "labels"},
  }));
  CAPTURE(c.name);
  SqliteWorkbench bench(std::string(k_contacts) +
                        "CREATE TABLE orders (id INTEGER PRIMARY KEY, seen TEXT);"
                        "CREATE TABLE labels (k TEXT PRIMARY KEY, seen TEXT) WITHOUT ROWID;"
                        "INSERT INTO orders VALUES (10, '2026-01-01'), (11, '2026-01-01');"
                        "INSERT INTO labels VALUES ('a', '2026-01-01'), ('b', '2026-01-01');"
                        "CREATE TRIGGER sweep AFTER DELETE ON contacts BEGIN " +
                        c.statement + "; END;");
  for (const char* const table : {"contacts", "orders", "labels"}) bench.rule(table, "seen");
  const auto source = bench.open(Access::enforce);
  CHECK_THROWS_WITH(bench.enforce(*source, bench.plan({"contacts"})),
                    std::string("crm.") + c.table + ": a trigger or foreign key removed records that the step didn't");
  CHECK(bench.live("SELECT id FROM contacts") == "1\n2\n3\n4\n");
  CHECK(bench.live("SELECT id FROM orders") == "10\n11\n");
  CHECK(bench.live("SELECT k FROM labels") == "a\nb\n");
}

TEST_CASE("sqlite: a trigger that puts records back is an error, and nothing goes", "[unit][sqlite]") {
  const auto kind = GENERATE(as<std::string>{}, "", " WITHOUT ROWID");
  CAPTURE(kind);
  SqliteWorkbench bench("CREATE TABLE t (k TEXT PRIMARY KEY, seen TEXT)" + kind +
                        ";INSERT INTO t VALUES ('a', '2010-01-01'), ('b', '2026-01-01');"
                        "CREATE TRIGGER keep AFTER DELETE ON t BEGIN INSERT INTO t VALUES (old.k, old.seen); END;");
  bench.rule("t", "seen");
  const auto source = bench.open(Access::enforce);
  CHECK_THROWS_WITH(bench.enforce(*source, bench.plan({"t"})), "crm.t: a trigger put records back");
  CHECK(bench.live("SELECT k FROM t") == "a\nb\n");
}

TEST_CASE("sqlite: a trigger may write elsewhere, a ruled log included", "[unit][sqlite]") {
  SqliteWorkbench bench(std::string(k_contacts) +
                        "CREATE TABLE log (id INTEGER PRIMARY KEY, seen TEXT); CREATE TABLE cache (id INTEGER);"
                        "INSERT INTO cache VALUES (1), (2), (3);"
                        "CREATE TRIGGER note AFTER DELETE ON contacts BEGIN"
                        "  INSERT INTO log VALUES (old.id, '2026-11-22'); DELETE FROM cache WHERE id = old.id; END;");
  bench.rule("contacts", "seen");
  bench.rule("log", "seen");
  const auto source = bench.open(Access::enforce);
  auto done = bench.enforce(*source, bench.plan({"contacts"}));
  CHECK(done["contacts"].archived == 2);
  CHECK(done["contacts"].purged == 1);
  CHECK(bench.live("SELECT id FROM contacts") == "3\n");
  CHECK(bench.live("SELECT id FROM log") == "1\n2\n4\n");
  CHECK(bench.live("SELECT id FROM cache") == "3\n");
}

TEST_CASE("sqlite: accepted triggers keep a full-text index of the table in step", "[unit][sqlite]") {
  SqliteWorkbench bench(
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT, seen TEXT);"
      "CREATE VIRTUAL TABLE search USING fts5(body, content = 'notes', content_rowid = 'id');"
      "INSERT INTO notes VALUES (1, 'apple', '2010-01-01'), (2, 'pear', '2020-01-01'), (3, 'plum', '2026-01-01');"
      "INSERT INTO search (search) VALUES ('rebuild');"
      "CREATE TRIGGER unindex AFTER DELETE ON notes BEGIN"
      "  INSERT INTO search (search, rowid, body) VALUES ('delete', old.id, old.body); END;");
  bench.rule("notes", "seen");
  bench.config.triggers_accepted = true;
  const auto source = bench.open(Access::enforce);
  auto done = bench.enforce(*source, bench.plan({"notes"}));
  CHECK(done["notes"].archived == 1);
  CHECK(done["notes"].purged == 1);
  CHECK(bench.live("SELECT id FROM notes") == "3\n");
  CHECK(bench.live("SELECT rowid FROM search WHERE search MATCH 'apple OR pear OR plum'") == "3\n");
}

TEST_CASE("sqlite: copies left pending are settled by the next run", "[unit][sqlite]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  const auto cut_off = [&] {
    const auto source = bench.open(Access::enforce);
    const auto plan = bench.plan({"contacts"});
    source->next_step(plan, {})->copy();
  };
  SECTION("an identical record that is still due goes, its copy is confirmed") {
    cut_off();
    const auto source = bench.open(Access::enforce, "run-2");
    const auto plan = bench.plan({"contacts"});
    const auto step = source->pending_step(plan);
    REQUIRE(step != nullptr);
    step->copy();
    CHECK(step->remove()["contacts"].archived == 2);
    CHECK(bench.live("SELECT id FROM contacts") == "1\n3\n");
    CHECK(bench.archived("SELECT id FROM contacts") == "2\n4\n");
    CHECK(source->pending_step(plan) == nullptr);
    CHECK(bench.archived("SELECT DISTINCT run, state FROM oubli_records") == "run-1|confirmed\n");
  }
  SECTION("a record that differs or isn't due stays, its copy goes") {
    cut_off();
    const auto change = GENERATE(as<std::string>{}, "name = 'x'", "seen = '2026-01-01'");
    execute(bench.config.path, "UPDATE contacts SET " + change + " WHERE id = 2");
    const auto source = bench.open(Access::enforce, "run-2");
    const auto plan = bench.plan({"contacts"});
    const auto result = source->pending_step(plan)->remove();
    CHECK(result.at("contacts").changed == 1);
    CHECK(bench.live("SELECT id FROM contacts") == "1\n2\n3\n");
    CHECK(bench.archived("SELECT id FROM contacts") == "4\n");
    CHECK(bench.archived("SELECT count(*) FROM oubli_records") == "1\n");
  }
  SECTION("a new record under the key of one that went stays, and so does the copy") {
    cut_off();
    execute(bench.config.path,
            "DELETE FROM contacts WHERE id IN (2, 4); INSERT INTO contacts VALUES (4, 'new', '2020-01-01')");
    const auto source = bench.open(Access::enforce, "run-2");
    const auto plan = bench.plan({"contacts"});
    (void)source->pending_step(plan)->remove();
    CHECK(bench.live("SELECT id, name FROM contacts WHERE id = 4") == "4|new\n");
    CHECK(bench.archived("SELECT id FROM contacts WHERE name <> 'new'") == "2\n4\n");
    CHECK(bench.archived("SELECT DISTINCT state FROM oubli_records") == "confirmed\n");
  }
  SECTION("a record that is gone has its copy confirmed") {
    cut_off();
    execute(bench.config.path, "DELETE FROM contacts WHERE id = 2");
    const auto source = bench.open(Access::enforce, "run-2");
    const auto plan = bench.plan({"contacts"});
    CHECK(source->pending_step(plan)->remove()["contacts"].archived == 1);
    CHECK(bench.archived("SELECT id FROM contacts") == "2\n4\n");
    CHECK(bench.archived("SELECT DISTINCT state FROM oubli_records") == "confirmed\n");
  }
}

TEST_CASE("sqlite: records that point to each other go or stay as one", "[unit][sqlite][S20]") {
  const auto action = GENERATE(as<std::string>{}, "NO ACTION", "RESTRICT", "CASCADE", "SET NULL");
  CAPTURE(action);
  SqliteWorkbench bench("CREATE TABLE staff (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES staff ON DELETE " +
                        action +
                        ", seen TEXT);"
                        "INSERT INTO staff VALUES (1, 1, '2020-01-01'), (2, 3, '2020-01-01'), (3, 2, '2010-01-01'),"
                        "  (4, NULL, '2026-01-01');");
  bench.rule("staff", "seen");
  auto plan = bench.plan({"staff"});
  plan.as_one = true;
  SECTION("all due") {
    const auto source = bench.open(Access::enforce);
    auto done = bench.enforce(*source, plan);
    CHECK(done["staff"].archived == 2);
    CHECK(done["staff"].purged == 1);
    CHECK(bench.live("SELECT * FROM staff") == "4||2026-01-01\n");
    CHECK(bench.archived("SELECT * FROM staff") == "1|1|2020-01-01\n2|3|2020-01-01\n");
  }
  SECTION("one still needed by a record that stays") {
    execute(bench.config.path, "UPDATE staff SET boss = 3 WHERE id = 4");
    const auto source = bench.open(Access::enforce);
    CHECK(bench.enforce(*source, plan)["staff"].changed == 3);
    CHECK(bench.live("SELECT count(*), sum(boss) FROM staff") == "4|9\n");
  }
}

TEST_CASE("sqlite: two tables that point to each other go in one step", "[unit][sqlite][S20]") {
  SqliteWorkbench bench(
      "CREATE TABLE teams (id INTEGER PRIMARY KEY, lead REFERENCES people, seen TEXT);"
      "CREATE TABLE people (id INTEGER PRIMARY KEY, team REFERENCES teams, seen TEXT);"
      "INSERT INTO teams VALUES (1, 1, '2010-01-01'); INSERT INTO people VALUES (1, 1, '2010-01-01');");
  bench.rule("teams", "seen");
  bench.rule("people", "seen");
  auto plan = bench.plan({"teams", "people"});
  plan.as_one = true;
  const auto source = bench.open(Access::enforce);
  auto done = bench.enforce(*source, plan);
  CHECK(done["teams"].purged == 1);
  CHECK(done["people"].purged == 1);
  CHECK(bench.live("SELECT count(*) FROM teams, people") == "0\n");
}

TEST_CASE("sqlite: what the planner stops doesn't go", "[unit][sqlite][S20]") {
  class OnlyOdd : public GoingRecords {
   public:
    bool goes(const RuledTable&, const JudgedRecord& record) const override { return record.row % 2 == 1; }
    bool is_rewritten(const RuledTable&, const JudgedRecord&) const override { return false; }
  };
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  const OnlyOdd odd;
  auto plan = bench.plan({"contacts"});
  plan.going = &odd;
  const auto source = bench.open(Access::enforce);
  CHECK(bench.enforce(*source, plan)["contacts"].purged == 1);
  CHECK(bench.live("SELECT id FROM contacts") == "2\n3\n4\n");
}
