#include "report/rule_changes.hpp"
#include "report_support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

RuledTable contacts() { return {contacts_rules(), {}, "contacts"}; }

TableDiff contacts_diff() {
  TableDiff table;
  table.dataset = "crm";
  table.table = "contacts";
  table.policy = "groupe-scr";
  table.rules = {{"purpose prospecting", "All records are kept 3 years.", "All records are kept 2 years."},
                 {"event objection", "", "objection: column refused_on"}};
  table.moves = {{Outcome::keep, Outcome::purge, 12}, {Outcome::archive, Outcome::keep, 1},
                 {Outcome::archive, Outcome::purge, 2}};
  return table;
}

RuleDiff contacts_rule_diff() {
  RuleDiff diff;
  diff.before = "what A. Martin approved at 2026-11-20T09:00:00Z";
  diff.after = "the texts as they are";
  diff.tables = {contacts_diff()};
  return diff;
}

}  // namespace

TEST_CASE("rule changes: the same rules differ in nothing", "[unit][report][diff]") {
  const auto table = contacts();
  CHECK(rule_changes(&table, &table).empty());
}

TEST_CASE("rule changes: a rule is told before and after", "[unit][report][diff]") {
  const auto before = contacts();
  auto after = contacts();
  after.rules.purposes[0].active->period = {2, 0, 0, 0};
  CHECK(rule_changes(&before, &after) ==
        std::vector<RuleChange>{
            {"purpose prospecting",
             "Records where status = 'prospect' are kept 3 years from last_contact, or until objection if that is "
             "earlier; then purged. Why: legitimate interests; section 1.4.",
             "Records where status = 'prospect' are kept 2 years from last_contact, or until objection if that is "
             "earlier; then purged. Why: legitimate interests; section 1.4."}});
}

TEST_CASE("rule changes: order makes none", "[unit][report][diff]") {
  auto before = contacts();
  before.rules.purposes.push_back(before.rules.purposes[0]);
  before.rules.purposes[1].purpose = "newsletter";
  auto after = before;
  std::swap(after.rules.purposes[0], after.rules.purposes[1]);
  CHECK(rule_changes(&before, &after).empty());
}

TEST_CASE("rule changes: what concerns the whole table is a rule too", "[unit][report][diff]") {
  const auto before = contacts();
  auto after = contacts();
  after.rules.fiscal_years.closes = date::June / 30;
  after.config.mode = TableMode::observe;
  const auto changes = rule_changes(&before, &after);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].before == "under policy groupe-scr, days in Europe/Paris; fiscal years close on 12-31; a day before "
                             "1980-01-01 is unreadable");
  CHECK(changes[0].after == "under policy groupe-scr, days in Europe/Paris; fiscal years close on 06-30; a day before "
                            "1980-01-01 is unreadable; observed and never changed");
}

TEST_CASE("rule changes: rules of a side alone are new or gone", "[unit][report][diff]") {
  const auto table = contacts();
  const auto added = rule_changes(nullptr, &table);
  REQUIRE(added.size() == 4);
  CHECK(added[0].about == "the table");
  CHECK(added[0].before.empty());
  CHECK(rule_changes(&table, nullptr)[1].after.empty());
}

TEST_CASE("diff: records become due, are spared, or go another way", "[unit][report][diff]") {
  CHECK(contacts_diff().become_due() == 12);
  CHECK(contacts_diff().are_spared() == 1);
  CHECK(written([](auto& out) { write_diff_text(out, contacts_rule_diff(), k_plain); }) ==
        "From what A. Martin approved at 2026-11-20T09:00:00Z to the texts as they are\n"
        "\n"
        "crm.contacts, policy groupe-scr\n"
        "  purpose prospecting, changed\n"
        "    - All records are kept 3 years.\n"
        "    + All records are kept 2 years.\n"
        "  event objection, new\n"
        "    + objection: column refused_on\n"
        "  12 records become due, 1 is spared\n"
        "    records  outcome before  outcome after\n"
        "         12  keep            purge\n"
        "          1  archive         keep\n"
        "          2  archive         purge\n"
        "\n"
        "12 become due and 1 is spared\n");
}

TEST_CASE("diff: nothing, what can't be compared, and tables that weren't judged", "[unit][report][diff]") {
  auto diff = contacts_rule_diff();
  diff.tables[0].moves.clear();
  diff.tables[0].not_judged = "crm.db is locked";
  CHECK_THAT(written([&](auto& out) { write_diff_text(out, diff, k_plain); }),
             Catch::Matchers::Contains("its records were not compared: crm.db is locked\n"));
  diff.tables.clear();
  CHECK_THAT(written([&](auto& out) { write_diff_text(out, diff, k_plain); }),
             Catch::Matchers::EndsWith("\nno rule changes\n"));
  diff.not_compared = "what was approved doesn't fit any more";
  CHECK_THAT(written([&](auto& out) { write_diff_text(out, diff, k_plain); }),
             Catch::Matchers::EndsWith("\nThe rules can't be compared: what was approved doesn't fit any more\n"));
}

TEST_CASE("diff: JSON has every field", "[unit][report][diff][I7]") {
  const auto json = nlohmann::json::parse(written([](auto& out) { write_diff_json(out, contacts_rule_diff()); }));
  CHECK(json["schema"] == "oubli.diff/1");
  CHECK(json["not_compared"].is_null());
  CHECK(json["tables"][0]["become_due"] == 12);
  CHECK(json["tables"][0]["spared"] == 1);
  CHECK(json["tables"][0]["rules"][1]["before"].is_null());
  CHECK(json["tables"][0]["moves"][0] == nlohmann::json{{"before", "keep"}, {"after", "purge"}, {"records", 12}});
}
