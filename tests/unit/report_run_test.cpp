#include "oubli/report/report.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
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

TEST_CASE("demo", "[.demo]") {
  RunReport r = scan();
  TableLine addresses;
  addresses.dataset = "crm";
  addresses.table = "addresses";
  addresses.follows = "contacts";
  addresses.tally.rows = 12345;
  addresses.tally.outcomes[Outcome::purge] = 1234;
  addresses.tally.outcomes[Outcome::keep] = 11111;
  r.tables.push_back(addresses);
  TableLine visits;
  visits.dataset = "web";
  visits.table = "visits";
  visits.tally.rows = 1234567;
  visits.tally.outcomes[Outcome::purge] = 1000000;
  visits.tally.outcomes[Outcome::malformed] = 7;
  visits.tally.odd_rows[Outcome::malformed] = {{1, 2, 3, 4, 5}};
  visits.tally.outcomes[Outcome::keep] = 234560;
  visits.refusal = Refusal{"max-share", "1 000 000 of 1 234 567 records would go, 81 % of the table and more than 20 %",
                           "look at the cutoffs, then allow it once with --allow-share 82%"};
  visits.purposes = {{"audience-measurement-of-all-the-public-websites", "Audience", {}, Day(2025_y / 10 / 20)}};
  visits.records = {{3, "visits-2024-01.csv", "42,a", Outcome::purge, "audience ended on 2026-02-03"}};
  r.tables.push_back(visits);
  r.external = {"stripe"};
  r.failed = {"shop"};
  std::cout << text_of(r) << "\n=====\n" << text_of(enforced(RunStatus::complete)) << "\n=====\n";
  auto e = enforced(RunStatus::incomplete);
  e.tables[0].applied = AppliedCounts{4, 2, 1, 6};
  e.enforced->erasure = {{"crm", false, "another connection is reading crm.db"}, {"web", true, ""}};
  e.tables.push_back(visits);
  std::cout << text_of(e) << "\n====\n" << json_of(e).dump(1);
}
