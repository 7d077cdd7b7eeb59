// What every source promises to those who empty and mask columns
// (include/oubli/source/data_source.hpp): what is set, and that all else is as before.
#include "contract/crm.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

SourceKind any_kind() { return GENERATE(SourceKind::memory, SourceKind::sqlite, SourceKind::csv); }

/// What a run would do where nothing stops it.
class Unstopped : public GoingRecords {
 public:
  [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return false; }
  [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord& record) const override {
    const Outcome outcome = record.judgement.outcome;
    return outcome == Outcome::anonymise || (!removes(outcome) && !record.judgement.rewrites.empty());
  }
};

/// The same, but for all but one record.
class OnlyRow : public Unstopped {
 public:
  explicit OnlyRow(std::int64_t row) : m_row(row) {}
  [[nodiscard]] bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const override {
    return record.row == m_row && Unstopped::is_rewritten(table, record);
  }

 private:
  std::int64_t m_row;
};

const Unstopped k_unstopped;

const Rows k_minimised = {{"c1", "", "2020-01-01"},
                          {"c2", "b@example.org", "2025-06-01"},
                          {"c3", "", "2021-03-04"},
                          {"c4", "d@example.org", ""},
                          {"c5", "", "2019-12-31"}};
const Rows k_notes_minimised = {
    {"n1", "c1", ""}, {"n2", "c2", "two"}, {"n3", "c1", ""}, {"n4", "gone", "four"}, {"n5", "c5", ""}};

}  // namespace

TEST_CASE("minimising empties what no purpose needs, and nothing else", "[contract][source][S15]") {
  Crm crm(any_kind(), Crm::Then::minimise);
  const TableChange change = crm.rewrite("contacts", k_unstopped);
  CHECK(change.minimised == 3);
  CHECK(change.anonymised + change.changed + change.archived + change.purged == 0);
  CHECK(change.columns == std::map<std::string, std::int64_t>{{"email", 3}});
  CHECK(crm.harness().rows("contacts") == k_minimised);
}

TEST_CASE("minimising what follows goes by the record that is followed", "[contract][source][S12][S15]") {
  Crm crm(any_kind(), Crm::Then::minimise);
  CHECK(crm.rewrite("notes", k_unstopped).minimised == 3);
  CHECK(crm.harness().rows("notes") == k_notes_minimised);
}

TEST_CASE("a second rewriting finds nothing", "[contract][source][S15]") {
  Crm crm(any_kind(), Crm::Then::minimise);
  static_cast<void>(crm.rewrite("contacts", k_unstopped));
  crm.open("run-2");
  CHECK(crm.rewrite("contacts", k_unstopped).rewritten() == 0);
  CHECK(crm.harness().rows("contacts") == k_minimised);
}

TEST_CASE("a rewriting given up leaves what is done, and another one finishes it", "[contract][source][S15]") {
  Crm crm(any_kind(), Crm::Then::minimise);
  {
    const TablePlan plan{crm.pass("contacts"), 100};
    const auto rewriting = crm.source().rewriting(plan, k_unstopped);
    REQUIRE(rewriting->next({1}));
  }
  CHECK(crm.harness().rows("contacts")[0] == k_minimised[0]);
  crm.open("run-2");
  static_cast<void>(crm.rewrite("contacts", k_unstopped));
  CHECK(crm.harness().rows("contacts") == k_minimised);
}

TEST_CASE("only what the going filter says is rewritten", "[contract][source][S20]") {
  Crm crm(any_kind(), Crm::Then::minimise);
  CHECK(crm.rewrite("contacts", OnlyRow(3)).minimised == 1);
  const Rows rows = crm.harness().rows("contacts");
  CHECK(rows[0][1] == "a@example.org");
  CHECK(rows[2][1].empty());
}

TEST_CASE("never more is rewritten than the plan expects", "[contract][source][I8]") {
  Crm crm(any_kind(), Crm::Then::minimise);
  CHECK(crm.rewrite("contacts", k_unstopped, 2).minimised == 2);
  CHECK(crm.harness().rows("contacts")[4][1] == "e@example.org");
}

TEST_CASE("a record that changed since it was planned is judged again", "[contract][source][S15]") {
  Crm crm(any_kind(), Crm::Then::minimise);
  crm.harness().change("contacts", "c3", "last_contact", "2025-12-01");
  crm.open("run-2");
  CHECK(crm.rewrite("contacts", k_unstopped).minimised == 2);
  CHECK(crm.harness().rows("contacts")[2][1] == "c@example.org");
}

TEST_CASE("anonymising sets every personal column and marks the record", "[contract][source][S17]") {
  Crm crm(any_kind(), Crm::Then::anonymise);
  CHECK(crm.rewrite("notes", k_unstopped).anonymised == 3);
  CHECK(crm.rewrite("contacts", k_unstopped).anonymised == 3);
  CHECK(crm.harness().rows("notes") == k_notes_minimised);
  CHECK(crm.harness().rows("contacts") == Rows{{"c1", "", "2020-01-01", "2026-01-01"},
                                               {"c2", "b@example.org", "2025-06-01", ""},
                                               {"c3", "", "2021-03-04", "2026-01-01"},
                                               {"c4", "d@example.org", "", ""},
                                               {"c5", "", "2019-12-31", "2026-01-01"}});
}

TEST_CASE("an anonymised record is out of scope until it is filled again", "[contract][source][S17]") {
  Crm crm(any_kind(), Crm::Then::anonymise);
  static_cast<void>(crm.rewrite("notes", k_unstopped));
  static_cast<void>(crm.rewrite("contacts", k_unstopped));
  crm.harness().change("contacts", "c3", "email", "again@example.org");
  crm.open("run-2");
  const auto contacts = crm.records(crm.pass("contacts"));
  CHECK(contacts[0].outcome == Outcome::out_of_scope);
  CHECK(contacts[1].outcome == Outcome::keep);
  CHECK(contacts[2].outcome == Outcome::anonymise);
  CHECK(crm.records(crm.pass("notes"))[0].outcome == Outcome::out_of_scope);
  CHECK(crm.rewrite("contacts", k_unstopped).anonymised == 1);
}
