/// No trace of removed records in a SQLite database's files, or a reason why not yet.
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

using namespace oubli;
using namespace oubli::test;

namespace {

constexpr const char* k_sentinel = "sentinel-";

/// 400 due records and 100 to be kept, written in an order far from their keys', so that pages split.
std::string many_records(const std::string& table) {
  return "CREATE TABLE " + table +
         " (code TEXT PRIMARY KEY, name TEXT, seen TEXT);"
         "CREATE INDEX by_name ON " +
         table +
         " (name);"
         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
         "INSERT INTO " +
         table +
         " SELECT hex(i * 7919 % 503) || i,"
         "  CASE WHEN i % 5 THEN 'sentinel-' ELSE 'stays-' END || i || '-' || hex(zeroblob(i % 60)),"
         "  CASE WHEN i % 5 THEN '2010-01-01' ELSE '2026-01-01' END FROM n;";
}

void purge(SqliteWorkbench& bench, DataSource& source, const std::string& table) {
  REQUIRE(bench.enforce(source, bench.plan({table}))[table].purged == 400);
}

}  // namespace

TEST_CASE("sqlite: erasing leaves no removed value in any file", "[unit][sqlite][erasure]") {
  const auto mode = GENERATE(as<std::string>{}, "DELETE", "WAL", "PERSIST");
  CAPTURE(mode);
  SqliteWorkbench bench("PRAGMA secure_delete = OFF; PRAGMA journal_mode = " + mode + ";" + many_records("contacts") +
                        "UPDATE contacts SET name = name || 'x';");
  bench.rule("contacts", "seen");
  const std::string kept = bench.live("SELECT * FROM contacts WHERE seen > '2020' ORDER BY code");
  const auto source = bench.open(Access::enforce);
  purge(bench, *source, "contacts");
  const ErasureResult result = source->erase_residue();
  CHECK(result.done);
  CHECK(result.pending_because.empty());
  for (const char* const suffix : {"", "-wal", "-journal"})
    CHECK(occurrences(bench.config.path.string() + suffix, k_sentinel) == 0);
  CHECK(bench.live("SELECT * FROM contacts ORDER BY code") == kept);
}

TEST_CASE("sqlite: full-text indexes forget the words of removed records", "[unit][sqlite][erasure]") {
  const auto index =
      GENERATE(as<std::string>{}, "fts4(name)", "fts5(name)", "fts5(name, content='contacts', content_rowid='rowid')");
  CAPTURE(index);
  SqliteWorkbench bench(many_records("contacts") + "CREATE VIRTUAL TABLE search USING " + index + ";" +
                        "INSERT INTO search (rowid, name) SELECT rowid, name FROM contacts;");
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  purge(bench, *source, "contacts");
  if (index.find("content=") == std::string::npos)
    execute(bench.config.path, "DELETE FROM search WHERE name LIKE 'sentinel%'");
  CHECK(source->erase_residue().done);
  CHECK(occurrences(bench.config.path, "entinel") == 0);
  CHECK(bench.live("SELECT count(*) FROM search WHERE search MATCH 'stays'") == "100\n");
}

TEST_CASE("sqlite: samples in statistics of another build are forgotten", "[unit][sqlite][erasure]") {
  SqliteWorkbench bench(many_records("contacts") +
                        "PRAGMA writable_schema = ON; CREATE TABLE sqlite_stat4 (tbl, idx, neq, nlt, ndlt, sample);"
                        "INSERT INTO sqlite_stat4 VALUES ('contacts', 'by_name', 1, 1, 1, 'sentinel-1');");
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  purge(bench, *source, "contacts");
  CHECK(source->erase_residue().done);
  CHECK(occurrences(bench.config.path, k_sentinel) == 0);
}

TEST_CASE("sqlite: an erasure that can't be finished is pending, with the reason", "[unit][sqlite][erasure]") {
  SqliteWorkbench bench("PRAGMA journal_mode = WAL;" + many_records("contacts"));
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  SECTION("a reader holds a snapshot") {
    SQLite::Database reader(bench.config.path, SQLite::OPEN_READWRITE);
    reader.exec("BEGIN");
    CHECK(reader.execAndGet("SELECT count(*) FROM contacts").getInt() == 500);
    purge(bench, *source, "contacts");
    const ErasureResult result = source->erase_residue();
    CHECK_FALSE(result.done);
    CHECK(result.pending_because == "another connection is reading crm.db");
    reader.exec("COMMIT");
    CHECK(source->erase_residue().done);
  }
  SECTION("a journal that another program left beside a log keeps its pages") {
    purge(bench, *source, "contacts");
    const std::string journal = bench.config.path.string() + "-journal";
    std::ofstream(journal, std::ios::binary) << std::string(512, '\0') << "sentinel-1";
    CHECK(source->erase_residue().pending_because == "crm.db-journal is in use");
    std::filesystem::remove(journal);
    CHECK(source->erase_residue().done);
  }
  SECTION("a contentless index can't forget") {
    execute(bench.config.path, "CREATE VIRTUAL TABLE search USING fts5(name, content='')");
    CHECK(source->erase_residue().pending_because ==
          "the full-text index search has no text of its own and keeps the words of removed records");
  }
}

TEST_CASE("sqlite: VACUUM doesn't renumber records known by their rowid alone", "[unit][sqlite][erasure]") {
  SqliteWorkbench bench(
      "CREATE TABLE visits (ip TEXT, seen TEXT);"
      "INSERT INTO visits VALUES ('a', '2010-01-01'), ('b', '2026-01-01'), ('c', '2026-01-01');");
  bench.rule("visits", "seen");
  const bool unused = GENERATE(false, true);
  bench.config.rowids_unused = unused;
  const auto source = bench.open(Access::enforce);
  REQUIRE(bench.enforce(*source, bench.plan({"visits"}))["visits"].purged == 1);
  const ErasureResult result = source->erase_residue();
  CHECK(result.done == unused);
  if (!unused) {
    CHECK(result.pending_because ==
          "the records of visits would be numbered anew (say `rowids: unused` if nothing relies on that)");
    CHECK(bench.live("SELECT rowid FROM visits") == "2\n3\n");
  }
}

TEST_CASE("sqlite: a withdrawn copy leaves no trace in the archive, others keep their rows",
          "[unit][sqlite][erasure]") {
  SqliteWorkbench bench(
      "PRAGMA journal_mode = WAL; CREATE TABLE contacts (name TEXT, seen TEXT);"
      "INSERT INTO contacts VALUES ('sentinel-1', '2020-01-01'), ('stays', '2020-01-01');");
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  const auto plan = bench.plan({"contacts"});
  const auto step = source->next_step(plan, {});
  step->copy();
  CHECK(occurrences(bench.archive(), k_sentinel) == 1);
  execute(bench.config.path, "UPDATE contacts SET seen = '2026-01-01' WHERE name LIKE 'sentinel%'");
  CHECK(step->remove()["contacts"].changed == 1);
  CHECK(source->erase_residue().done);
  CHECK(occurrences(bench.archive(), k_sentinel) == 0);
  CHECK(bench.archived("SELECT name, a.rowid = archived_rowid FROM contacts a JOIN oubli_records"
                       " ON archived_rowid = a.rowid") == "stays|1\n");
  CHECK(bench.archived("SELECT residue FROM oubli_archive") == "0\n");
}

TEST_CASE("sqlite: an erasure ends with a search for removed values, whatever the encoding", "[unit][sqlite][erasure]") {
  const auto encoding = GENERATE(as<std::string>{}, "UTF-8", "UTF-16le", "UTF-16be");
  CAPTURE(encoding);
  SqliteWorkbench bench("PRAGMA encoding = '" + encoding + "';" + many_records("contacts") +
                        "INSERT INTO contacts VALUES ('a', 'sentinel-né-à-Orléans', '2010-01-01');"
                        "CREATE TABLE log (line TEXT); INSERT INTO log VALUES ('was: sentinel-né-à-Orléans, once');");
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  source->set_run("run");
  REQUIRE(bench.enforce(*source, bench.plan({"contacts"}))["contacts"].purged == 401);
  SECTION("none is found; what another record holds isn't counted as found") {
    const ErasureResult result = source->erase_residue();
    CHECK(result.done);
    // Those that differ in their first 32 bytes, and are 12 bytes or longer.
    CHECK(result.search == ResidueSearch{400, 0, 1});
  }
  SECTION("a view that quotes one keeps the erasure from being done") {
    const auto kept = bench.live("SELECT count(*) FROM contacts");
    execute(bench.config.path, "CREATE VIEW first AS SELECT * FROM contacts WHERE name <> 'sentinel-1-00'");
    const ErasureResult result = source->erase_residue();
    CHECK_FALSE(result.done);
    CHECK(result.pending_because == "1 of 400 removed values that were looked for are still in crm.db");
    CHECK(bench.live("SELECT count(*) FROM contacts") == kept);
  }
}

TEST_CASE("sqlite: fields that happen to stand side by side are not taken for a removed value", "[unit][sqlite][erasure]") {
  SqliteWorkbench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, seen TEXT, street TEXT);"
      "INSERT INTO contacts VALUES (1, '2010-01-01', '11 rue des Lilas'), (2, '2026-03-11', '1 rue des Lilas');");
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  source->set_run("run");
  REQUIRE(bench.enforce(*source, bench.plan({"contacts"}))["contacts"].purged == 1);
  const ErasureResult result = source->erase_residue();
  CHECK(result.pending_because == "");
  CHECK(result.search == ResidueSearch{0, 0, 1});
}

TEST_CASE("sqlite: without a run nothing is kept in memory to look for", "[unit][sqlite][erasure]") {
  SqliteWorkbench bench(many_records("contacts"));
  bench.rule("contacts", "seen");
  const auto source = bench.open(Access::enforce);
  purge(bench, *source, "contacts");
  CHECK(source->erase_residue().search == ResidueSearch{});
}

TEST_CASE("sqlite: an erasure is estimated from the file's pages", "[unit][sqlite][erasure][I10]") {
  SqliteWorkbench bench(many_records("contacts"));
  const auto estimate = bench.open(Access::read)->erasure_estimate();
  CHECK(estimate.bytes_to_rewrite == static_cast<std::int64_t>(std::filesystem::file_size(bench.config.path)));
  CHECK(estimate.bytes_needed == 2 * estimate.bytes_to_rewrite);
  CHECK(estimate.bytes_free > 0);
}
