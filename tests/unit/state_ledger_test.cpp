#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/digest.hpp"
#include "oubli/state/state.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>

#include <string>

using namespace oubli;
using oubli::test::TemporaryFolder;

namespace {

/// A state with four entries, closed again.
std::filesystem::path state_with_entries(const TemporaryFolder& folder) {
  State state = State::open(folder / "state.db", State::Create::yes);
  state.append("approved", "", R"({"by":"Ada"})", "2026-11-21T10:00:00Z");
  state.append("started", "r1", R"({"as_of":"2026-11-22"})", "2026-11-22T03:00:12Z");
  state.append("table", "r1", R"({"purged":9})", "2026-11-22T03:00:13Z");
  state.append("finished", "r1", R"({"status":"complete"})", "2026-11-22T03:00:14Z");
  return folder / "state.db";
}

std::optional<std::int64_t> broken_after(const std::filesystem::path& file, const char* sql) {
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  database.exec("DROP TRIGGER ledger_is_never_changed; DROP TRIGGER ledger_is_never_shortened");
  database.exec(sql);
  return State::open_for_reading(file)->first_broken_entry();
}

}  // namespace

TEST_CASE("a reason stands beside its entry, not in the chain", "[unit][ledger]") {
  const TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  state.append("approved", "", "{}", "2026-11-21T10:00:00Z");
  const auto entry = state.append_with_reason({"shown", {}, "{}", "2026-11-21T10:00:01Z"}, "a claim");
  CHECK(entry.number == 2);
  CHECK(state.reasons() == std::map<std::int64_t, std::string>{{2, "a claim"}});
  CHECK_FALSE(state.first_broken_entry().has_value());
  SQLite::Database((folder / "state.db").string(), SQLite::OPEN_READWRITE).exec("DELETE FROM ledger_reason");
  CHECK_FALSE(state.first_broken_entry().has_value());
}

TEST_CASE("an empty ledger is unbroken", "[unit][ledger]") {
  const TemporaryFolder folder;
  const State state = State::open(folder / "state.db", State::Create::yes);
  CHECK(state.ledger().empty());
  CHECK_FALSE(state.last_entry("finished").has_value());
  CHECK_FALSE(state.first_broken_entry().has_value());
}

TEST_CASE("entries are numbered from 1 and each holds the hash of the one before", "[unit][ledger]") {
  const TemporaryFolder folder;
  const auto state = State::open_for_reading(state_with_entries(folder));
  const std::vector<LedgerEntry> ledger = state->ledger();
  REQUIRE(ledger.size() == 4);
  CHECK(ledger[0].previous == std::string(64, '0'));
  for (std::size_t i = 0; i < ledger.size(); ++i) CHECK(ledger[i].number == static_cast<std::int64_t>(i) + 1);
  for (std::size_t i = 1; i < ledger.size(); ++i) CHECK(ledger[i].previous == ledger[i - 1].hash);
  CHECK(state->last_entry("table")->body == R"({"purged":9})");
  CHECK_FALSE(state->first_broken_entry().has_value());
}

TEST_CASE("the hash of an entry can be computed again from its documented form", "[unit][ledger]") {
  const TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  const LedgerEntry entry = state.append("approved", "", R"({"by":"Ada"})", "2026-11-21T10:00:00Z");
  const std::string form =
      R"(1:1,20:2026-11-21T10:00:00Z,8:approved,0:,12:{"by":"Ada"},64:)" + std::string(64, '0') + ",";
  CHECK(entry.hash == to_hex(sha256(form)));
}

TEST_CASE("append returns the entry that the ledger holds", "[unit][ledger]") {
  const TemporaryFolder folder;
  State state = State::open(folder / "state.db", State::Create::yes);
  state.append("started", "r1", "{}", "2026-11-22T03:00:12Z");
  const LedgerEntry appended = state.append("finished", "r1", "{}", "2026-11-22T03:00:13Z");
  const LedgerEntry held = state.ledger().back();
  CHECK(held.number == 2);
  CHECK(held.hash == appended.hash);
  CHECK(held.previous == appended.previous);
  CHECK(held.written_at == "2026-11-22T03:00:13Z");
}

TEST_CASE("any change of the ledger is found at the entry it touches first", "[unit][ledger]") {
  struct Case {
    const char* name;
    const char* sql;
    std::int64_t expected;
  };
  const auto c = GENERATE(values<Case>({
      {"a changed body", "UPDATE ledger SET body = '{\"purged\":8}' WHERE number = 3", 3},
      {"a changed time", "UPDATE ledger SET written_at = '2026-11-21T10:00:01Z' WHERE number = 1", 1},
      {"a changed run", "UPDATE ledger SET run = 'r2' WHERE number = 2", 2},
      {"bytes moved between fields", "UPDATE ledger SET kind = 'startedr', run = '1' WHERE number = 2", 2},
      {"an entry taken out", "DELETE FROM ledger WHERE number = 2", 2},
      {"an entry taken out and the rest numbered again",
       "DELETE FROM ledger WHERE number = 2; UPDATE ledger SET number = number - 1 WHERE number > 2", 2},
      {"the first entry taken out", "DELETE FROM ledger WHERE number = 1", 1},
      {"the last entry taken out", "DELETE FROM ledger WHERE number = 4", 4},
      {"all entries taken out", "DELETE FROM ledger", 1},
      {"an entry put in at the end",
       "INSERT INTO ledger SELECT 5, written_at, kind, run, body, hash, hash FROM ledger WHERE number = 4", 5},
      {"an entry put in between",
       "UPDATE ledger SET number = 5 WHERE number = 4;"
       "INSERT INTO ledger SELECT 4, written_at, kind, run, body, hash, hash FROM ledger WHERE number = 3",
       4},
      {"two entries that changed places",
       "UPDATE ledger SET number = 9 WHERE number = 2; UPDATE ledger SET number = 2 WHERE number = 3;"
       "UPDATE ledger SET number = 3 WHERE number = 9",
       2},
  }));
  CAPTURE(c.name);
  const TemporaryFolder folder;
  const std::filesystem::path file = state_with_entries(folder);
  CHECK(broken_after(file, c.sql) == c.expected);
}

TEST_CASE("an entry can't be changed or removed by accident", "[unit][ledger]") {
  const TemporaryFolder folder;
  SQLite::Database database(state_with_entries(folder).string(), SQLite::OPEN_READWRITE);
  CHECK_THROWS_WITH(database.exec("UPDATE ledger SET body = ''"), "the ledger is append-only");
  CHECK_THROWS_WITH(database.exec("DELETE FROM ledger"), "the ledger is append-only");
}
