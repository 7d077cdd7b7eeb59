// What every archive promises as a source of its own: its records under the same rules, by their
// notes, and a purge that takes each with what followed it.
#include "contract/crm.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;
using namespace oubli::test;

namespace {

const Day k_in_2030 = date::year{2030} / 6 / 1;

/// The contacts of before 2026, and their notes, are in the archive.
Crm archived_crm(Day judged_on = k_in_2030) {
  Crm crm(GENERATE(SourceKind::memory, SourceKind::sqlite, SourceKind::csv), Crm::Then::archive);
  crm.enforce(crm.group());
  crm.open_archive("run-2", judged_on);
  return crm;
}

std::vector<std::string> outcomes(Crm& crm, const std::string& table) {
  std::vector<std::string> lines;
  auto pass = crm.pass(table);
  pass.with_key = true;
  for (const SeenRecord& record : crm.records(pass)) {
    lines.push_back(record.key.front() + " " + std::string(to_text(record.outcome)));
  }
  std::ranges::sort(lines);
  return lines;
}

}  // namespace

TEST_CASE("archive: its records are judged by the same rules, and none is to be archived", "[contract][archive]") {
  Crm crm = archived_crm();
  CHECK(outcomes(crm, "contacts") == std::vector<std::string>{"c1 purge", "c3 keep", "c5 purge"});
  CHECK(outcomes(crm, "notes") == std::vector<std::string>{"n1 purge", "n3 purge", "n5 purge"});
}

TEST_CASE("archive: a purge takes what is due there, followers included, and nothing else", "[contract][archive]") {
  Crm crm = archived_crm();
  const Rows contacts = crm.harness().rows("contacts");
  const Rows notes = crm.harness().rows("notes");
  StepResult result = crm.enforce(crm.group());
  CHECK(result["contacts"].purged == 2);
  CHECK(result["notes"].purged == 3);
  CHECK(result["contacts"].archived + result["contacts"].changed + result["notes"].changed == 0);
  CHECK(crm.harness().archived("contacts") == Rows{{"c3", "c@example.org", "2021-03-04"}});
  CHECK(crm.harness().archived("notes").empty());
  CHECK(crm.harness().rows("contacts") == contacts);
  CHECK(crm.harness().rows("notes") == notes);
  CHECK(crm.source().erase_residue().done);
  CHECK(outcomes(crm, "contacts") == std::vector<std::string>{"c3 keep"});
}

TEST_CASE("archive: never more goes than the plan expects", "[contract][archive][I8]") {
  Crm crm = archived_crm(date::year{2050} / 1 / 1);
  StepResult result = crm.enforce(crm.group(1));
  CHECK(result["contacts"].purged <= 1);
  CHECK(result["notes"].purged <= 1);
  CHECK(crm.harness().archived("contacts").size() >= 2);
}

TEST_CASE("archive: what no living purpose needs is emptied there, once", "[contract][archive][S15]") {
  class Unstopped : public GoingRecords {
   public:
    [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return false; }
    [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord& record) const override {
      return !record.judgement.rewrites.empty();
    }
  };
  Crm crm = archived_crm();
  const Rows contacts = crm.harness().rows("contacts");
  crm.change_rules(Crm::Then::minimise);
  crm.open_archive("run-3", date::year{2026} / 1 / 1);
  const TableChange change = crm.rewrite("contacts", Unstopped());
  CHECK(change.minimised == 3);
  CHECK(change.columns == std::map<std::string, std::int64_t>{{"email", 3}});
  CHECK(crm.rewrite("notes", Unstopped()).minimised == 3);
  CHECK(crm.harness().archived("contacts") ==
        Rows{{"c1", "", "2020-01-01"}, {"c3", "", "2021-03-04"}, {"c5", "", "2019-12-31"}});
  CHECK(crm.harness().archived("notes") == Rows{{"n1", "c1", ""}, {"n3", "c1", ""}, {"n5", "c5", ""}});
  CHECK(crm.harness().rows("contacts") == contacts);
  CHECK(crm.rewrite("contacts", Unstopped()).rewritten() == 0);
  CHECK(outcomes(crm, "contacts") == std::vector<std::string>{"c1 keep", "c3 keep", "c5 keep"});
  crm.open_archive("run-4", k_in_2030);
  StepResult result = crm.enforce(crm.group());
  CHECK(result["contacts"].purged == 2);
  CHECK(result["notes"].purged == 3);
}

TEST_CASE("archive: a step whose plan is outdated changes nothing there", "[contract][archive][S18]") {
  class Outdated : public GoingRecords {
   public:
    [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return true; }
    [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord&) const override { return true; }
    [[nodiscard]] std::unique_ptr<StepGuard> begin_step() const override { throw PlanOutdated(); }
  };
  const Outdated outdated;
  Crm crm = archived_crm();
  const Rows contacts = crm.harness().archived("contacts");
  const Rows notes = crm.harness().archived("notes");
  CHECK_THROWS_AS(crm.enforce(crm.group(100, &outdated)), PlanOutdated);
  crm.change_rules(Crm::Then::minimise);
  crm.open_archive("run-3", date::year{2026} / 1 / 1);
  CHECK_THROWS_AS(crm.rewrite("contacts", outdated), PlanOutdated);
  CHECK(crm.harness().archived("contacts") == contacts);
  CHECK(crm.harness().archived("notes") == notes);
  crm.open_archive("run-4", k_in_2030);
  StepResult result = crm.enforce(crm.group());
  CHECK(result["contacts"].purged == 2);
  CHECK(result["notes"].purged == 3);
}

TEST_CASE("archive: what was archived later is found by a source opened later", "[contract][archive]") {
  Crm crm = archived_crm(date::year{2026} / 1 / 2);
  CHECK(outcomes(crm, "contacts").size() == 3);
  crm.harness().change("contacts", "c2", "last_contact", "2018-01-01");
  crm.open("run-3");
  StepResult result = crm.enforce(crm.group());
  CHECK(result["contacts"].archived == 1);
  crm.open_archive("run-4", k_in_2030);
  CHECK(outcomes(crm, "contacts") == std::vector<std::string>{"c1 purge", "c2 purge", "c3 keep", "c5 purge"});
}
