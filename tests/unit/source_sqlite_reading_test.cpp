/// The SQLite source as a reader: what it delivers, and that it leaves no trace.
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <unistd.h>

using namespace oubli;
using namespace oubli::test;

namespace {

const char* const k_contacts =
    "CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, seen TEXT);"
    "INSERT INTO contacts VALUES (1, 'old', '2010-01-01'), (2, 'middle', '2020-01-01'), (3, 'new', '2026-01-01'),"
    "  (5, 'none', NULL);";

std::set<std::string> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

std::string message_of(const DatasetConfig& config, Access access) {
  try {
    (void)open_sqlite_source(config, access);
  } catch (const Error& error) {
    CHECK(error.cause() == Cause::dataset);
    return error.diagnostic().message;
  }
  return "opened";
}

}  // namespace

TEST_CASE("sqlite: every record is judged and given once, in the order of its rowid", "[unit][sqlite][S14]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen", {"id"});
  const auto source = bench.open(Access::read);
  auto pass = bench.pass("contacts");
  pass.with_key = true;
  Seen seen;
  source->for_each(pass, seen);
  REQUIRE(seen.records.size() == 4);
  CHECK(seen.records[0].outcome == Outcome::purge);
  CHECK(seen.records[1].outcome == Outcome::archive);
  CHECK(seen.records[2].outcome == Outcome::keep);
  CHECK(seen.records[3].outcome == Outcome::undated);
  CHECK(seen.records[3].row == 5);
  CHECK(seen.records[3].key == "5");
}

TEST_CASE("sqlite: reading leaves a rollback-mode database and its folder as they were", "[unit][sqlite]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  const std::string before = read_file(bench.config.path);
  const auto names = names_in(bench.folder.path());
  CHECK(bench.read(*bench.open(Access::read), "contacts").size() == 4);
  CHECK(read_file(bench.config.path) == before);
  CHECK(names_in(bench.folder.path()) == names);
}

TEST_CASE("sqlite: reading a WAL-mode database at rest leaves no file beside it", "[unit][sqlite]") {
  SqliteWorkbench bench(std::string("PRAGMA journal_mode = WAL;") + k_contacts);
  bench.rule("contacts", "seen");
  const std::string before = read_file(bench.config.path);
  const auto names = names_in(bench.folder.path());
  CHECK(bench.read(*bench.open(Access::read), "contacts").size() == 4);
  CHECK(read_file(bench.config.path) == before);
  CHECK(names_in(bench.folder.path()) == names);
}

TEST_CASE("sqlite: reading sees what is still in the WAL, and leaves it there", "[unit][sqlite]") {
  TemporaryFolder copy;
  {
    SqliteWorkbench bench(std::string("PRAGMA journal_mode = WAL;") + k_contacts);
    SQLite::Database writer(bench.config.path, SQLite::OPEN_READWRITE);
    writer.exec("INSERT INTO contacts VALUES (6, 'in the wal', '2010-01-01')");
    std::filesystem::copy(bench.config.path, copy / "crm.db");
    std::filesystem::copy(bench.config.path.string() + "-wal", copy / "crm.db-wal");
  }
  SqliteWorkbench bench("SELECT 1");
  bench.config.path = copy / "crm.db";
  bench.rule("contacts", "seen");
  const std::string main_file = read_file(copy / "crm.db");
  const std::string wal = read_file(copy / "crm.db-wal");
  CHECK(bench.read(*bench.open(Access::read), "contacts").size() == 5);
  CHECK(read_file(copy / "crm.db") == main_file);
  CHECK(read_file(copy / "crm.db-wal") == wal);
}

TEST_CASE("sqlite: all passes of a source see one snapshot", "[unit][sqlite]") {
  SqliteWorkbench bench(std::string("PRAGMA journal_mode = WAL;") + k_contacts);
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::read);
  CHECK(bench.read(*source, "contacts").size() == 4);
  execute(bench.config.path, "INSERT INTO contacts VALUES (6, 'later', '2010-01-01')");
  CHECK(bench.read(*source, "contacts").size() == 4);
}

TEST_CASE("sqlite: what can't be opened is named, and nothing is created", "[unit][sqlite]") {
  SqliteWorkbench bench(k_contacts);
  DatasetConfig config = bench.config;
  SECTION("no file") {
    config.path = bench.folder / "absent.db";
    CHECK(message_of(config, Access::read) == "crm: there is no file absent.db");
    CHECK(message_of(config, Access::enforce) == "crm: there is no file absent.db");
    CHECK_FALSE(std::filesystem::exists(config.path));
  }
  SECTION("not a database") {
    config.path = bench.folder.write("notes.txt", std::string(2'000, 'x'));
    CHECK(message_of(config, Access::read) == "crm: opening: it isn't a SQLite database, or it is encrypted");
  }
  SECTION("a symbolic link") {
    std::filesystem::create_symlink(bench.config.path, bench.folder / "link.db");
    config.path = bench.folder / "link.db";
    CHECK(message_of(config, Access::read) == "crm: link.db is a symbolic link");
  }
  SECTION("a folder") {
    config.path = bench.archive_folder();
    CHECK(message_of(config, Access::read) == "crm: archive isn't a regular file");
  }
  SECTION("locked") {
    SQLite::Database writer(bench.config.path, SQLite::OPEN_READWRITE);
    writer.exec("BEGIN EXCLUSIVE");
    CHECK(message_of(config, Access::read) == "crm: opening: another program holds a lock on the database");
  }
}

TEST_CASE("sqlite: a linked folder above the database is no obstacle", "[unit][sqlite]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  TemporaryFolder elsewhere;
  std::filesystem::create_directory_symlink(bench.folder.path(), elsewhere / "data");
  bench.config.path = elsewhere / "data" / "crm.db";
  CHECK(bench.read(*bench.open(Access::read), "contacts").size() == 4);
}

TEST_CASE("sqlite: a follower is judged by its parent, and unassigned without one", "[unit][sqlite][S12]") {
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, email TEXT UNIQUE, seen TEXT);"
      "INSERT INTO contacts VALUES (1, 'a', '2010-01-01'), (2, 'b', '2026-01-01');"
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, email TEXT REFERENCES contacts(email));"
      "INSERT INTO orders VALUES (1, 'a'), (2, 'b'), (3, 'gone'), (4, NULL);"
      "CREATE TABLE lines (number INTEGER, order_id INTEGER REFERENCES orders);"
      "INSERT INTO lines VALUES (1, 1), (2, 2), (3, 3), (4, 77), (5, '1');");
  bench.rule("contacts", "seen");
  bench.follow("orders", "contacts", "seen");
  bench.follow("lines", "contacts", "seen");
  const auto source = bench.open(Access::read);
  const auto outcomes = [&](const std::string& table) {
    std::vector<Outcome> list;
    for (const SeenRecord& record : bench.read(*source, table)) list.push_back(record.outcome);
    return list;
  };
  using enum Outcome;
  CHECK(outcomes("orders") == std::vector{purge, keep, unassigned, unassigned});
  CHECK(outcomes("lines") == std::vector{purge, keep, unassigned, unassigned, purge});
}

TEST_CASE("sqlite: keys of relations agree between parent and child", "[unit][sqlite][S20]") {
  struct Case {
    const char* name;
    const char* sql;
  };
  const auto c = GENERATE(values<Case>({
      {"INTEGER PRIMARY KEY",
       "CREATE TABLE parents (id INTEGER PRIMARY KEY, seen TEXT);"
       "INSERT INTO parents VALUES (7, ''), (9, '');"
       "CREATE TABLE children (p REFERENCES parents, seen TEXT);"
       "INSERT INTO children VALUES (9, ''), ('7', ''), (NULL, '');"},
      {"unique text under NOCASE",
       "CREATE TABLE parents (id TEXT PRIMARY KEY COLLATE NOCASE, seen TEXT);"
       "INSERT INTO parents VALUES ('Ann', ''), ('Bob', '');"
       "CREATE TABLE children (p TEXT REFERENCES parents, seen TEXT);"
       "INSERT INTO children VALUES ('BOB', ''), ('ann', ''), (NULL, '');"},
      {"WITHOUT ROWID, two columns",
       "CREATE TABLE parents (a TEXT, b INTEGER, seen TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;"
       "INSERT INTO parents VALUES ('x', 1, ''), ('x', 2, '');"
       "CREATE TABLE children (p TEXT, q TEXT, seen TEXT, FOREIGN KEY (p, q) REFERENCES parents(a, b));"
       "INSERT INTO children VALUES ('x', '2', ''), ('x', 1, ''), ('x', NULL, '');"},
  }));
  CAPTURE(c.name);
  SqliteWorkbench bench(c.sql);
  bench.rule("parents", "seen");
  bench.rule("children", "seen");
  const auto source = bench.open(Access::read);
  REQUIRE(bench.rules.relations.size() == 1);
  auto parents = bench.pass("parents");
  parents.as_parent = {0};
  auto children = bench.pass("children");
  children.as_child = {0};
  Seen above;
  source->for_each(parents, above);
  Seen below;
  source->for_each(children, below);
  REQUIRE(below.records.size() == 3);
  CHECK(below.records[0].as_child[0] == above.records[1].as_parent[0]);
  CHECK(below.records[1].as_child[0] == above.records[0].as_parent[0]);
  CHECK(below.records[2].as_child[0].null);
  std::vector<RecordKey> referred;
  source->for_each_reference(0, Side::live, [&](const RecordKey& key) { referred.push_back(key); });
  CHECK(referred == std::vector{above.records[1].as_parent[0], above.records[0].as_parent[0]});
}

TEST_CASE("sqlite: one record is chosen by its key as typed, or by its row", "[unit][sqlite]") {
  SqliteWorkbench bench(
      "CREATE TABLE numbers (id INTEGER PRIMARY KEY, seen TEXT); INSERT INTO numbers VALUES (42, ''), (43, '');"
      "CREATE TABLE texts (id TEXT PRIMARY KEY, seen TEXT); INSERT INTO texts VALUES ('042', ''), ('42', '');"
      "CREATE TABLE mixed (id PRIMARY KEY, seen TEXT); INSERT INTO mixed VALUES (42, ''), ('42', ''), (1.5, '');"
      "CREATE TABLE pairs (a TEXT, b INTEGER, seen TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;"
      "INSERT INTO pairs VALUES ('x', 1, ''), ('x', 2, '');");
  for (const char* const table : {"numbers", "texts", "mixed"}) bench.rule(table, "seen", {"id"});
  bench.rule("pairs", "seen", {"a", "b"});
  const auto source = bench.open(Access::read);
  const auto keys = [&](const std::string& table, RecordChoice choice) {
    auto pass = bench.pass(table);
    pass.with_key = true;
    pass.only = std::move(choice);
    Seen seen;
    source->for_each(pass, seen);
    std::string text;
    for (const SeenRecord& record : seen.records) text += record.key + ";";
    return text;
  };
  CHECK(keys("numbers", {{"42"}, {}}) == "42;");
  CHECK(keys("numbers", {{}, 43}) == "43;");
  CHECK(keys("texts", {{"042"}, {}}) == "'042';");
  CHECK(keys("texts", {{"42"}, {}}) == "'42';");
  CHECK(keys("mixed", {{"42"}, {}}) == "42;'42';");
  CHECK(keys("mixed", {{"1.5"}, {}}) == "1.500000;");
  CHECK(keys("pairs", {{"x", "2"}, {}}) == "'x',2;");
  CHECK(keys("pairs", {{}, 2}) == "'x',2;");
  CHECK(keys("pairs", {{"x", "3"}, {}}).empty());
}

TEST_CASE("sqlite: names of any kind are quoted", "[unit][sqlite]") {
  const auto name =
      GENERATE(as<std::string>{}, "select", "a\"b", "a]b", "a'b", "new\nline", "rowid", "ordre n° 1", "%s{}");
  CAPTURE(name);
  std::string quoted;
  for (const char letter : name) quoted += letter == '"' ? "\"\"" : std::string(1, letter);
  quoted = '"' + quoted + '"';
  SqliteWorkbench bench("CREATE TABLE " + quoted + " (" + quoted + " TEXT, other TEXT);" + "INSERT INTO " + quoted +
                        " VALUES ('2010-01-01', 'x'), ('2026-01-01', 'y');");
  bench.rule(name, name);
  const auto source = bench.open(Access::enforce);
  CHECK(bench.read(*source, name).size() == 2);
  CHECK(bench.enforce(*source, bench.plan({name}))[name].purged == 1);
  CHECK(bench.live("SELECT other FROM " + quoted) == "y\n");
}

TEST_CASE("sqlite: a column that isn't there is an error, not a text", "[unit][sqlite]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "sen");
  const auto source = bench.open(Access::read);
  CHECK_THROWS_WITH(bench.read(*source, "contacts"), "crm: reading contacts: no such column: t0.sen");
}

TEST_CASE("sqlite: a UTF-16 database gives its text as UTF-8, and is archived as it is", "[unit][sqlite]") {
  SqliteWorkbench bench(
      "PRAGMA encoding = 'UTF-16le';"
      "CREATE TABLE contacts (name TEXT, seen TEXT); INSERT INTO contacts VALUES ('Zoë 🦊', '2020-01-01');");
  bench.rule("contacts", "seen", {"name"});
  const auto source = bench.open(Access::enforce);
  CHECK(bench.enforce(*source, bench.plan({"contacts"}))["contacts"].archived == 1);
  CHECK(bench.archived("SELECT name, seen FROM contacts") == "Zoë 🦊|2020-01-01\n");
  CHECK(bench.archived("PRAGMA encoding") == "UTF-16le\n");
  CHECK(bench.archived("SELECT key_text FROM oubli_records") == "Zoë 🦊\n");
}
