/// The archive of a SQLite dataset as a source: how its records are judged, and what a purge takes.
#include "source/sqlite/archive_source.hpp"
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

const RunDays k_later{date::year{2031} / 1 / 1, date::year{2031} / 1 / 1};

/// Contacts of 2020 are archived on 22 November 2026 and due on 2 January 2030.
const char* const k_contacts =
    "CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, seen TEXT);"
    "INSERT INTO contacts VALUES (1, 'Ada Sentinel', '2020-01-01'), (2, 'Bo', '2024-06-01'),"
    " (3, 'Cleo', '2024-05-01'), (4, 'kept live', '2026-01-01');";

const char* const k_with_notes =
    "CREATE TABLE notes (id INTEGER PRIMARY KEY, contact INTEGER REFERENCES contacts (id), body TEXT);"
    "INSERT INTO notes VALUES (1, 1, 'Note Sentinel'), (2, 1, 'another'), (3, 2, 'of Bo');";

class ArchiveBench : public SqliteWorkbench {
 public:
  using SqliteWorkbench::SqliteWorkbench;

  /// What was due in November 2026, or by these days, is archived; the rest is judged later on.
  void archive_all(std::initializer_list<std::string> tables, const std::string& run = "run-1",
                   RunDays days = {date::year{2027} / 12 / 1, date::year{2027} / 12 / 1}) {
    judge_on(days);
    const auto source = open(Access::enforce, run);
    (void)enforce(*source, plan(tables));
    judge_on(k_later);
  }

  void judge_on(RunDays days) {
    matchers.clear();
    for (const RuledTable& table : rules.tables) matchers.emplace_back(table.rules, days);
  }

  [[nodiscard]] std::unique_ptr<DataSource> open_its_archive(Access access = Access::read) const {
    return open_archive(rules, target("run-9"), access);
  }

  /// "1 purge, 2 keep".
  [[nodiscard]] std::string outcomes(const std::string& table) const {
    const auto source = open_its_archive();
    std::string text;
    for (const SeenRecord& record : read(*source, table)) {
      text += (text.empty() ? "" : ", ") + std::to_string(record.row) + " " + std::string(to_text(record.outcome));
    }
    return text;
  }
};

PurposeRule purpose_of_its_own(const std::string& name, std::optional<Condition> where) {
  PurposeRule purpose = rules_from("contacts", "seen").purposes.front();
  purpose.purpose = name;
  purpose.archive.reset();
  purpose.where = std::move(where);
  return purpose;
}

Condition is_text(const std::string& column, int slot, const std::string& text) {
  Condition condition;
  condition.kind = Condition::Kind::compare;
  condition.name = column;
  condition.slot = slot;
  condition.literals = {text};
  return condition;
}

}  // namespace

TEST_CASE("sqlite archive: records are judged by their noted days, and nothing is left to archive",
          "[unit][sqlite][archive]") {
  ArchiveBench bench(k_contacts);
  bench.rule("contacts", "seen", {"id"});
  bench.archive_all({"contacts"});
  execute(bench.archive(), "UPDATE contacts SET seen = NULL");
  CHECK(bench.outcomes("contacts") == "1 purge, 2 keep, 3 keep");
  const auto source = bench.open_its_archive();
  CHECK(source->schema().front().name == "contacts");
  Seen seen;
  auto pass = bench.pass("contacts");
  pass.with_key = true;
  pass.only = RecordChoice{{"2"}, {}};
  source->for_each(pass, seen);
  REQUIRE(seen.records.size() == 1);
  CHECK(seen.records.front().key == "2");
}

TEST_CASE("sqlite archive: a purge takes the record, what followed it, and their bookkeeping, without a trace",
          "[unit][sqlite][archive]") {
  ArchiveBench bench(std::string(k_contacts) + k_with_notes);
  bench.rule("contacts", "seen");
  bench.follow("notes", "contacts", "seen");
  bench.archive_all({"notes", "contacts"});
  REQUIRE(bench.archived("SELECT count(*) FROM oubli_records") == "6\n");
  const auto source = bench.open_its_archive(Access::enforce);
  StepLimit one_at_a_time{1};
  auto result = bench.enforce(*source, bench.plan({"notes", "contacts"}), one_at_a_time);
  CHECK(result["contacts"].purged == 1);
  CHECK(result["notes"].purged == 2);
  CHECK(result["contacts"].changed + result["notes"].changed + result["contacts"].archived == 0);
  CHECK(bench.archived("SELECT name FROM contacts ORDER BY name") == "Bo\nCleo\n");
  CHECK(bench.archived("SELECT body FROM notes") == "of Bo\n");
  CHECK(bench.archived("SELECT count(*) FROM oubli_records") == "3\n");
  CHECK(bench.live("SELECT name FROM contacts") == "kept live\n");
  CHECK(source->erase_residue().done);
  CHECK(occurrences(bench.archive(), "Sentinel") == 0);
  CHECK(bench.outcomes("notes") == "3 keep");
}

TEST_CASE("sqlite archive: more than the plan expects stays", "[unit][sqlite][archive][I8]") {
  ArchiveBench bench(k_contacts);
  bench.rule("contacts", "seen");
  bench.archive_all({"contacts"});
  bench.judge_on({date::year{2050} / 1 / 1, date::year{2050} / 1 / 1});
  const auto source = bench.open_its_archive(Access::enforce);
  auto result = bench.enforce(*source, bench.plan({"contacts"}, 2));
  CHECK(result["contacts"].purged == 2);
  CHECK(bench.archived("SELECT count(*) FROM contacts") == "1\n");
}

TEST_CASE("sqlite archive: a policy change reaches archived records", "[unit][sqlite][archive]") {
  ArchiveBench bench(k_contacts);
  bench.rule("contacts", "seen");
  auto& rules = bench.rules.tables.front().rules;
  rules.columns.emplace_back("name");
  bench.archive_all({"contacts"});

  SECTION("a longer period keeps") {
    rules.purposes.front().archive->up_to = Period{30, 0, 0, 0};
    bench.judge_on(k_later);
    CHECK(bench.outcomes("contacts") == "1 keep, 2 keep, 3 keep");
  }
  SECTION("a shorter one purges") {
    rules.purposes.front().archive->up_to = Period{4, 0, 0, 0};
    bench.judge_on(k_later);
    CHECK(bench.outcomes("contacts") == "1 purge, 2 purge, 3 purge");
  }
  SECTION("a purpose that is gone gives nothing") {
    rules.purposes.front().purpose = "renamed";
    rules.purposes.front().where = is_text("name", 1, "nobody");
    bench.judge_on(k_later);
    CHECK(bench.outcomes("contacts") == "1 unassigned, 2 unassigned, 3 unassigned");
  }
  SECTION("a new purpose is judged by its condition on the archived columns") {
    auto purpose = purpose_of_its_own("new", is_text("name", 1, "Ada Sentinel"));
    purpose.active->period = Period{50, 0, 0, 0};
    rules.purposes.push_back(purpose);
    bench.judge_on(k_later);
    CHECK(bench.outcomes("contacts") == "1 keep, 2 keep, 3 keep");
    execute(bench.archive(), "UPDATE contacts SET name = NULL");
    CHECK(bench.outcomes("contacts") == "1 undetermined, 2 undetermined, 3 undetermined");
  }
  SECTION("an event that isn't noted is read from the archived columns") {
    rules.events.front().name = "renamed";
    bench.judge_on(k_later);
    CHECK(bench.outcomes("contacts") == "1 purge, 2 keep, 3 keep");
    execute(bench.archive(), "UPDATE contacts SET seen = 'some day'");
    CHECK(bench.outcomes("contacts") == "1 unreadable, 2 unreadable, 3 unreadable");
  }
  SECTION("a column that the archive doesn't have is null there") {
    rules.columns.emplace_back("added_later");
    bench.judge_on(k_later);
    CHECK(bench.outcomes("contacts") == "1 purge, 2 keep, 3 keep");
  }
}

TEST_CASE("sqlite archive: a purpose the record wasn't under stays out when its column is emptied",
          "[unit][sqlite][archive][S15]") {
  ArchiveBench bench(k_contacts);
  bench.rule("contacts", "seen");
  auto& rules = bench.rules.tables.front().rules;
  rules.columns.emplace_back("name");
  rules.purposes.push_back(purpose_of_its_own("other", is_text("name", 1, "somebody else")));
  bench.archive_all({"contacts"});
  execute(bench.archive(), "UPDATE contacts SET name = NULL");
  CHECK(bench.outcomes("contacts") == "1 purge, 2 keep, 3 keep");
}

TEST_CASE("sqlite archive: a file of format 1 is read as it is and brought up to date by the first change",
          "[unit][sqlite][archive]") {
  ArchiveBench bench(std::string(k_contacts) + k_with_notes);
  bench.rule("contacts", "seen");
  bench.follow("notes", "contacts", "seen");
  bench.archive_all({"notes", "contacts"});
  execute(bench.archive(),
          "DROP INDEX oubli_records_families; ALTER TABLE oubli_records DROP COLUMN root_table;"
          "ALTER TABLE oubli_records DROP COLUMN other_purposes; UPDATE oubli_archive SET format = 1;"
          "UPDATE oubli_records SET events = '{\"last_contact\": null}' WHERE source_table = 'contacts'"
          " AND archived_rowid = 2");
  CHECK(bench.outcomes("contacts") == "1 purge, 2 keep, 3 keep");
  CHECK(bench.outcomes("notes") == "1 purge, 2 purge, 3 keep");
  CHECK(bench.archived("SELECT format FROM oubli_archive") == "1\n");
  (void)bench.open_its_archive(Access::enforce);
  CHECK(bench.archived("SELECT format FROM oubli_archive") == "2\n");
  CHECK(bench.outcomes("notes") == "1 purge, 2 purge, 3 keep");
  execute(bench.archive(), "UPDATE oubli_archive SET format = 3");
  CHECK_THROWS_WITH(bench.open_its_archive(), "crm: its archive was written by a newer version of oubli");
}

TEST_CASE("sqlite archive: copies that are still pending aren't seen", "[unit][sqlite][archive]") {
  ArchiveBench bench(k_contacts);
  bench.rule("contacts", "seen");
  bench.archive_all({"contacts"});
  execute(bench.archive(), "UPDATE oubli_records SET state = 'pending' WHERE archived_rowid = 1");
  CHECK(bench.outcomes("contacts") == "2 keep, 3 keep");
}

TEST_CASE("sqlite archive: who follows a record that isn't in the archive stands by its own notes",
          "[unit][sqlite][archive][S12]") {
  ArchiveBench bench(std::string(k_contacts) + k_with_notes);
  bench.rule("contacts", "seen");
  bench.follow("notes", "contacts", "seen");
  bench.archive_all({"notes", "contacts"});
  execute(bench.archive(),
          "DELETE FROM contacts WHERE id = 1;"
          "DELETE FROM oubli_records WHERE source_table = 'contacts' AND archived_rowid = 1");
  CHECK(bench.outcomes("notes") == "1 purge, 2 purge, 3 keep");
  const auto source = bench.open_its_archive(Access::enforce);
  auto result = bench.enforce(*source, bench.plan({"notes", "contacts"}));
  CHECK(result["notes"].purged == 2);
  CHECK(bench.archived("SELECT body FROM notes") == "of Bo\n");
}

TEST_CASE("sqlite archive: a parent that archived children still need is left by the step",
          "[unit][sqlite][archive][S20]") {
  ArchiveBench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, seen TEXT);"
      "INSERT INTO contacts VALUES (1, 'parent', '2020-01-01');"
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, contact INTEGER REFERENCES contacts (id), day TEXT);"
      "INSERT INTO orders VALUES (1, 1, '2021-06-01'), (2, 1, '2020-01-01');");
  bench.rule("contacts", "seen");
  bench.rule("orders", "day");
  bench.archive_all({"orders"}, "run-1");
  bench.archive_all({"contacts"}, "run-2");
  REQUIRE(bench.archived("SELECT count(*) FROM oubli_records") == "3\n");
  const auto source = bench.open_its_archive(Access::enforce);
  CHECK(bench.enforce(*source, bench.plan({"orders"}))["orders"].purged == 1);
  CHECK(bench.enforce(*source, bench.plan({"contacts"}))["contacts"].changed == 1);
  CHECK(bench.archived("SELECT name FROM contacts") == "parent\n");
}

TEST_CASE("sqlite archive: references come from archived children, and from live ones left behind",
          "[unit][sqlite][archive][S20]") {
  ArchiveBench bench(
      "CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, seen TEXT);"
      "INSERT INTO contacts VALUES (1, 'archived', '2020-01-01'), (2, 'live', '2030-01-01');"
      "CREATE TABLE orders (id INTEGER PRIMARY KEY, contact TEXT, day TEXT);");
  bench.rule("contacts", "seen");
  bench.rule("orders", "day");
  bench.rules.relations = {{"orders", {"contact"}, "contacts", {"id"}, false}};
  bench.archive_all({"contacts"});
  execute(bench.config.path, "INSERT INTO orders VALUES (1, '1', '2030-06-01'), (2, '2', '2030-06-01')");
  const auto source = bench.open_its_archive();
  auto pass = bench.pass("contacts");
  pass.as_parent = {0};
  Seen seen;
  source->for_each(pass, seen);
  std::vector<RecordKey> keys;
  const auto note = [&](const RecordKey& key) { keys.push_back(key); };
  source->for_each_reference(0, Side::archive, note);
  CHECK(keys.empty());
  source->for_each_reference(0, Side::live, note);
  REQUIRE(seen.records.size() == 1);
  CHECK(keys == seen.records.front().as_parent);
}

TEST_CASE("sqlite archive: an anonymised record is out of scope there, and nothing names the person",
          "[unit][sqlite][archive][S17]") {
  class Unstopped : public GoingRecords {
   public:
    [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return false; }
    [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord& record) const override {
      return record.judgement.outcome == Outcome::anonymise;
    }
  };
  ArchiveBench bench(k_contacts);
  bench.rule("contacts", "seen", {"name"});
  bench.archive_all({"contacts"});
  auto& rules = bench.rules.tables.front().rules;
  rules.purposes.front().then = Disposition::anonymise;
  rules.personal = {{"name", 1}};
  rules.mark = "anonymised_on";
  rules.columns.emplace_back("anonymised_on");
  rules.anonymised = AnonymisedRule{1, {}};
  bench.judge_on(k_later);
  REQUIRE(bench.outcomes("contacts") == "1 anonymise, 2 keep, 3 keep");
  const auto source = bench.open_its_archive(Access::enforce);
  const TablePlan plan{bench.pass("contacts"), 100};
  const Unstopped going;
  const auto rewriting = source->rewriting(plan, going);
  const auto change = rewriting->next({});
  REQUIRE(change);
  CHECK(change->anonymised == 1);
  CHECK_FALSE(rewriting->next({}));
  CHECK(bench.archived("SELECT name, seen, anonymised_on FROM contacts WHERE id = 1") == "|2020-01-01|2031-01-01\n");
  CHECK(bench.archived("SELECT key_text FROM oubli_records ORDER BY record") == "\nBo\nCleo\n");
  CHECK(source->erase_residue().done);
  CHECK(occurrences(bench.archive(), "Sentinel") == 0);
  CHECK(bench.outcomes("contacts") == "1 out_of_scope, 2 keep, 3 keep");
}
