/// The archive file of a SQLite dataset: whose it is, and how it follows its source.
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

const char* const k_contacts =
    "CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, seen TEXT);"
    "INSERT INTO contacts VALUES (1, 'a', '2020-01-01');";

void run(SqliteWorkbench& bench, const std::string& id) {
  const auto source = bench.open(Access::enforce, id);
  (void)bench.enforce(*source, bench.plan({"contacts"}));
}

}  // namespace

TEST_CASE("sqlite: an archive that isn't ours is refused", "[unit][sqlite][archive][I10]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  run(bench, "run-1");
  const auto refusal = [&](const ArchiveTarget& target) -> std::string {
    const auto source = open_sqlite_source(bench.config, Access::enforce);
    try {
      source->set_archive(target);
    } catch (const Error& error) {
      return error.diagnostic().message;
    }
    return "accepted";
  };
  auto target = bench.target("run-2");
  CHECK(refusal(target) == "accepted");
  SECTION("of another state") {
    target.state_id = "state-2";
    CHECK(refusal(target) == "crm: its archive was made under another state file");
  }
  SECTION("open to others") {
    std::filesystem::permissions(bench.archive(), std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    CHECK(refusal(target) == "crm: others than its owner have access to its archive");
  }
  SECTION("a symbolic link") {
    std::filesystem::rename(bench.archive(), bench.folder / "moved.db");
    std::filesystem::create_symlink(bench.folder / "moved.db", bench.archive());
    CHECK(refusal(target) == "crm: its archive isn't a regular file");
  }
  SECTION("a dangling link") {
    std::filesystem::remove(bench.archive());
    std::filesystem::create_symlink(bench.folder / "elsewhere.db", bench.archive());
    CHECK(refusal(target) == "crm: its archive isn't a regular file");
  }
  SECTION("another database") {
    execute(bench.archive(), "DROP TABLE oubli_archive");
    CHECK(refusal(target) == "crm: opening the archive: no such table: oubli_archive");
  }
}

TEST_CASE("sqlite: an archive that was cut off before its first commit is begun anew", "[unit][sqlite][archive]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  std::filesystem::create_directories(bench.archive_folder());
  execute(bench.archive(), "PRAGMA user_version = 1");  // one page, and no table
  std::filesystem::permissions(bench.archive(),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  run(bench, "run-1");
  CHECK(bench.archived("SELECT * FROM contacts") == "1|a|2020-01-01\n");
}

TEST_CASE("sqlite: telling where the archive is creates nothing", "[unit][sqlite][archive]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::read);
  CHECK(std::filesystem::is_empty(bench.archive_folder()));
  CHECK(source->archived_to().empty());
}

TEST_CASE("sqlite: the archived table gets the columns its source got", "[unit][sqlite][archive]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  run(bench, "run-1");
  execute(
      bench.config.path,
      "ALTER TABLE contacts ADD COLUMN \"e\"\"mail\" TEXT; INSERT INTO contacts VALUES (2, 'b', '2020-01-01', 'b@x')");
  run(bench, "run-2");
  CHECK(bench.archived("SELECT * FROM contacts") == "1|a|2020-01-01|\n2|b|2020-01-01|b@x\n");
}

TEST_CASE("sqlite: a column gone from the source stops the run before any change", "[unit][sqlite][archive]") {
  SqliteWorkbench bench(k_contacts);
  bench.rule("contacts", "seen");
  run(bench, "run-1");
  execute(bench.config.path,
          "ALTER TABLE contacts DROP COLUMN name; INSERT INTO contacts VALUES (2, '2020-01-01'), (3, '2010-01-01')");
  CHECK_THROWS_WITH(run(bench, "run-2"), "crm.contacts: column name is gone, but archived records have it");
  CHECK(bench.live("SELECT id FROM contacts") == "2\n3\n");
}

TEST_CASE("sqlite: an archived child is counted with its live parent", "[unit][sqlite][archive][S20]") {
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, code TEXT UNIQUE, seen TEXT);"
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, code TEXT REFERENCES contacts (code), seen TEXT);"
      "INSERT INTO contacts VALUES (1, 'a', '2010-01-01'), (2, 'b', '2010-01-01'), (3, 'c', '2020-01-01');"
      "INSERT INTO orders VALUES (10, 'a', '2020-01-01'), (30, 'c', '2020-01-01');");
  bench.rule("contacts", "seen");
  bench.rule("orders", "seen");
  const auto source = bench.open(Access::enforce);
  CHECK(bench.enforce(*source, bench.plan({"orders"}))["orders"].archived == 2);
  auto parents = bench.pass("contacts");
  parents.as_parent = {0};
  Seen seen;
  source->for_each(parents, seen);
  std::vector<RecordKey> referred;
  source->for_each_reference(0, Side::archive, [&](const RecordKey& key) { referred.push_back(key); });
  CHECK(referred == std::vector{seen.records[0].as_parent[0], seen.records[2].as_parent[0]});
  auto done = bench.enforce(*source, bench.plan({"contacts"}));
  CHECK(done["contacts"].changed == 1);
  CHECK(done["contacts"].purged == 1);
  CHECK(done["contacts"].archived == 1);
  CHECK(bench.live("SELECT id FROM contacts") == "1\n");
}
