#include "oubli/report/report.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace oubli;
using namespace date::literals;

namespace {

std::string text_of(const RunReport& report, int columns = 80) {
  std::ostringstream out;
  write_run_text(out, report, {false, columns});
  return out.str();
}

nlohmann::ordered_json json_of(const RunReport& report) {
  std::ostringstream out;
  write_run_json(out, report);
  return nlohmann::ordered_json::parse(out.str());
}

PurposeLine prospecting() {
  PurposeLine line{"prospecting", "Commercial prospecting", {}, Day(2023_y / 11 / 20)};
  line.tally.records = 30;
  line.tally.active = 16;
  line.tally.open = 2;
  line.tally.ended = 9;
  line.tally.undated = 3;
  line.tally.oldest_start = Day(2019_y / 2 / 1);
  return line;
}

TableLine contacts() {
  TableLine line;
  line.dataset = "crm";
  line.table = "contacts";
  line.policy = "groupe-scr";
  line.tally.rows = 59;
  OutcomeCounts& outcomes = line.tally.outcomes;
  outcomes[Outcome::keep] = 42;
  outcomes[Outcome::archive] = 4;
  outcomes[Outcome::purge] = 9;
  outcomes[Outcome::blocked] = 1;
  outcomes[Outcome::undated] = 2;
  outcomes[Outcome::unreadable] = 1;
  line.tally.odd_rows[Outcome::undated] = {{3, 17}};
  line.tally.odd_rows[Outcome::unreadable] = {{9}};
  line.tally.due_since[Day(2024_y / 2 / 2)] = 3;
  line.tally.due_since[Day(2026_y / 11 / 21)] = 10;
  line.purposes = {prospecting()};
  return line;
}

RunReport scan() {
  RunReport report;
  report.config_digest = "sha256:00";
  report.policies = {
      {"groupe-scr", 1, "Groupe SCR", "Europe/Paris", Day(2026_y / 11 / 21), Day(2024_y / 4 / 26), "sha256:01"}};
  report.tables = {contacts()};
  return report;
}

RunReport enforced(RunStatus status) {
  RunReport report = scan();
  report.tables[0].applied = AppliedCounts{4, 9, 0, 0};
  report.enforced = EnforcedPart{"20261122T030012Z-4f1a",
                                 status,
                                 {"archive/groupe-scr/crm.db"},
                                 {{"crm", true, ""}},
                                 "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"};
  return report;
}

}  // namespace

TEST_CASE("a scan says per outcome how many, what happens and why", "[unit][report][scan][S14]") {
  CHECK(text_of(scan()) == R"(Dry run
  as of 2026-11-21 in Europe/Paris: policy groupe-scr, version 1, of Groupe SCR,
    in force since 2024-04-26

crm.contacts: 59 records
        4  to archive
        9  to purge; the first of both has been due since 2024-02-02
       42  kept: a purpose is active or open
        1  kept: records that are not due still need them
        2  kept aside: undated (rows 3, 17)
        1  kept aside: a date is unreadable (row 9)

  purpose      records  kept  ended  aside  due up to   oldest start
  prospecting       30    18      9      3  2023-11-20  2019-02-01

would archive 4 and purge 9 of 59 records; nothing was changed
)");
}

TEST_CASE("a refused table says so with the way out, and others go on", "[unit][report][scan][I8]") {
  RunReport report = scan();
  TableLine visits;
  visits.dataset = "web";
  visits.table = "visits";
  visits.tally.rows = 1'234'567;
  visits.tally.outcomes[Outcome::purge] = 1'000'000;
  visits.tally.outcomes[Outcome::keep] = 234'567;
  visits.refusal = Refusal{"max-share", "1000000 of 1234567 records would go", "allow it once with --allow-share 82%"};
  report.tables.push_back(visits);
  report.external = {"stripe"};
  report.failed = {"shop"};
  report.refused = {"old"};
  report.diagnostics = {{Severity::finding, "no-period", {}, "web.visits: 3 records have no period", "decide it", ""},
                        {Severity::warning, "unused", {"a.yaml", 1, 1, 1}, "told before", "", ""}};
  const std::string text = text_of(report);
  CHECK(text.substr(text.find("web.visits")) ==
        "web.visits: 1\u202F234\u202F567 records\n"
        "  REFUSED: 1000000 of 1234567 records would go [max-share]\n"
        "  hint: allow it once with --allow-share 82%\n"
        "1\u202F000\u202F000  due for purging, refused\n"
        "  234\u202F567  kept: a purpose is active or open\n"
        "\n"
        "stripe: not looked at, it is kept elsewhere\n"
        "shop: FAILED, could not be read\n"
        "old: REFUSED, left as it was\n"
        "\n"
        "oubli: finding: web.visits: 3 records have no period [no-period]\n"
        "hint: decide it\n"
        "would archive 4 and purge 9 of 1\u202F234\u202F626 records, and refuse 1 table with\n"
        "  1\u202F000\u202F000 due; shop could not be read; old refused as a whole; nothing was\n"
        "  changed\n");
}

TEST_CASE("followers and observed tables are marked, records listed where asked for", "[unit][report][scan]") {
  RunReport report = scan();
  report.tables[0] = TableLine();
  TableLine& line = report.tables[0];
  line.dataset = "crm";
  line.table = "addresses";
  line.follows = "contacts";
  line.mode = TableMode::observe;
  line.tally.rows = 1;
  line.tally.outcomes[Outcome::purge] = 1;
  line.records = {{3, "", "42,\x1b[31m", Outcome::purge, "prospecting ended on 2026-02-03"}};
  const std::string text = text_of(report);
  CHECK(text.substr(text.find("crm.addresses")) ==
        R"(crm.addresses: 1 record, following contacts, observed and never changed
        1  due for purging, observed only

  row  key          outcome  why
    3  42,\x1b[31m  purge    prospecting ended on 2026-02-03

would archive 0 and purge 0 of 1 record; nothing was changed
)");
}

namespace {

/// Of 50 records 3 are to be anonymised and 2 minimised.
RunReport rewriting() {
  RunReport report = scan();
  TableTally& tally = report.tables[0].tally;
  tally.outcomes = {};
  tally.outcomes[Outcome::keep] = 47;
  tally.outcomes[Outcome::anonymise] = 3;
  tally.due_since = {{Day(2024_y / 2 / 2), 3}};
  tally.odd_rows.clear();
  tally.minimise = 2;
  report.tables[0].rewrites = {{"email", 4}, {"phone", 1}};
  return report;
}

}  // namespace

TEST_CASE("a scan says which columns would go from how many records", "[unit][report][scan][S15][S17]") {
  const std::string text = text_of(rewriting());
  CHECK_THAT(text,
             Catch::Matchers::Contains("        3  to anonymise; the first has been due since 2024-02-02\n"
                                       "        2  to minimise, of those below; columns: email in 4 and phone in 1\n"
                                       "       47  kept: a purpose is active or open\n"));
  CHECK_THAT(text, Catch::Matchers::Contains("would archive 0, purge 0, anonymise 3 and minimise 2 of 59 records"));
  const auto json = json_of(rewriting());
  CHECK(json["tables"][0]["minimise"] == 2);
  CHECK(json["tables"][0]["rewrites"][1]["column"] == "phone");
  CHECK(json["tables"][0]["rewrites"][1]["records"] == 1);
}

TEST_CASE("a run says which columns went from how many records", "[unit][report][enforce][S15][S17]") {
  RunReport report = rewriting();
  AppliedCounts applied;
  applied.anonymised = 3;
  applied.minimised = 2;
  applied.columns = {{"email", 4}, {"phone", 1}};
  report.tables[0].applied = applied;
  report.enforced.emplace();
  CHECK_THAT(text_of(report),
             Catch::Matchers::Contains("        3  anonymised\n"
                                       "        2  minimised, of those below; columns: email in 4 and phone in 1\n"));
  CHECK_THAT(text_of(report),
             Catch::Matchers::EndsWith("archived 0, purged 0, anonymised 3 and minimised 2 of 59 records\n"));
  const auto json = json_of(report);
  CHECK(json["applied"]["anonymise"] == 3);
  CHECK(json["tables"][0]["applied"]["minimise"] == 2);
  CHECK(json["tables"][0]["applied"]["columns"]["email"] == 4);
}

TEST_CASE("a complete run says what was done, where to, and what is erased", "[unit][report][enforce][I7]") {
  const std::string text = text_of(enforced(RunStatus::complete));
  CHECK(text.substr(0, text.find('\n')) == "Run 20261122T030012Z-4f1a: complete");
  CHECK_THAT(text, Catch::Matchers::Contains("\n        4  archived\n        9  purged\n       42  kept: "));
  CHECK_THAT(text,
             Catch::Matchers::EndsWith("archived to archive/groupe-scr/crm.db\n"
                                       "erasure of crm: done, no trace in its files\n"
                                       "ledger head 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n"
                                       "archived 4 and purged 9 of 59 records\n"));
}

TEST_CASE("an incomplete or refused run is loud", "[unit][report][enforce][I7]") {
  RunReport report = enforced(RunStatus::incomplete);
  report.tables[0].applied = AppliedCounts{4, 2, 1, 6};
  report.enforced->erasure = {{"crm", false, "another connection is reading crm.db"}};
  const std::string text = text_of(report);
  CHECK(text.substr(0, text.find('\n')) == "Run 20261122T030012Z-4f1a: INCOMPLETE");
  CHECK_THAT(text, Catch::Matchers::Contains("        1  kept: changed since they were planned\n"
                                             "        6  REMAINING: due, not done yet\n"));
  CHECK_THAT(text, Catch::Matchers::Contains(
                       "erasure of crm: PENDING, another connection is reading crm.db; the next run\n  tries again\n"));
  CHECK_THAT(text, Catch::Matchers::EndsWith("INCOMPLETE: archived 4 and purged 2 of 59 records; 6 remain due\n"));
  report.enforced->status = RunStatus::refused;
  CHECK_THAT(text_of(report), Catch::Matchers::Contains("\nREFUSED: archived 4"));
}

TEST_CASE("a run that was stopped says why", "[unit][report][enforce][I7]") {
  RunReport report = enforced(RunStatus::incomplete);
  report.enforced->stopped_because = "a signal asked for it";
  CHECK_THAT(text_of(report),
             Catch::Matchers::Contains("\nSTOPPED before its end: a signal asked for it; the next run goes on\n"));
}

TEST_CASE("of several controllers each stands by itself", "[unit][report][scan]") {
  RunReport report = scan();
  report.policies.push_back(report.policies[0]);
  auto& policy = report.policies.back();
  policy.policy = "client-a";
  policy.controller = "Client A";
  policy.role = Role::processor;
  policy.processor = "Groupe SCR";
  policy.instructions = "annex 2";
  report.tables.insert(report.tables.begin(), contacts());
  report.tables[0].policy = "client-a";
  report.tables[0].table = "people";
  const std::string text = text_of(report, 200);
  CHECK_THAT(text, Catch::Matchers::Contains(
                       "of Client A, by Groupe SCR as processor on its instructions: annex 2, in force"));
  const auto own = text.find("\nController Groupe SCR, policy groupe-scr: would archive 4 and purge 9 of 59 records\n");
  const auto other = text.find("\nController Client A, policy client-a: would archive 4 and purge 9 of 59 records\n");
  REQUIRE(own != std::string::npos);
  REQUIRE(other != std::string::npos);
  CHECK(own < text.find("crm.contacts: "));
  CHECK(text.find("crm.contacts: ") < other);
  CHECK(other < text.find("crm.people: "));
  const auto json = json_of(report);
  CHECK(json["policies"][1]["role"] == "processor");
  CHECK(json["policies"][1]["totals"]["rows"] == 59);
  CHECK(json["totals"]["rows"] == 118);
}

TEST_CASE("names from a database never reach the terminal raw", "[unit][report][scan]") {
  RunReport report = scan();
  report.tables[0].table = "a\x1b[2Jb\nc";
  report.tables[0].purposes[0].purpose = "p\x1b";
  report.policies[0].controller = "c\r\x1b";
  report.external = {"e\x1b"};
  CHECK(text_of(report).find('\x1b') == std::string::npos);
  CHECK_THAT(text_of(report), Catch::Matchers::Contains("crm.a\\x1b[2Jb\\x0ac: 59 records"));
}

TEST_CASE("the JSON of a scan has every field of its schema", "[unit][report][scan][I7]") {
  const auto json = json_of(scan());
  CHECK(json["schema"] == "oubli.scan/1");
  CHECK(json["config_digest"] == "sha256:00");
  CHECK(json["policies"][0]["as_of"] == "2026-11-21");
  const auto& table = json["tables"][0];
  CHECK(table["rows"] == 59);
  CHECK(table["outcomes"].size() == k_outcomes);
  CHECK(table["outcomes"].begin().key() == "keep");
  CHECK(table["outcomes"]["held"] == 0);
  CHECK(table["limits"].is_null());
  CHECK(table["purposes"][0]["cutoff"] == "2023-11-20");
  CHECK(table["odd_rows"]["undated"] == nlohmann::ordered_json::array({3, 17}));
  CHECK_FALSE(table.contains("records"));
  CHECK(json["totals"]["rows"] == 59);
  CHECK(json["totals"]["outcomes"].size() == k_outcomes);
  CHECK_FALSE(json.contains("run"));
}

TEST_CASE("the JSON of a run adds what was done", "[unit][report][enforce][I7]") {
  RunReport report = enforced(RunStatus::incomplete);
  report.enforced->erasure.push_back({"web", false, "no space"});
  const auto json = json_of(report);
  CHECK(json["schema"] == "oubli.enforce/1");
  CHECK(json["run"] == "20261122T030012Z-4f1a");
  CHECK(json["status"] == "incomplete");
  CHECK(json["applied"]["purge"] == 9);
  CHECK(json["tables"][0]["applied"]["archive"] == 4);
  CHECK(json["archived_to"][0] == "archive/groupe-scr/crm.db");
  CHECK(json["erasure"]["done"][0] == "crm");
  CHECK(json["erasure"]["pending"][0]["because"] == "no space");
  CHECK_THAT(json["ledger_head"].get<std::string>(), Catch::Matchers::StartsWith("9f86d0"));
}

TEST_CASE("a name that is no UTF-8 doesn't break the JSON", "[unit][report][scan][I7]") {
  RunReport report = scan();
  report.tables[0].table = "caf\xe9";
  CHECK(json_of(report)["tables"][0]["table"] == "caf\xef\xbf\xbd");
}
