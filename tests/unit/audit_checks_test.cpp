/// Each check of an audit: what it finds, and that it finds nothing where nothing is wrong.
#include "oubli/audit/baseline.hpp"
#include "oubli/audit/checks.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

using namespace oubli;

namespace {

const Day k_today = "2026-06-01"_day;

Purpose purpose(const std::string& name) {
  Purpose purpose;
  purpose.name = name;
  purpose.legal_reference = "Code civil, art. 2224";
  purpose.where = {"policy.yaml", 14, 3, 1};
  purpose.active = ActivePhase{};
  return purpose;
}

TableFacts contacts() {
  TableFacts table;
  table.dataset = "crm";
  table.table = "contacts";
  table.records = 3;
  table.where = {"oubli.yaml", 9, 7, 1};
  table.purposes.resize(1);
  table.purposes[0].purpose = "sales";
  table.tally.purposes.resize(1);
  ColumnFacts email;
  email.name = "email";
  email.coverage = Coverage::category;
  email.categories = {"contact"};
  email.survey.records = 3;
  table.columns = {email};
  RecordCounts counts;
  counts.starts.resize(1);
  counts.years.resize(1);
  counts.without_start.resize(1);
  table.counts = counts;
  return table;
}

/// Nothing is wrong here.
AuditFacts sound() {
  AuditFacts facts;
  facts.today = k_today;
  facts.now = std::chrono::system_clock::time_point(k_today.time_since_epoch()) + std::chrono::hours(10);
  Policy policy;
  policy.file = "policy.yaml";
  policy.purposes = {purpose("sales")};
  facts.policies = {policy};
  DatasetFacts dataset;
  dataset.name = "crm";
  dataset.tables = {contacts()};
  facts.datasets = {dataset};
  StateFacts state;
  state.approved_by = "Tester";
  state.approved_at = "2026-05-01T10:00:00Z";
  state.runs = {{"r1", "2026-05-31T03:00:00Z", "complete", {}, {}, {}},
                {"r2", "2026-06-01T03:00:00Z", "complete", {}, {}, {}}};
  state.entries = 5;
  facts.state = state;
  facts.archive = {{"archive", 0700}};
  facts.state_files = {{"state.db", 0600}};
  facts.under_roots.emplace();
  facts.beside_csv.emplace();
  return facts;
}

TableFacts& table_of(AuditFacts& facts) { return facts.datasets[0].tables[0]; }

AuditCheck check(const AuditFacts& facts, int number) {
  const auto checks = run_checks(facts);
  return *std::ranges::find(checks, number, &AuditCheck::number);
}

/// "fail: crm.contacts: …", a line a finding.
std::string findings(const AuditFacts& facts, int number) {
  std::string text;
  for (const auto& finding : check(facts, number).findings) {
    const std::string place = in_words(finding.place);
    text += fmt::format("{}: {}{}{}\n", to_text(finding.state), place, place.empty() ? "" : ": ", finding.message);
  }
  return text;
}

}  // namespace

TEST_CASE("audit: nothing is found where nothing is wrong", "[unit][audit]") {
  for (const auto& each : run_checks(sound())) {
    CAPTURE(each.number, each.figure);
    CHECK(each.findings.empty());
    CHECK((each.state == CheckState::pass || each.state == CheckState::not_applicable));
  }
}

TEST_CASE("audit: checks are numbered in order, each with a name and a legal reference", "[unit][audit]") {
  std::set<std::string> names;
  int last = 0;
  for (const auto& each : all_checks()) {
    CHECK(each.number > last);
    last = each.number;
    CHECK(names.insert(each.name).second);
    CHECK(each.legal.find("GDPR") != std::string::npos);
    CHECK_FALSE(each.title.empty());
  }
}

TEST_CASE("audit 101: an error of a text fails, a warning warns, references are told by 104", "[unit][audit]") {
  auto facts = sound();
  facts.diagnostics = {{Severity::error, "missing-key", {"policy.yaml", 3, 1, 1}, "`legal_basis` is missing", "", ""},
                       {Severity::warning, "unused", {"policy.yaml", 4, 1, 1}, "nothing uses this", "", ""},
                       {Severity::warning, "above-ceiling", {"policy.yaml", 5, 1, 1}, "is kept too long", "", ""}};
  CHECK(findings(facts, 101) == "fail: `legal_basis` is missing\nwarn: nothing uses this\n");
  CHECK(findings(facts, 104) == "warn: is kept too long\n");
}

TEST_CASE("audit 102: no period fails unless the day to decide it is to come", "[unit][audit][gdpr-5-1-e]") {
  auto facts = sound();
  auto& undecided = facts.policies[0].purposes[0];
  undecided.no_period = NoPeriod{"open", "", {}};
  CHECK(findings(facts, 102) == "fail: purpose sales: has no period, and no day by which one is decided\n");
  undecided.no_period->decide_by = k_today - date::days{1};
  CHECK(findings(facts, 102) == "fail: purpose sales: has no period; it was to be decided by 2026-05-31\n");
  undecided.no_period->decide_by = k_today;
  CHECK(findings(facts, 102) == "warn: purpose sales: has no period yet; it is to be decided by 2026-06-01\n");
}

TEST_CASE("audit 103: a period needs a source, a legal obligation its law", "[unit][audit]") {
  auto facts = sound();
  auto& without = facts.policies[0].purposes[0];
  without.legal_reference.clear();
  CHECK(findings(facts, 103) == "warn: purpose sales: says nowhere where its period comes from\n");
  without.legal_basis = LegalBasis::legal_obligation;
  without.reference = "section 3";
  CHECK(findings(facts, 103) == "fail: purpose sales: rests on a legal obligation and cites no law\n");
  without.taken.emplace();
  CHECK(findings(facts, 103).empty());
}

TEST_CASE("audit 105: never approved, or changed since", "[unit][audit]") {
  auto facts = sound();
  facts.state->changed_since = {"policy shop", "config"};
  CHECK(findings(facts, 105) == "fail: changed since the approval: policy shop, config\n");
  facts.state.reset();
  CHECK(findings(facts, 105) == "fail: nobody has approved the policies and the config: nothing is enforced\n");
}

TEST_CASE("audit 201: nothing looked at is not compliance", "[unit][audit][gdpr-5-2]") {
  auto facts = sound();
  facts.datasets[0].tables.clear();
  CHECK(findings(facts, 201) == "fail: crm: holds no record: nothing looked at is not compliance\n");
  facts.datasets[0].failures = {{"crm", Diagnostic{Severity::error, "", {}, "crm.db: no such file", "", ""}}};
  CHECK(findings(facts, 201) == "fail: crm: could not be read: crm.db: no such file\n");
  facts.datasets.clear();
  CHECK(findings(facts, 201) == "fail: no dataset was looked at\n");
  facts.is_runnable = false;
  CHECK(findings(facts, 201) == "fail: no dataset was looked at: the policies or the config can't be applied\n");
}

TEST_CASE("audit 202: a table nobody mapped, with what it seems to hold", "[unit][audit]") {
  auto facts = sound();
  TableFacts notes;
  notes.dataset = "crm";
  notes.table = "notes";
  notes.standing = TableStanding::unmapped;
  notes.records = 2;
  notes.columns.resize(1);
  notes.columns[0].name = "iban";
  facts.datasets[0].tables.push_back(notes);
  CHECK(findings(facts, 202) == "fail: crm.notes: 2 records in a table nobody mapped; iban is called like an IBAN\n");
  facts.datasets[0].tables[1].records = 0;
  CHECK(findings(facts, 202) == "warn: crm.notes: empty, and nobody mapped it\n");
  facts.datasets[0].tables[1].standing = TableStanding::declared_free;
  CHECK(findings(facts, 202).empty());
}

TEST_CASE("audit 203: an uncovered column fails where it looks personal, else warns", "[unit][audit]") {
  auto facts = sound();
  auto& column = table_of(facts).columns[0];
  column.coverage = Coverage::uncovered;
  CHECK(findings(facts, 203) ==
        "fail: crm.contacts.email: under no category and not technical; is called like an e-mail address\n");
  column.name = "extra";
  CHECK(findings(facts, 203) == "warn: crm.contacts.extra: under no category and not technical\n");
}

TEST_CASE("audit 204: only content speaks against what was declared", "[unit][audit]") {
  auto facts = sound();
  auto& column = table_of(facts).columns[0];
  column.coverage = Coverage::technical;
  CHECK(findings(facts, 204).empty());
  column.survey.add(Value::of(std::string_view("ada@example.org")), ColumnSurvey::Sample::yes);
  CHECK(findings(facts, 204) ==
        "warn: crm.contacts.email: declared technical; looks like an e-mail address: 100 % of 1 value, and its "
        "name\n");
}

TEST_CASE("audit 205, 206: columns nobody needs or fills", "[unit][audit][gdpr-5-1-c]") {
  auto facts = sound();
  auto& column = table_of(facts).columns[0];
  column.is_needed = false;
  column.survey.empty = 3;
  CHECK(findings(facts, 205) == "warn: crm.contacts.email: under contact, which no purpose of the table lists\n");
  CHECK(findings(facts, 206) == "warn: crm.contacts.email: empty in each of 3 records\n");
}

TEST_CASE("audit 207: files beside the datasets, where roots are given", "[unit][audit]") {
  auto facts = sound();
  facts.under_roots = FoundFiles{2, {"copies/old.db"}, {{"copies/deep", "Permission denied"}}};
  CHECK(findings(facts, 207) ==
        "fail: copies/deep could not be looked through: Permission denied\n"
        "fail: copies/old.db is in no dataset\n");
  facts.under_roots.reset();
  CHECK(check(facts, 207).state == CheckState::not_applicable);
}

TEST_CASE("audit 208: files beside those of CSV tables", "[unit][audit]") {
  auto facts = sound();
  facts.beside_csv->strays = {"exports/old.csv"};
  CHECK(findings(facts, 208) == "warn: exports/old.csv lies beside a table's files and belongs to none\n");
  facts.beside_csv.reset();
  CHECK(check(facts, 208).state == CheckState::not_applicable);
}

TEST_CASE("audit 301, 402: what should have gone, live and in the archive", "[unit][audit][gdpr-5-1-e]") {
  auto facts = sound();
  table_of(facts).counts->overdue[0] = {12, 5, "2024-02-01"_day};
  CHECK(findings(facts, 301) ==
        "fail: crm.contacts, purpose sales: 12 records should have gone, the first on 2024-02-01, 5 of them for more "
        "than a year\n");
  CHECK(findings(facts, 402).empty());
  table_of(facts).side = Side::archive;
  CHECK(findings(facts, 402) ==
        "fail: crm.contacts (archive), purpose sales: 12 records should have gone, the first on 2024-02-01, "
        "5 of them for more than a year\n");
  CHECK(findings(facts, 301).empty());
}

TEST_CASE("audit: a purpose that isn't asked for isn't told", "[unit][audit]") {
  auto facts = sound();
  table_of(facts).counts->overdue[0] = {12, 5, "2024-02-01"_day};
  facts.purposes = {"accounting"};
  CHECK(findings(facts, 301).empty());
}

TEST_CASE("audit 302: data no purpose needs", "[unit][audit][gdpr-5-1-c]") {
  auto facts = sound();
  table_of(facts).tally.minimise = 2;
  table_of(facts).unneeded = {"contact of 3 records"};
  CHECK(findings(facts, 302) ==
        "warn: crm.contacts: 2 records hold columns that none of their purposes needs any more\n"
        "warn: crm.contacts: kept, although no purpose of the record needs it any more: contact of 3 records\n");
}

TEST_CASE("audit 303 to 311: records kept aside warn, and fail once they are too old", "[unit][audit]") {
  struct Case {
    int number;
    Outcome outcome;
  };
  const auto c = GENERATE(values<Case>({{303, Outcome::undated},
                                        {304, Outcome::unreadable},
                                        {305, Outcome::future},
                                        {306, Outcome::undetermined},
                                        {307, Outcome::no_period},
                                        {308, Outcome::unassigned},
                                        {309, Outcome::flag},
                                        {311, Outcome::malformed}}));
  CAPTURE(c.number);
  auto facts = sound();
  CHECK(check(facts, c.number).state == CheckState::pass);
  auto& aged = table_of(facts).counts->aside[c.outcome];
  aged = {3, 0, 3, {}};
  CHECK(check(facts, c.number).state == CheckState::warn);
  aged = {3, 1, 1, "2020-01-01"_day};
  CHECK(check(facts, c.number).state == CheckState::fail);
}

TEST_CASE("audit 303: says what the age is and of how many it isn't known", "[unit][audit]") {
  auto facts = sound();
  table_of(facts).counts->aside[Outcome::undated] = {4, 2, 1, "2020-01-01"_day};
  CHECK(findings(facts, 303) ==
        "fail: crm.contacts: 4 records kept for want of a start day, 2 of them for longer than they may be, the oldest "
        "since "
        "2020-01-01; of 1 no event says how old it is\n");
}

TEST_CASE("audit 310: an old relation that goes on is a question", "[unit][audit]") {
  auto facts = sound();
  table_of(facts).counts->open[0] = {40, 0, 2, "2024-01-01"_day};
  CHECK(findings(facts, 310).empty());
  table_of(facts).counts->open[0] = {40, 7, 2, "2012-01-01"_day};
  CHECK(findings(facts, 310) ==
        "warn: crm.contacts, purpose sales: 7 records open for very long, the oldest since 2012-01-01: "
        "does anybody record the end?\n");
}

TEST_CASE("audit 312: one day that renewed everybody", "[unit][audit]") {
  auto facts = sound();
  auto& starts = table_of(facts).counts->starts[0];
  for (int day = 0; day < 40; ++day) starts["2025-01-01"_day + date::days{day}] = 2;
  CHECK(findings(facts, 312).empty());
  starts["2025-06-15"_day] = 60;
  CHECK(findings(facts, 312) ==
        "warn: crm.contacts, purpose sales: 60 records start on one day, 2025-06-15: a mass update may have renewed "
        "everybody\n");
}

TEST_CASE("audit 312: of a few records, or of closes of a year, nobody can tell", "[unit][audit]") {
  auto facts = sound();
  auto& starts = table_of(facts).counts->starts[0];
  starts = {{"2025-06-15"_day, 29}};
  CHECK(findings(facts, 312).empty());
  starts = {{"2023-12-31"_day, 40}, {"2024-12-31"_day, 50}, {"2025-12-31"_day, 45}};
  CHECK(findings(facts, 312).empty());
}

TEST_CASE("audit 313: an inactive purpose that still grows", "[unit][audit][S16]") {
  auto facts = sound();
  CHECK(check(facts, 313).state == CheckState::not_applicable);
  facts.policies[0].purposes[0].inactive = InactiveStatus{"2025-01-01"_day, "seen"};
  CHECK(check(facts, 313).state == CheckState::pass);
  table_of(facts).tally.purposes[0].newer_than_inactive = 3;
  CHECK(findings(facts, 313) ==
        "fail: crm.contacts, purpose sales: 3 records newer than the end of this inactive purpose\n");
}

TEST_CASE("audit 401, 404: archive, state and key are for their owner alone", "[unit][audit][gdpr-32]") {
  auto facts = sound();
  facts.archive = {{"archive", 0755}, {"archive/shop", 0700, false}, {"archive/old", 0777, true, true}};
  CHECK(findings(facts, 401) ==
        "fail: archive is open to others: mode 0755\n"
        "fail: archive/shop belongs to another user than the state\n"
        "fail: archive/old is a symbolic link\n");
  facts.archive = {{"archive", 0700, true, false, "Permission denied"}};
  CHECK(findings(facts, 401) == "fail: archive could not be looked through: Permission denied\n");
  facts.state_files = {{"state.db", 0600}, {"state.db.key", 0640}};
  CHECK(findings(facts, 404) == "fail: state.db.key is open to others: mode 0640\n");
}

TEST_CASE("audit 403: what is archived and unknown to the config", "[unit][audit]") {
  auto facts = sound();
  facts.unclaimed = {"archive/shop/old.db"};
  CHECK(findings(facts, 403) ==
        "fail: archive/shop/old.db is archived, and the config doesn't have it: it is kept and not judged\n");
}

TEST_CASE("audit 405: holds without end or past it", "[unit][audit][S18]") {
  auto facts = sound();
  Stop stop;
  stop.number = 1;
  stop.case_id = "17";
  stop.from = "2026-01-01"_day;
  stop.until = k_today;
  facts.state->stops = {stop};
  CHECK(check(facts, 405).state == CheckState::pass);
  facts.state->stops[0].until = k_today - date::days{1};
  CHECK(findings(facts, 405) ==
        "fail: case 17 (hold 1) ended on 2026-05-31 and nobody lifted or renewed it: it holds nothing any more\n");
  facts.state->stops[0].until.reset();
  CHECK(findings(facts, 405) == "warn: case 17 (hold 1) has no end; it stops everything it covers since 2026-01-01\n");
  facts.state->stops[0].lifting = StopLifting{};
  CHECK(check(facts, 405).state == CheckState::not_applicable);
}

TEST_CASE("audit 506: what is kept elsewhere has a proof of deletion in date", "[unit][audit]") {
  auto facts = sound();
  CHECK(check(facts, 506).state == CheckState::not_applicable);
  DatasetConfig bank;
  bank.name = "cards";
  bank.kind = DatasetKind::external;
  bank.external = "the bank";
  bank.external_purposes = {"payments"};
  facts.config.datasets.push_back(bank);
  CHECK(findings(facts, 506) == "fail: cards: nothing shows that what is due is deleted there\n");
  auto& proof = facts.config.datasets.back().proof.emplace();
  proof.dated = "2025-06-01"_day;
  CHECK(check(facts, 506).state == CheckState::pass);
  proof.dated = "2025-05-31"_day;
  CHECK(findings(facts, 506) == "fail: cards: the proof of 2025-05-31 was in date until 2026-05-31\n");
  proof.dated = "2026-06-02"_day;
  CHECK(findings(facts, 506) == "fail: cards: the proof is dated 2026-06-02, which is to come\n");
  facts.purposes = {"sales"};
  CHECK(check(facts, 506).state == CheckState::not_applicable);
}

TEST_CASE("audit 501: the last complete run lies back two days at most", "[unit][audit]") {
  auto facts = sound();
  facts.now += std::chrono::hours(42);
  CHECK(findings(facts, 501).empty());
  facts.now += std::chrono::hours(24);
  CHECK(findings(facts, 501) == "fail: the last complete run was 3 days ago\n");
  facts.now -= std::chrono::hours(90);
  CHECK(findings(facts, 501) == "fail: the last complete run is dated after now: the clock was set back\n");
  for (auto& run : facts.state->runs) run.status = "incomplete";
  CHECK(findings(facts, 501) == "fail: no run has ever been complete: nothing is enforced\n");
}

TEST_CASE("audit 502: nights that were left out", "[unit][audit]") {
  auto facts = sound();
  facts.state->runs[0].started_at = "2026-05-28T03:00:00Z";
  CHECK(findings(facts, 502) == "warn: no run for 4 days, from 2026-05-28T03:00:00Z to 2026-06-01T03:00:00Z\n");
  facts.state->runs[0].started_at = "2024-05-28T03:00:00Z";
  CHECK(check(facts, 502).state == CheckState::not_applicable);
}

TEST_CASE("audit 503: the last run fails, those before it warn", "[unit][audit]") {
  auto facts = sound();
  facts.state->runs[0].status = "unfinished";
  CHECK(findings(facts, 503) == "warn: 1 of the runs before did not end well\n");
  facts.state->runs[1] = {"r2", "2026-06-01T03:00:00Z", "incomplete", {"crm"}, {}, "asked to stop"};
  CHECK(findings(facts, 503) ==
        "fail: the last run, at 2026-06-01T03:00:00Z, was incomplete: asked to stop; could not be read or fully "
        "changed: crm\n"
        "warn: 1 of the runs before did not end well\n");
}

TEST_CASE("audit 504, 505: what is not gone, and what is not proven", "[unit][audit]") {
  auto facts = sound();
  facts.state->erasure_pending = {{"crm", "another connection is reading crm.db"}};
  CHECK(findings(facts, 504) ==
        "fail: crm: removed data is still in the files: another connection is reading crm.db\n");
  facts.state->first_broken_entry = 3;
  CHECK(findings(facts, 505) == "fail: entry 3 is not as it was written: nothing from there on is proven\n");
}

// ---------------------------------------------------------------- the baseline

namespace {

BaselineEntry entry(int number, Day until) {
  BaselineEntry entry;
  entry.check = number;
  entry.dataset = "crm";
  entry.reason = "known";
  entry.until = until;
  entry.where = {"known.yaml", 3, 5, 1};
  return entry;
}

std::vector<AuditCheck> held_against(const AuditFacts& facts, std::vector<BaselineEntry> entries) {
  auto checks = run_checks(facts);
  accept_known(checks, {"known.yaml", std::move(entries)}, k_today);
  return checks;
}

const AuditCheck& among(const std::vector<AuditCheck>& checks, int number) {
  return *std::ranges::find(checks, number, &AuditCheck::number);
}

AuditFacts with_uncovered_column() {
  auto facts = sound();
  table_of(facts).columns[0].coverage = Coverage::uncovered;
  return facts;
}

}  // namespace

TEST_CASE("baseline: a finding that is accepted until a day to come doesn't count", "[unit][audit][baseline]") {
  const auto checks = held_against(with_uncovered_column(), {entry(203, k_today)});
  CHECK(among(checks, 203).state == CheckState::pass);
  REQUIRE(among(checks, 203).findings[0].accepted);
  CHECK(among(checks, 203).findings[0].accepted->reason == "known");
  CHECK(among(checks, 106).state == CheckState::pass);
}

TEST_CASE("baseline: an entry past its day accepts nothing and is told", "[unit][audit][baseline]") {
  const auto checks = held_against(with_uncovered_column(), {entry(203, k_today - date::days{1})});
  CHECK(among(checks, 203).state == CheckState::fail);
  REQUIRE(among(checks, 106).findings.size() == 1);
  CHECK(among(checks, 106).findings[0].message == "the entry for check 203 ended on 2026-05-31");
  CHECK(among(checks, 106).findings[0].place.where.line == 3);
}

TEST_CASE("baseline: an entry that fits nothing is told", "[unit][audit][baseline]") {
  auto other = entry(203, k_today);
  other.column = "phone";
  const auto checks = held_against(with_uncovered_column(), {other, entry(999, k_today)});
  CHECK(among(checks, 203).state == CheckState::fail);
  CHECK(among(checks, 106).state == CheckState::warn);
  REQUIRE(among(checks, 106).findings.size() == 2);
  CHECK(among(checks, 106).findings[1].message == "the entry for check 999 accepts nothing");
}

TEST_CASE("baseline: what it doesn't name still counts", "[unit][audit][baseline]") {
  auto facts = with_uncovered_column();
  table_of(facts).columns.push_back(table_of(facts).columns[0]);
  table_of(facts).columns[1].name = "phone";
  auto one = entry(203, k_today);
  one.column = "phone";
  const auto checks = held_against(facts, {one});
  CHECK(among(checks, 203).state == CheckState::fail);
  CHECK_FALSE(among(checks, 203).findings[0].accepted);
  CHECK(among(checks, 203).findings[1].accepted);
}
