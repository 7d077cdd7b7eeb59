/// What `oubli audit` prints.
#include "oubli/report/audit_report.hpp"
#include "report/bars.hpp"
#include "report_support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

using Json = nlohmann::json;

AuditReport sample() {
  AuditReport report;
  report.config = "oubli.yaml";
  AuditCheck overdue{301,          "overdue", "Records", "no record is overdue", "GDPR art. 5(1)(e)", CheckState::fail,
                     "12 records", {}};
  const FindingPlace contacts{"crm", "contacts", Side::live, {}, "sales", {"oubli.yaml", 9, 7, 1}};
  const FindingPlace orders{"crm", "orders", Side::archive, {}, {}, {}};
  overdue.findings = {{CheckState::fail, contacts, "3 records should have gone", "run `oubli enforce`", {}},
                      {CheckState::fail, orders, "4 records should have gone", "run `oubli enforce`", {}}};
  AuditCheck column{203,
                    "uncovered-column",
                    "Datasets",
                    "every column is mapped",
                    "GDPR art. 30(1)(c)",
                    CheckState::pass,
                    "5 columns",
                    {}};
  column.findings = {{CheckState::fail,
                      {"crm", "contacts", Side::live, "e mail", {}, {}},
                      "is uncovered",
                      "list it",
                      Acceptance{"gone soon", 2027_y / 1 / 31}}};
  AuditCheck ledger{505,
                    "ledger",
                    "Runs and proof",
                    "the ledger is unchanged",
                    "GDPR art. 5(2)",
                    CheckState::not_applicable,
                    "there is none",
                    {}};
  report.checks = {column, overdue, ledger};
  report.external = {"stripe"};
  return report;
}

std::string text(const AuditReport& of) {
  return written([&](auto& out) { write_audit_text(out, of, k_plain); });
}

Json sarif(const AuditReport& of) {
  return Json::parse(written([&](auto& out) { write_audit_sarif(out, of); }));
}

}  // namespace

TEST_CASE("write_audit_text: each check with what it found, what to do said once", "[unit][report][audit]") {
  CHECK(text(sample()) == R"(Audit

Each line says what must hold, then what was looked at.

Datasets
  pass  203  every column is mapped: 5 columns
             GDPR art. 30(1)(c)
             ! crm.contacts.e mail: is uncovered
                 accepted until 2027-01-31: gone soon

Records
  FAIL  301  no record is overdue: 12 records
             GDPR art. 5(1)(e)
             ! crm.contacts, purpose sales: 3 records should have gone
                 [oubli.yaml:9]
             ! crm.orders (archive): 4 records should have gone
                 do: run `oubli enforce`

Runs and proof
  n/a   505  the ledger is unchanged: there is none

stripe: not looked at, it is kept elsewhere

1 check failed (301), 0 with warnings, 1 passed, 1 not applicable
)");
}

TEST_CASE("write_audit_text: columns of which the same is said stand together", "[unit][report][audit]") {
  auto of = sample();
  auto& findings = of.checks[0].findings;
  const auto uncovered = [](const char* column, int line) {
    const FindingPlace place{"crm", "contacts", Side::live, column, {}, {"oubli.yaml", line, 7, 1}};
    return AuditFinding{CheckState::warn, place, "uncovered", "list it", {}};
  };
  findings = {uncovered("a", 9), uncovered("b", 9), uncovered("c", 10)};
  CHECK(text(of).find("             ? crm.contacts: a, b, c: uncovered [oubli.yaml:9, oubli.yaml:10]\n"
                      "                 do: list it\n") != std::string::npos);
  findings[1].message = "covered twice";
  CHECK(text(of).find("? crm.contacts.a: uncovered [oubli.yaml:9]\n") != std::string::npos);
}

TEST_CASE("write_audit_text: ages as a table with bars", "[unit][report][audit]") {
  AuditReport of;
  of.ages = {{"crm", "contacts", Side::live, "sales", {{2020, 2, 2, 1}, {2023, 8, 0, 0}}, 1}};
  CHECK(text(of).find("crm.contacts, purpose sales\n"
                      "  start  records  ended  overdue\n"
                      "  2020         2      2        1  ██████████\n"
                      "  2023         8      0        0  ████████████████████████████████████████\n"
                      "  1 record without a known start\n") != std::string::npos);
}

TEST_CASE("write_audit_text: names of strangers can't move the cursor", "[unit][report][audit]") {
  auto of = sample();
  of.checks[1].findings[0].place.table = "con\x1b[2Jtacts";
  CHECK(text(of).find('\x1b') == std::string::npos);
}

TEST_CASE("AuditReport: a report without checks has failed", "[unit][report][audit]") {
  CHECK(AuditReport{}.result() == CheckState::fail);
  CHECK(sample().result() == CheckState::fail);
}

TEST_CASE("write_audit_json: every field always, null where there is nothing", "[unit][report][audit]") {
  const auto json = Json::parse(written([&](auto& out) { write_audit_json(out, sample()); }));
  CHECK(json["schema"] == "oubli.audit/1");
  CHECK(json["result"] == "fail");
  CHECK(json["counts"] == Json{{"fail", 1}, {"warn", 0}, {"pass", 1}, {"not_applicable", 1}});
  CHECK(json["checks"][0]["findings"][0]["accepted"] == Json{{"reason", "gone soon"}, {"until", "2027-01-31"}});
  CHECK(json["checks"][1]["findings"][0]["line"] == 9);
  CHECK(json["checks"][1]["findings"][1]["side"] == "archive");
  CHECK(json["checks"][1]["findings"][1]["line"].is_null());
}

TEST_CASE("write_audit_sarif: a result for each finding, what is accepted suppressed", "[unit][report][audit]") {
  const auto document = sarif(sample());
  CHECK(document["version"] == "2.1.0");
  const auto& run = document["runs"][0];
  CHECK(run["tool"]["driver"]["rules"].size() == 3);
  const auto& results = run["results"];
  REQUIRE(results.size() == 3);
  CHECK(results[0]["suppressions"][0]["kind"] == "external");
  CHECK(results[1]["ruleId"] == "oubli-301");
  CHECK(results[1]["level"] == "error");
  const auto& place = results[1]["locations"][0];
  CHECK(place["physicalLocation"]["artifactLocation"]["uri"] == "oubli.yaml");
  CHECK(place["physicalLocation"]["region"] == Json{{"startLine", 9}, {"startColumn", 7}});
  CHECK(place["logicalLocations"][0]["fullyQualifiedName"] == "crm.contacts, purpose sales");
  CHECK(run["tool"]["driver"]["rules"][results[1]["ruleIndex"].get<std::size_t>()]["id"] == "oubli-301");
}

TEST_CASE("write_audit_sarif: a path that is no URI is written as one", "[unit][report][audit]") {
  auto of = sample();
  of.config = "/etc/our policies/é.yaml";
  const auto document = sarif(of);
  const auto& place = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
  CHECK(place["artifactLocation"]["uri"] == "file:///etc/our%20policies/%C3%A9.yaml");
}

TEST_CASE("write_audit_sarif: what couldn't be read is no success", "[unit][report][audit]") {
  auto of = sample();
  of.failed = {"crm"};
  of.diagnostics = {{Severity::error, "", {}, "crm.db: no such file", "", ""}};
  const auto invocation = sarif(of)["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["toolExecutionNotifications"][0]["message"]["text"] == "crm.db: no such file");
}

TEST_CASE("bar: as long as its share, never nothing for something", "[unit][report]") {
  CHECK(report::bar(0, 10, 10).empty());
  CHECK(report::bar(10, 10, 4) == "████");
  CHECK(report::bar(5, 10, 3) == "█▌");
  CHECK(report::bar(1, 1'000'000, 10) == "▏");
}
