#include "policy_example.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;
using Lines = std::vector<std::string>;

namespace {

const std::string k_active = "active: {keep: 3 years, from: last_contact}";

Checked<Policy> read_with_active(const std::string& text) { return read_text(example_with(k_active, text)); }

/// The findings when the first purpose says `text` in place of its active phase.
Lines found_with_active(const std::string& text) { return lines_of(read_with_active(text).diagnostics); }

/// The findings when the first purpose also says `text`.
Lines found_with(const std::string& text) { return found_with_active(k_active + "\n    " + text); }

ActivePhase active_of(const std::string& text) {
  const auto checked = read_with_active("active: " + text);
  INFO(text);
  REQUIRE(checked.value);
  return *checked.value->purposes[0].active;
}

using Combine = EventExpression::Combine;

}  // namespace

TEST_CASE("active phase: keep from, until plus, closes and caps are read", "[unit][policy][S7][S13]") {
  CHECK(active_of("{keep: 3 years, from: last_contact}") ==
        ActivePhase{{Combine::single, {{"last_contact", false}}}, false, {3, 0, 0, 0}, EndOf::none, std::nullopt});
  CHECK(active_of("{until: closed, plus: 6 months}") ==
        ActivePhase{{Combine::single, {{"closed", false}}}, true, {0, 6, 0, 0}, EndOf::none, std::nullopt});
  CHECK(active_of("{until: closed}").period.is_zero());
  CHECK(active_of("{keep: 1 year, from: last_contact, end_of: fiscal_year}").end_of == EndOf::fiscal_year);
  CHECK(active_of("{until: closed, at_most: {keep: 10 years, from: last_contact}}").at_most ==
        Cap{{10, 0, 0, 0}, {Combine::single, {{"last_contact", false}}}});
}

TEST_CASE("active phase: several events combine", "[unit][policy][S7]") {
  CHECK(active_of("{until: {earliest_of: [closed, last_contact]}}").start ==
        EventExpression{Combine::earliest_of, {{"closed", false}, {"last_contact", false}}});
  CHECK(active_of("{keep: 1 year, from: {latest_of: [last_contact, {event: closed, optional: true}]}}").start ==
        EventExpression{Combine::latest_of, {{"last_contact", false}, {"closed", true}}});
  CHECK(active_of("{keep: 1 year, from: {first_known: [closed, last_contact]}}").start.combine == Combine::first_known);
}

TEST_CASE("active phase: what doesn't fit is told", "[unit][policy][S7][S13]") {
  struct Case {
    const char* active;
    Lines expected;
  };
  const std::vector<Case> cases{
      {"{from: last_contact}",
       {"16:5: error: 'active' lacks the key 'keep' [missing-key]; add 'keep: 3 years', or 'until: …' for an event "
        "that ends it"}},
      {"{keep: 3 years}",
       {"16:5: error: 'active' lacks the key 'from' [missing-key]; add 'from: …' and the event the period runs from"}},
      {"{plus: 3 years}",
       {"16:5: error: 'active' lacks the key 'until' [missing-key]; add 'until: …' and the event that ends it"}},
      {"{keep: 3 years, from: last_contact, until: closed}",
       {"16:5: error: 'active' mixes two ways to say how long [conflict]; write either 'keep' with 'from', or 'until' "
        "with 'plus'"}},
      {"{keep: 3 years, from: closed}",
       {"16:35: error: event 'closed' is of kind end, but 'from' needs a dated event [event-kind]; write 'until: "
        "closed', or declare it with 'kind: dated'"}},
      {"{until: last_contact}",
       {"16:21: error: event 'last_contact' is of kind dated, but 'until' needs an end or planned event [event-kind]; "
        "write 'from: last_contact' with 'keep', or declare it with 'kind: end'"}},
      {"{keep: 3650 days, from: last_contact}",
       {"16:20: warning: 3650 days is not 10 years: leap days [period-days]; write 10 years if that is meant"}},
      {"{keep: P396D, from: last_contact}",
       {"16:20: warning: 396 days is not 13 months: months differ in length [period-days]; write 13 months if that is "
        "meant"}},
      {"{keep: 3 years, from: last_contact, end_of: year}",
       {"16:57: error: 'year' is no value of 'end_of' [unknown-value]; allowed here: month, calendar_year, "
        "fiscal_year"}},
      {"{keep: 3 years, from: {latest_of: [last_contact]}}",
       {"16:47: error: 'latest_of' needs two events or more [too-few]; write a single event by its name"}},
      {"{keep: 3 years, from: {latest_of: [last_contact, last_contact]}}",
       {"16:47: error: event 'last_contact' is listed twice [duplicate]; list it once"}},
      {"{keep: 3 years, from: {earliest_of: [last_contact, {event: closed, optional: true}]}}",
       {"16:90: error: 'optional' has no meaning in 'earliest_of' [conflict]; leave it out: an absent member is passed "
        "over"}},
      {"{keep: 3 years, from: {}}",
       {"16:29: error: 'from' lacks the key 'latest_of' [missing-key]; write latest_of, earliest_of or first_known and "
        "a list of events"}},
      {"{keep: 3 years, from: last_contact, at_most: {from: last_contact}}",
       {"16:49: error: 'at_most' lacks the key 'keep' [missing-key]; add 'keep: …'"}},
      {"{keep: 3 years, from: last_contact, by_category: {identity: {keep: 1 month, from: last_contact}}}", {}},
      {"{keep: 3 years, from: last_contact, by_category: {identity: {keep: 1 month}}}",
       {"16:63: error: 'identity' lacks the key 'from' [missing-key]; add 'from: …' and the event the period runs "
        "from"}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.active);
    CHECK(found_with_active("active: " + std::string(c.active)) == c.expected);
  }
}

TEST_CASE("purpose: its other keys are checked", "[unit][policy][I1]") {
  struct Case {
    const char* text;
    Lines expected;
  };
  const std::vector<Case> cases{
      {"archive: {up_to: 10 years, because: legal_claims}", {}},
      {"archive: {up_to: 10 years}",
       {"17:5: warning: 'archive' gives no reason [archive-reason]; add 'because: legal_claims', legal_obligation, "
        "public_interest, or a reason in words"}},
      {"archive: {up_to: 36 months, because: law}",
       {"17:5: error: 'sales' is archived up to 36 months, no longer than its active phase of 3 years "
        "[archive-too-short]; count 'up_to' from the start of the active phase, as laws do"}},
      {"archive: {up_to: 0 days, because: law}",
       {"17:22: error: an archive of no length keeps nothing [archive-too-short]; write the law's figure, or no "
        "archive"}},
      {"archive: {because: law}",
       {"17:5: error: 'archive' lacks the key 'up_to' [missing-key]; add 'up_to: 10 years', the law's own figure"}},
      {"archive: {until: closed, plus: 5 years, because: law}", {}},
      {"archive: {keep: 5 years, from: last_contact, because: law}", {}},
      {"archive: {up_to: 10 years, until: closed, because: law}",
       {"17:5: error: 'archive' mixes two ways to say how long [conflict]; write either 'up_to', or an event of its "
        "own"}},
      {"then: flag", {}},
      {"then: anonymise", {}},
      {"then: delete",
       {"17:11: error: 'delete' is no value of 'then' [unknown-value]; allowed here: purge, anonymise, flag"}},
      {"ends_on: {closed: active}", {}},
      {"ends_on: {last_contact: all}",
       {"17:15: error: event 'last_contact' is of kind dated, but 'ends_on' needs an end or planned event "
        "[event-kind]; write 'from: last_contact' with 'keep', or declare it with 'kind: end'"}},
      {"ends_on: {closed: archive}",
       {"17:23: error: 'archive' is no value of 'closed' [unknown-value]; did you mean 'active'? allowed here: all, "
        "active"}},
      {"ends_on: {closed: all, unless_since: last_contact}", {}},
      {"ends_on: {closed: all, unless_since: closed}",
       {"17:42: error: event 'closed' is of kind end, but 'unless_since' needs a dated event [event-kind]; write "
        "'until: closed', or declare it with 'kind: dated'"}},
      {"never_opened: {opened: last_contact, keep: 3 years, from: last_contact}",
       {"17:5: error: 'sales' is kept from an event, so none of its records waits for an end [conflict]; leave "
        "'never_opened' out, or write the active phase with 'until'"}},
      {"override: {last_day: closed, may: [lengthen, shorten], at_most: 30 years}", {}},
      {"override: {last_day: closed, may: [shorten], at_most: 30 years}",
       {"17:5: warning: 'at_most' limits lengthening, which 'override' of 'sales' doesn't allow [unused]; leave "
        "'at_most' out, or write 'may: [lengthen, shorten]'"}},
      {"override: {last_day: closed, may: [lengthen], at_most: 36 months}",
       {"17:5: warning: 'override' may lengthen 'sales' to 36 months at most, and it is kept 3 years anyway [unused]; "
        "write a longer 'at_most', or leave it out"}},
      {"override: {last_day: closed, may: []}",
       {"17:39: error: 'may' allows nothing [too-few]; write 'may: [lengthen]', 'may: [shorten]' or both"}},
      {"override: {last_day: last_contact, may: [lengthen]}",
       {"17:26: error: event 'last_contact' is of kind dated, but 'last_day' needs an end or planned event "
        "[event-kind]; write 'from: last_contact' with 'keep', or declare it with 'kind: end'"}},
      {"by_category: {identity: {until: closed}}", {}},
      {"archive: {up_to: 10 years, because: law}\n    by_category: {identity: {until: closed}}", {}},
      {"no_period: {because: None given}",
       {"12:3: error: 'sales' has a period and 'no_period' [conflict]; write one of them"}},
      {"status: {inactive_since: 2024-01-01, new_records_by: last_contact}", {}},
      {"status: {inactive_since: 2024-01-01}",
       {"17:5: error: 'status' lacks the key 'new_records_by' [missing-key]; add 'new_records_by: …'"}},
      {"overriding: {because: fraud}", {}},
      {"direct_marketing: true\n    overriding: {because: fraud}",
       {"18:5: error: an objection to direct marketing can't be overridden [conflict]; leave 'overriding' out (GDPR "
        "art. 21(3))"}},
      {"direct_marketing: yes",
       {"17:23: error: 'direct_marketing' must be true or false, but is 'yes' [wrong-type]; write true or false, "
        "without quotes"}},
      {"recipients: [Bank, {fr: Banque}]\n    processors: Host\n    locations: [France]\n    security: encrypted", {}},
      {"transfers: [{to: United States, safeguards: clauses}]", {}},
      {"transfers: [{to: United States}]",
       {"17:17: error: an item of 'transfers' lacks the key 'safeguards' [missing-key]; add 'safeguards: …'"}},
      {"held_by: {processor: Stripe, proof_every: 12 months}", {}},
      {"held_by: {proof_every: 1}",
       {"17:5: error: 'held_by' lacks the key 'processor' [missing-key]; add 'processor: …'",
        "17:28: error: '1' has no unit [period-unit]; write 1 years, 1 months, 1 weeks or 1 days"}},
      {"because: older",
       {"17:5: error: 'because' is about what 'use' takes [conflict]; write it in the block it is about, or leave it "
        "out"}},
      {"events: {invoiced: closed}",
       {"17:5: error: 'events' is about what 'use' takes [conflict]; write it in the block it is about, or leave it "
        "out"}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(found_with(c.text) == c.expected);
  }
}

TEST_CASE("purpose: exceptions to its period are read", "[unit][policy][S7][S10][S13]") {
  const auto checked =
      read_with_active(R"(active: {until: closed, by_category: {identity: {keep: 1 month, from: last_contact}}}
    archive: {until: closed, plus: 5 years, because: law, by_category: {identity: {until: closed, plus: 1 year}}}
    ends_on: {closed: active, unless_since: last_contact}
    never_opened: {opened: last_contact, keep: 3 years, from: last_contact}
    override: {last_day: closed, may: [lengthen], at_most: 30 years})");
  REQUIRE(checked.value);
  const auto& purpose = checked.value->purposes[0];
  const EventExpression contact{Combine::single, {{"last_contact", false}}};
  const EventExpression closed{Combine::single, {{"closed", false}}};
  CHECK(purpose.archive->own == Retention{closed, true, {5, 0, 0, 0}});
  CHECK(purpose.archive->up_to.is_zero());
  CHECK(purpose.unless_since == "last_contact");
  CHECK(purpose.never_opened == NeverOpened{"last_contact", {3, 0, 0, 0}, contact});
  CHECK(purpose.last_day_override == LastDayOverride{"closed", true, false, Period{30, 0, 0, 0}});
  CHECK(purpose.by_category ==
        std::vector<CategoryEnd>{{"identity", CategoryEnd::Extent::active, {contact, false, {0, 1, 0, 0}}},
                                 {"identity", CategoryEnd::Extent::archive, {closed, true, {1, 0, 0, 0}}}});
  CHECK(lines_of(checked.diagnostics) ==
        Lines{"19:5: warning: 'sales' stays active while the event of its archive is open, also where it was never "
              "opened [never-opened]; give the archive 'up_to', or its event 'from'"});
}

TEST_CASE("purpose: an exception that changes nothing is told", "[unit][policy][S13]") {
  CHECK(found_with_active("no_period: {because: None given}\n    by_category: {identity: {until: closed}}") ==
        Lines{"9:3: warning: event 'last_contact' is not used by any purpose [unused]; use it, or leave it out",
              "17:5: warning: 'by_category' changes a period, and 'sales' has none [unused]; leave it out until the "
              "period is decided"});
  const std::string archived =
      "active: {keep: 3 years, from: last_contact, by_category: {identity: {until: closed}}}\n"
      "    archive: {up_to: 10 years, because: law}";
  CHECK(found_with_active(archived) ==
        Lines{"16:5: warning: 'identity' ends in the active phase of 'sales', but is needed on for its archive "
              "[category-archived]; write it under 'by_category' of the purpose, or under that of 'archive', too"});
  CHECK(found_with_active(archived + "\n    by_category: {identity: {until: closed}}") == Lines{});
  std::string unlisted = example_with("events:\n", "  tracer: {title: Tracer}\nevents:\n");
  unlisted.insert(unlisted.find(k_active), "by_category: {tracer: {until: closed}}\n    ");
  CHECK(
      lines_of(read_text(unlisted).diagnostics) ==
      Lines{"17:19: warning: 'sales' doesn't list the data category 'tracer' [unused]; list it under 'data', or leave "
            "it out"});
}

TEST_CASE("purpose: one without a period says why", "[unit][policy][S16]") {
  const auto checked = read_with_active("no_period: {because: None given, propose: 1 year, decide_by: 2026-12-31}");
  REQUIRE(checked.value);
  const auto& purpose = checked.value->purposes[0];
  CHECK_FALSE(purpose.active);
  REQUIRE(purpose.no_period);
  CHECK(purpose.no_period->because == "None given");
  CHECK(found_with_active("reference: none") ==
        Lines{"12:3: error: 'sales' lacks the key 'active' [missing-key]; add 'active: {keep: 3 years, from: …}', or "
              "'no_period: {because: …}'"});
}

TEST_CASE("purpose: a reference that isn't there is told once", "[unit][policy][I1]") {
  CHECK(found_with_active("use: fr/accounting\n    because: a longer contract") ==
        Lines{"16:10: error: there is no reference 'fr' [no-reference]; put it beside the policy, as "
              "reference/fr.yaml"});
}

TEST_CASE("purpose: rests on consent, so it ends when consent is withdrawn", "[unit][policy][gdpr-7]") {
  const std::string consent = example_with("legal_basis: contract", "legal_basis: consent");
  CHECK(
      lines_of(read_text(consent).diagnostics) ==
      Lines{"12:3: warning: 'sales' rests on consent, but does not end when it is withdrawn [consent-withdrawal]; add "
            "'ends_on: {consent_withdrawn: all}' (GDPR art. 7(3))"});
}

TEST_CASE("purpose: an objection that ends one purpose is kept by another", "[unit][policy][gdpr-21]") {
  std::string text = example_with("  closed:", "  objection: {kind: end, title: Objection}\n  closed:");
  const auto at = text.find(k_active);
  text.insert(at, "ends_on: {objection: all}\n    ");
  CHECK(
      lines_of(read_text(text).diagnostics) ==
      Lines{"13:3: warning: 'sales' ends on an objection, but no purpose keeps the objection itself [objection-kept]; "
            "add a purpose with 'active: {until: objection, plus: …}'"});
  text.replace(text.find("until: closed"), 13, "until: {latest_of: [objection, closed]}");
  CHECK(lines_of(read_text(text).diagnostics) == Lines{});
}

TEST_CASE("defaults: fill what a purpose leaves out, and are checked once", "[unit][policy][I1]") {
  const auto with = [](const std::string& defaults) {
    return read_text(example_with("purposes:\n", "defaults: " + defaults + "\npurposes:\n"));
  };
  const auto checked = with("{then: flag, reference: page 1, archive: {up_to: 9 years, because: law, assumption: A}}");
  REQUIRE(lines_of(checked.diagnostics) == Lines{});
  for (const auto& purpose : checked.value->purposes) {
    CHECK(purpose.then == Disposition::flag);
    CHECK(purpose.reference == "page 1");
    CHECK(purpose.archive->up_to == Period{9, 0, 0, 0});
  }
  REQUIRE(checked.value->assumptions.size() == 1);
  CHECK(checked.value->assumptions[0].about == "defaults.archive");
  CHECK(lines_of(with("{then: delete}").diagnostics) ==
        Lines{"11:18: error: 'delete' is no value of 'then' [unknown-value]; allowed here: purge, anonymise, flag"});
  CHECK(with("{no_period: {because: None given}}").value->purposes[0].active);
}
