#include "oubli/diag/diagnostic.hpp"
#include "oubli/run/ledger.hpp"
#include "oubli/state/state.hpp"
#include "run/key_notes.hpp"
#include "run/ledger_entries.hpp"
#include "support/day_literal.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <catch2/catch.hpp>

#include <string>

using namespace oubli;
using namespace oubli::test;

namespace {

using std::chrono::hours;

/// A run on a day that purged the contacts with these keys; the last step of it is confirmed or not.
void write_run(State& state, const std::string& run, Day day, const std::vector<std::string>& keys, bool is_over = true) {
  const KeyDigester digester(state.digest_key());
  std::vector<KeyDigest> digests;
  for (const auto& key : keys) digests.push_back(digester.of("crm", "contacts", {key}));
  const auto time = to_text(day) + "T03:00:00Z";
  state.append("started", run, "{}", time);
  const auto batch = state.keep_keys({run, "crm", "contacts", "live", "purged"}, digests, {});
  if (!is_over) return;
  state.confirm_keys({batch});
  LedgerWriter writer(state, run, day + hours(3));
  writer.keys(state.kept_keys(run));
  state.append("finished", run, "{}", time);
}

Project project_in(const TemporaryFolder& folder) {
  Project project;
  project.config.state = folder / "state.db";
  return project;
}

State state_in(const TemporaryFolder& folder) {
  State state = State::open(folder / "state.db", State::Create::yes);
  write_run(state, "r1", "2026-11-20"_day, {"1", "2"});
  write_run(state, "r2", "2026-11-21"_day, {"3"});
  return state;
}

void change(const TemporaryFolder& folder, const char* sql) {
  SQLite::Database((folder / "state.db").string(), SQLite::OPEN_READWRITE).exec(sql);
}

}  // namespace

TEST_CASE("ledger: a record is found by its key, with the run that purged it", "[unit][ledger][keys]") {
  const TemporaryFolder folder;
  State state = state_in(folder);
  write_run(state, "r3", "2026-11-22"_day, {"4"}, false);
  const auto project = project_in(folder);
  const auto found = find_in_ledger(project, {"crm.contacts", {"2"}});
  REQUIRE(found.lines.size() == 1);
  CHECK(found.lines.front().run == "r1");
  CHECK(found.lines.front().started_at == "2026-11-20T03:00:00Z");
  CHECK(found.lines.front().change == "purged");
  CHECK(found.lines.front().is_confirmed);
  CHECK_FALSE(found.is_in_config);
  CHECK_FALSE(find_in_ledger(project, {"crm.contacts", {"4"}}).lines.front().is_confirmed);
  CHECK(find_in_ledger(project, {"crm.contacts", {"5"}}).lines.empty());
  CHECK(find_in_ledger(project, {"crm.contacts", {"1", "2"}}).lines.empty());
  CHECK(find_in_ledger(project, {"crm.addresses", {"1"}}).lines.empty());
}

TEST_CASE("ledger: key digests that aren't as the chain says are noticed", "[unit][ledger][keys]") {
  struct Case {
    const char* name;
    const char* sql;
    std::int64_t entry;
  };
  const auto c = GENERATE(values<Case>({
      {"changed", "UPDATE ledger_key SET keys = zeroblob(length(keys)) WHERE run = 'r1'", 2},
      {"removed", "DELETE FROM ledger_key WHERE run = 'r2'", 5},
      {"put in", "INSERT INTO ledger_key SELECT 9, run, dataset, table_name, side, change, 1, keys FROM ledger_key WHERE run = 'r2'", 5},
      {"put in, not confirmed", "INSERT INTO ledger_key SELECT 9, run, dataset, table_name, side, change, 0, keys FROM ledger_key WHERE run = 'r2'", 5},
      {"moved to another run", "UPDATE ledger_key SET run = 'r1'", 2},
      {"moved to another table", "UPDATE ledger_key SET table_name = 'addresses' WHERE run = 'r1'", 2},
  }));
  CAPTURE(c.name);
  const TemporaryFolder folder;
  static_cast<void>(state_in(folder));
  CHECK(verify_ledger(project_in(folder), {}).is_sound());
  CHECK(verify_ledger(project_in(folder), {}).keys == 3);
  change(folder, c.sql);
  const auto verdict = verify_ledger(project_in(folder), {});
  CHECK_FALSE(verdict.is_sound());
  CHECK(verdict.first_without_keys == c.entry);
}

TEST_CASE("ledger: pruning drops key digests before a day, and nothing else", "[unit][ledger][keys]") {
  const TemporaryFolder folder;
  static_cast<void>(state_in(folder));
  const auto project = project_in(folder);
  const auto now = "2026-11-30"_day + hours(9);
  CHECK(prune_ledger(project, {"2026-11-20"_day, "Ada"}, now).head.empty());
  CHECK(verify_ledger(project, {}).entries == 6);

  const auto pruned = prune_ledger(project, {"2026-11-21"_day, "Ada"}, now);
  CHECK(pruned.keys == 2);
  const auto verdict = verify_ledger(project, pruned.head);
  CHECK(verdict.is_sound());
  CHECK(verdict.entries == 7);
  CHECK(verdict.keys == 1);
  CHECK(find_in_ledger(project, {"crm.contacts", {"2"}}).lines.empty());
  CHECK(find_in_ledger(project, {"crm.contacts", {"2"}}).kept_from == "2026-11-21");
  CHECK(find_in_ledger(project, {"crm.contacts", {"3"}}).lines.size() == 1);

  change(folder, "DELETE FROM ledger_key");
  CHECK(verify_ledger(project, {}).first_without_keys == 5);
}

TEST_CASE("ledger: pruning is refused for a day to come, and where the ledger isn't sound", "[unit][ledger][keys]") {
  const TemporaryFolder folder;
  static_cast<void>(state_in(folder));
  const auto project = project_in(folder);
  const auto now = "2026-11-30"_day + hours(9);
  CHECK_THROWS_WITH(prune_ledger(project, {"2026-12-01"_day, "Ada"}, now), "2026-12-01 is to come");
  change(folder, "UPDATE ledger_key SET keys = zeroblob(16) WHERE run = 'r2'");
  CHECK_THROWS_WITH(prune_ledger(project, {"2026-11-30"_day, "Ada"}, now),
                    "the ledger isn't as it was written, and what stands beside it may be needed to find out why");
  CHECK(verify_ledger(project, {}).entries == 6);
}
