#include "report_support.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

using State = EventReading::State;

Explanation ended() {
  Explanation explanation;
  explanation.rules = contacts_rules();
  explanation.record = "42";
  explanation.row = 17;
  explanation.as_of = 2026_y / 11 / 21;
  explanation.outcome = Outcome::purge;
  explanation.decision.outcome = Outcome::purge;
  explanation.decision.due = 2026_y / 2 / 4;
  PurposeDecision decision;
  decision.state = PurposeState::ended;
  decision.events = {{State::known, 2023_y / 2 / 3}, {State::missing, {}}};
  decision.start = 2023_y / 2 / 3;
  decision.counted_from = decision.start;
  decision.active_last_day = 2026_y / 2 / 3;
  decision.due = 2026_y / 2 / 4;
  explanation.decision.purposes = {decision};
  return explanation;
}

std::string shown(const Explanation& explanation) {
  return written([&](std::ostream& out) { write_explanation_text(out, explanation, k_plain); });
}

}  // namespace

TEST_CASE("an explanation gives the outcome, a sentence per purpose and the days", "[unit][report][explain]") {
  CHECK(shown(ended()) == R"(crm.contacts, record 42, row 17
  As of 2026-11-21 it would be purged: every purpose has ended, due since
  2026-02-04.

  prospecting: Commercial prospecting
    ended, to be purged, due since 2026-02-04: last_contact is 2023-02-03.
    condition             status = 'prospect' holds
    last_contact          2023-02-03
    objection             missing
    active through        2026-02-03
    due since             2026-02-04
    why                   legitimate interests; section 1.4
)");
}

TEST_CASE("each state of a purpose has its sentence", "[unit][report][explain]") {
  struct Case {
    const char* name;
    PurposeState state;
    const char* expected;
  };
  const auto c = GENERATE(values<Case>({
      {"not concerned", PurposeState::not_concerned, "not concerned: the record is not under this purpose."},
      {"active", PurposeState::active, "kept through 2026-02-03: last_contact is 2023-02-03."},
      {"undetermined", PurposeState::undetermined, "kept aside: its condition is unknown for this record."},
      {"no period", PurposeState::no_period, "kept: the policy gives no period yet."},
      {"in the archive", PurposeState::archive, "in the archive phase since 2026-02-04, without a known end:"},
  }));
  CAPTURE(c.name);
  Explanation explanation = ended();
  explanation.decision.purposes[0].state = c.state;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains(std::string("\n    ") + c.expected));
}

TEST_CASE("a missing or odd day is named, never guessed", "[unit][report][explain][S9]") {
  Explanation explanation = ended();
  PurposeDecision& decision = explanation.decision.purposes[0];
  decision.start.reset();
  decision.counted_from.reset();
  decision.events = {{State::missing, {}}, {State::unreadable, {}}};
  decision.state = PurposeState::undated;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("    kept aside: last_contact is missing.\n"));
  decision.state = PurposeState::unreadable;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("    kept aside: objection cannot be read as a day.\n"));
  decision.events[0] = {State::future, 2031_y / 1 / 1};
  decision.state = PurposeState::future;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("    kept aside: last_contact lies in the future.\n"));
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("last_contact          2031-01-01, in the future\n"));
}

TEST_CASE("an ending event and a cap say that they made the end", "[unit][report][explain][S13]") {
  Explanation explanation = ended();
  explanation.decision.purposes[0].ended_by = 1;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("due since 2026-02-04: objection ended it.\n"));
  explanation.decision.purposes[0].ended_by.reset();
  explanation.decision.purposes[0].capped = true;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("its longest time (at_most) has\n    passed.\n"));
}

TEST_CASE("a day agreed, a relation never opened and an open archive are named", "[unit][report][explain][S7][S10]") {
  Explanation explanation = ended();
  PurposeRule& rule = explanation.rules.purposes[0];
  PurposeDecision& decision = explanation.decision.purposes[0];
  rule.last_day_override = LastDayOverrideRule{1, true, false, {}};
  decision.agreed = true;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("the last day agreed (objection)\n    has passed.\n"));
  decision.state = PurposeState::active;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("    kept through 2026-02-03, the last day agreed "
                                                           "(objection): last_contact is\n    2023-02-03.\n"));
  decision.agreed = false;
  rule.never_opened = NeverOpenedRule{1, {3, 0, 0, 0}, only(0)};
  decision.never_opened = true;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("last_contact is 2023-02-03, and objection has no\n"));
  decision.never_opened = false;
  rule.archive = ArchiveRule{{}, "law", {}, RetentionRule{only(1), true, {5, 0, 0, 0}}};
  decision.state = PurposeState::open;
  CHECK_THAT(shown(explanation),
             Catch::Matchers::Contains("    kept: last_contact is 2023-02-03, but objection is missing, so the "
                                       "relation\n    goes on.\n"));
}

TEST_CASE("data that a record no longer needs is named", "[unit][report][explain][S15]") {
  Explanation explanation = ended();
  explanation.rules.categories = {"identity", "contact", "billing"};
  explanation.decision.ended_categories = 5;
  explanation.decision.purposes[0].categories = {{0, 2026_y / 1 / 2}, {1, 2027_y / 1 / 2}, {2, std::nullopt}};
  const std::string needs = "  No purpose of it needs identity or billing any more.\n";
  CHECK_THAT(shown(explanation), !Catch::Matchers::Contains(needs));
  explanation.outcome = Outcome::keep;
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains(needs));
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("    identity              not needed since 2026-01-02\n"
                                                           "    contact               needed through 2027-01-01\n"
                                                           "    billing               needed, without a known end\n"));
}

TEST_CASE("a record that follows another names the table that decides", "[unit][report][explain][S12]") {
  Explanation explanation = ended();
  explanation.root = "customers";
  explanation.file = "visits\x1b.csv";
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("  It follows customers, whose purposes decide.\n"));
  CHECK_THAT(shown(explanation), Catch::Matchers::Contains("row 17 of visits\\x1b.csv\n"));
}
