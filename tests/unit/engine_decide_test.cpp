/// Decisions worked out by hand, each asked of `decide` and of `Matcher`.
#include "oubli/engine/decide.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace oubli {
namespace {

using Combine = EventExpression::Combine;

/// A table whose columns are its events, all ISO, read on one day.
struct Table {
  TableRules rules;
  RunDays days{"2026-11-22"_day, "2026-11-22"_day};

  Table() {
    rules.timezone = "UTC";
    rules.plausible_from = "1980-01-01"_day;
  }

  int event(EventKind kind) {
    EventRule event;
    event.kind = kind;
    event.column = static_cast<int>(rules.events.size());
    event.formats = {ColumnFormat{}};
    event.zone = "UTC";
    rules.events.push_back(event);
    return event.column;
  }
  PurposeRule& purpose(EventTerm start, Period keep) {
    PurposeRule& purpose = rules.purposes.emplace_back();
    purpose.active = ActiveRule{std::move(start), false, keep, EndOf::none, {}};
    return purpose;
  }
};

EventTerm single(int event) { return {Combine::single, {{event, false}}}; }

Period years(int count) { return {count, 0, 0, 0}; }

/// What `decide` says; `Matcher` must say the same.
Decision decided(const Table& table, const std::vector<const char*>& cells) {
  std::vector<Value> values;
  for (const char* const cell : cells) values.push_back(cell ? Value::of(std::string_view(cell)) : Value::of_null());
  const Decision decision = decide(table.rules, {values}, table.days);
  Judgement judgement;
  Matcher(table.rules, table.days).judge({values}, judgement);
  CHECK(judgement.outcome == decision.outcome);
  CHECK(judgement.due == decision.due);
  CHECK(judgement.ended_categories == decision.ended_categories);
  REQUIRE(judgement.purposes.size() == decision.purposes.size());
  for (std::size_t i = 0; i < decision.purposes.size(); ++i) {
    CHECK(judgement.purposes[i].state == decision.purposes[i].state);
    CHECK(judgement.purposes[i].due == decision.purposes[i].due);
    CHECK(judgement.purposes[i].start == decision.purposes[i].start);
  }
  return decision;
}

Outcome outcome(const Table& table, const std::vector<const char*>& cells) { return decided(table, cells).outcome; }

// ---------------------------------------------------------------- S3, S4, S7

TEST_CASE("keep 3 years: kept through the last day, due from the next", "[unit][decide][S3]") {
  Table table;
  table.purpose(single(table.event(EventKind::dated)), years(3));
  CHECK(outcome(table, {"2023-11-22"}) == Outcome::keep);
  const auto due = decided(table, {"2023-11-21"});
  CHECK(due.outcome == Outcome::purge);
  CHECK(due.due == "2026-11-22"_day);
  CHECK(due.purposes[0].active_last_day == "2026-11-21"_day);
  CHECK(Matcher(table.rules, table.days).active_cutoff(0) == "2023-11-21"_day);
}

TEST_CASE("a zero period is due from the day of the event itself", "[unit][decide][S3]") {
  Table table;
  table.purpose(single(table.event(EventKind::end)), {});
  CHECK(outcome(table, {"2026-11-23"}) == Outcome::keep);
  const auto due = decided(table, {"2026-11-22"});
  CHECK(due.outcome == Outcome::purge);
  CHECK(due.due == "2026-11-22"_day);
  CHECK(due.purposes[0].active_last_day == "2026-11-21"_day);
}

TEST_CASE("an absent event is undated, or open where the relation goes on", "[unit][decide][S7]") {
  const auto kind = GENERATE(EventKind::dated, EventKind::end, EventKind::planned);
  Table table;
  table.purpose(single(table.event(kind)), years(3));
  const auto decision = decided(table, {nullptr});
  const bool open = kind != EventKind::dated;
  CHECK(decision.purposes[0].state == (open ? PurposeState::open : PurposeState::undated));
  CHECK(decision.outcome == (open ? Outcome::keep : Outcome::undated));
}

TEST_CASE("a planned event may lie in the future", "[unit][decide][S7]") {
  Table table;
  table.purpose(single(table.event(EventKind::planned)), {});
  CHECK(outcome(table, {"2027-06-30"}) == Outcome::keep);
  table.rules.events[0].kind = EventKind::end;
  CHECK(outcome(table, {"2027-06-30"}) == Outcome::future);
}

TEST_CASE("latest_of: an absent member decides unless it is optional", "[unit][decide][S7]") {
  Table table;
  const int dated = table.event(EventKind::dated);
  const int end = table.event(EventKind::end);
  PurposeRule& purpose = table.purpose({Combine::latest_of, {{dated, false}, {end, false}}}, years(3));
  CHECK(decided(table, {"2020-01-01", "2019-01-01"}).due == "2023-01-02"_day);
  CHECK(decided(table, {"2020-01-01", nullptr}).purposes[0].state == PurposeState::open);
  CHECK(decided(table, {nullptr, "2019-01-01"}).purposes[0].state == PurposeState::undated);
  CHECK(decided(table, {nullptr, nullptr}).purposes[0].state == PurposeState::open);
  purpose.active->start.members[1].optional = true;
  CHECK(decided(table, {"2020-01-01", nullptr}).due == "2023-01-02"_day);
  CHECK(decided(table, {nullptr, "2019-01-01"}).purposes[0].state == PurposeState::undated);
}

TEST_CASE("earliest_of passes absent members over, first_known takes the first with a value", "[unit][decide][S7]") {
  Table table;
  const int one = table.event(EventKind::dated);
  const int other = table.event(EventKind::end);
  PurposeRule& purpose = table.purpose({Combine::earliest_of, {{one, false}, {other, false}}}, years(1));
  CHECK(decided(table, {"2020-01-01", "2019-01-01"}).due == "2020-01-02"_day);
  CHECK(decided(table, {"2020-01-01", nullptr}).due == "2021-01-02"_day);
  CHECK(decided(table, {nullptr, nullptr}).purposes[0].state == PurposeState::open);
  purpose.active->start.combine = Combine::first_known;
  CHECK(decided(table, {"2020-01-01", "2019-01-01"}).due == "2021-01-02"_day);
  CHECK(decided(table, {nullptr, "2019-01-01"}).due == "2020-01-02"_day);
}

TEST_CASE("one unreadable member makes the purpose unreadable, before any future one", "[unit][decide][S7][S9]") {
  Table table;
  const int one = table.event(EventKind::dated);
  const int other = table.event(EventKind::dated);
  table.purpose({Combine::first_known, {{one, false}, {other, false}}}, years(1));
  CHECK(outcome(table, {"2019-01-01", "2019-02-30"}) == Outcome::unreadable);
  CHECK(outcome(table, {"2099-01-01", "2019-02-30"}) == Outcome::unreadable);
  CHECK(outcome(table, {"2099-01-01", "2019-01-01"}) == Outcome::future);
}

TEST_CASE("end_of applies to the combined day", "[unit][decide][S6][S7]") {
  Table table;
  const int one = table.event(EventKind::dated);
  const int other = table.event(EventKind::dated);
  PurposeRule& purpose = table.purpose({Combine::latest_of, {{one, false}, {other, false}}}, years(1));
  purpose.active->end_of = EndOf::fiscal_year;
  table.rules.fiscal_years = {date::June / 30, {}};
  const auto decision = decided(table, {"2024-06-30", "2024-07-01"});
  CHECK(decision.purposes[0].start == "2024-07-01"_day);
  CHECK(decision.purposes[0].counted_from == "2025-06-30"_day);
  CHECK(decision.due == "2026-07-01"_day);
}

// ---------------------------------------------------------------- S11, S12

TEST_CASE("when: an event whose condition is unknown is unreadable, else it hasn't happened", "[unit][decide][S11]") {
  Table table;
  table.purpose(single(table.event(EventKind::end)), {});
  Condition closed;
  closed.kind = Condition::Kind::compare;
  closed.slot = 1;
  closed.literals = {Literal{std::string("closed")}};
  table.rules.events[0].when = closed;
  CHECK(outcome(table, {"2026-01-01", "closed"}) == Outcome::purge);
  CHECK(decided(table, {"2026-01-01", "open"}).purposes[0].state == PurposeState::open);
  CHECK(outcome(table, {"2026-01-01", nullptr}) == Outcome::unreadable);
}

TEST_CASE("where: not concerned, undetermined; under no purpose a record is unassigned", "[unit][decide][S12]") {
  Table table;
  PurposeRule& purpose = table.purpose(single(table.event(EventKind::dated)), years(1));
  Condition prospect;
  prospect.kind = Condition::Kind::compare;
  prospect.slot = 1;
  prospect.literals = {Literal{std::string("prospect")}};
  purpose.where = prospect;
  CHECK(outcome(table, {"2020-01-01", "prospect"}) == Outcome::purge);
  CHECK(outcome(table, {"2020-01-01", "customer"}) == Outcome::unassigned);
  CHECK(outcome(table, {"rubbish", "customer"}) == Outcome::unassigned);
  CHECK(outcome(table, {"2020-01-01", nullptr}) == Outcome::undetermined);
}

// ---------------------------------------------------------------- S13

TEST_CASE("archive up_to counts from the same start, moved to the same close", "[unit][decide][S13]") {
  // 1 year from the close of the fiscal year, 10 years in all: an invoice of 10 March 2015.
  Table table;
  PurposeRule& purpose = table.purpose(single(table.event(EventKind::dated)), years(1));
  purpose.active->end_of = EndOf::fiscal_year;
  purpose.archive = ArchiveRule{years(10), "legal_obligation", {}};
  const auto archived = decided(table, {"2016-03-10"});
  CHECK(archived.outcome == Outcome::archive);
  CHECK(archived.due == "2018-01-01"_day);
  CHECK(archived.purposes[0].active_last_day == "2017-12-31"_day);
  CHECK(archived.purposes[0].archive_last_day == "2026-12-31"_day);
  const auto ended = decided(table, {"2015-03-10"});
  CHECK(ended.outcome == Outcome::purge);
  CHECK(ended.due == "2026-01-01"_day);
  CHECK(outcome(table, {"2025-12-31"}) == Outcome::keep);
}

TEST_CASE("an archive that would end first changes nothing", "[unit][decide][S13]") {
  Table table;
  table.purpose(single(table.event(EventKind::dated)), years(5)).archive = ArchiveRule{years(3), "legal_claims", {}};
  const auto decision = decided(table, {"2021-11-21"});
  CHECK(decision.outcome == Outcome::purge);
  CHECK(decision.due == "2026-11-22"_day);
  CHECK_FALSE(decision.purposes[0].archive_last_day);
  CHECK(outcome(table, {"2021-11-22"}) == Outcome::keep);
}

TEST_CASE("at_most caps the active phase, also where its start is missing", "[unit][decide][S13]") {
  Table table;
  const int contact = table.event(EventKind::dated);
  const int created = table.event(EventKind::dated);
  PurposeRule& purpose = table.purpose(single(contact), years(3));
  purpose.active->at_most = CapRule{years(10), single(created)};
  const auto capped = decided(table, {"2026-01-01", "2016-11-21"});
  CHECK(capped.due == "2026-11-22"_day);
  CHECK(capped.purposes[0].capped);
  CHECK(decided(table, {nullptr, "2016-11-21"}).due == "2026-11-22"_day);
  CHECK(decided(table, {nullptr, "2016-11-22"}).purposes[0].state == PurposeState::undated);
  CHECK(outcome(table, {"2026-01-01", nullptr}) == Outcome::keep);
  CHECK(outcome(table, {"2020-01-01", "rubbish"}) == Outcome::unreadable);
}

TEST_CASE("a start that is missing lets the archive count from the end of the active phase", "[unit][decide][S13]") {
  Table table;
  const int contact = table.event(EventKind::dated);
  const int created = table.event(EventKind::dated);
  const int objection = table.event(EventKind::end);
  PurposeRule& purpose = table.purpose(single(contact), years(3));
  purpose.active->at_most = CapRule{years(2), single(created)};
  purpose.archive = ArchiveRule{years(5), "legal_claims", {}};
  purpose.ends_on = {{objection, Ending::Extent::active}};

  SECTION("the cap's last day") {
    const auto decision = decided(table, {nullptr, "2020-02-29", nullptr});
    CHECK(decision.outcome == Outcome::archive);
    CHECK(decision.due == "2022-03-01"_day);
    CHECK(decision.purposes[0].active_last_day == "2022-02-28"_day);
    CHECK(decision.purposes[0].archive_last_day == "2027-02-28"_day);
  }
  SECTION("the day of the ending event") {
    const auto decision = decided(table, {nullptr, nullptr, "2022-06-15"});
    CHECK(decision.outcome == Outcome::archive);
    CHECK(decision.due == "2022-06-15"_day);
    CHECK(decision.purposes[0].ended_by == std::size_t{2});
    CHECK(decision.purposes[0].archive_last_day == "2027-06-15"_day);
    CHECK(outcome(table, {nullptr, nullptr, "2021-11-21"}) == Outcome::purge);
    CHECK(outcome(table, {nullptr, nullptr, "2021-11-22"}) == Outcome::archive);
  }
  SECTION("the earlier of both") {
    CHECK(decided(table, {nullptr, "2020-02-29", "2021-01-01"}).purposes[0].archive_last_day == "2026-01-01"_day);
    CHECK(decided(table, {nullptr, "2020-02-29", "2023-01-01"}).purposes[0].archive_last_day == "2027-02-28"_day);
  }
  SECTION("a known start is the law's own figure, however the active phase ended") {
    CHECK(decided(table, {"2021-01-01", nullptr, "2021-03-01"}).purposes[0].archive_last_day == "2026-01-01"_day);
  }
}

TEST_CASE("archive at_most caps the archive phase", "[unit][decide][S13]") {
  Table table;
  const int contact = table.event(EventKind::dated);
  const int created = table.event(EventKind::dated);
  PurposeRule& purpose = table.purpose(single(contact), years(1));
  purpose.archive = ArchiveRule{years(10), "legal_claims", CapRule{years(12), single(created)}};
  CHECK(outcome(table, {"2024-01-01", "2014-11-22"}) == Outcome::archive);
  const auto capped = decided(table, {"2024-01-01", "2014-11-21"});
  CHECK(capped.outcome == Outcome::purge);
  CHECK(capped.due == "2026-11-22"_day);
  CHECK(capped.purposes[0].capped);
  CHECK(decided(table, {"2024-01-01", "2010-01-01"}).due == "2025-01-02"_day);
}

TEST_CASE("ends_on all ends the purpose on its day, also where the start is missing or open", "[unit][decide][S13]") {
  const auto kind = GENERATE(EventKind::dated, EventKind::end);
  Table table;
  const int start = table.event(kind);
  const int withdrawn = table.event(EventKind::end);
  PurposeRule& purpose = table.purpose(single(start), years(3));
  purpose.archive = ArchiveRule{years(10), "legal_claims", {}};
  purpose.ends_on = {{withdrawn, Ending::Extent::all}};
  const auto decision = decided(table, {nullptr, "2026-11-22"});
  CHECK(decision.outcome == Outcome::purge);
  CHECK(decision.due == "2026-11-22"_day);
  CHECK(decision.purposes[0].ended_by == std::size_t{1});
  CHECK(decided(table, {"2020-01-01", "2025-05-05"}).due == "2025-05-05"_day);
  CHECK(decided(table, {"2010-01-01", "2025-05-05"}).due == "2020-01-02"_day);
  CHECK(outcome(table, {"2020-01-01", "rubbish"}) == Outcome::unreadable);
}

TEST_CASE("an ending event on a later day has ended nothing yet", "[unit][decide][S1][S13]") {
  Table table;
  const int start = table.event(EventKind::dated);
  const int withdrawn = table.event(EventKind::end);
  table.purpose(single(start), years(3)).ends_on = {{withdrawn, Ending::Extent::all}};
  CHECK(outcome(table, {"2025-01-01", "2026-11-23"}) == Outcome::keep);
  table.days.as_of = "2026-11-23"_day;
  CHECK(outcome(table, {"2025-01-01", "2026-11-23"}) == Outcome::purge);
}

TEST_CASE("ends_on active ends the active phase only", "[unit][decide][S13]") {
  Table table;
  const int start = table.event(EventKind::dated);
  const int objection = table.event(EventKind::end);
  PurposeRule& purpose = table.purpose(single(start), years(3));
  purpose.archive = ArchiveRule{years(5), "legal_claims", {}};
  purpose.ends_on = {{objection, Ending::Extent::active}};
  const auto decision = decided(table, {"2025-01-01", "2026-02-03"});
  CHECK(decision.outcome == Outcome::archive);
  CHECK(decision.due == "2026-02-03"_day);
  CHECK(decision.purposes[0].archive_last_day == "2030-01-01"_day);
}

TEST_CASE("unless_since: a later day voids an ending, the same day doesn't", "[unit][decide][S13]") {
  Table table;
  const int start = table.event(EventKind::dated);
  const int withdrawn = table.event(EventKind::end);
  const int given = table.event(EventKind::dated);
  PurposeRule& purpose = table.purpose(single(start), years(3));
  purpose.ends_on = {{withdrawn, Ending::Extent::all}};
  purpose.unless_since = given;
  CHECK(outcome(table, {"2025-01-01", "2026-02-03", nullptr}) == Outcome::purge);
  CHECK(outcome(table, {"2025-01-01", "2026-02-03", "2026-02-03"}) == Outcome::purge);
  CHECK(outcome(table, {"2025-01-01", "2026-02-03", "2026-02-04"}) == Outcome::keep);
  CHECK(outcome(table, {"2025-01-01", "2026-02-03", "2026-11-23"}) == Outcome::keep);
  CHECK(outcome(table, {"2025-01-01", "2026-02-03", "rubbish"}) == Outcome::unreadable);
}

TEST_CASE("an archive with its own event: the purpose ends at the later of both", "[unit][decide][S13]") {
  Table table;
  const int contact = table.event(EventKind::dated);
  const int contract_end = table.event(EventKind::end);
  PurposeRule& purpose = table.purpose(single(contact), years(3));
  purpose.archive = ArchiveRule{{}, "legal_claims", {}, RetentionRule{single(contract_end), true, years(5)}};

  SECTION("counted from the event, as it stands") {
    const auto archived = decided(table, {"2020-01-01", "2022-06-15"});
    CHECK(archived.outcome == Outcome::archive);
    CHECK(archived.due == "2023-01-02"_day);
    CHECK(archived.purposes[0].archive_last_day == "2027-06-15"_day);
    CHECK(decided(table, {"2020-01-01", "2021-11-21"}).due == "2026-11-22"_day);
    CHECK(decided(table, {"2020-01-01", "2010-01-01"}).due == "2023-01-02"_day);
  }
  SECTION("while the event is open the record stays active") {
    const auto open = decided(table, {"2020-01-01", nullptr});
    CHECK(open.outcome == Outcome::keep);
    CHECK(open.purposes[0].state == PurposeState::open);
    CHECK(decided(table, {"2026-01-01", nullptr}).purposes[0].state == PurposeState::active);
    CHECK(decided(table, {nullptr, nullptr}).purposes[0].state == PurposeState::undated);
  }
  SECTION("an ending event that ended the active phase archives it, and there it stays") {
    const int objection = table.event(EventKind::end);
    table.rules.purposes[0].ends_on = {{objection, Ending::Extent::active}};
    const auto archived = decided(table, {"2010-01-01", nullptr, "2015-05-05"});
    CHECK(archived.outcome == Outcome::archive);
    CHECK(archived.due == "2015-05-05"_day);
    CHECK_FALSE(archived.purposes[0].archive_last_day);
    CHECK(outcome(table, {nullptr, nullptr, "2015-05-05"}) == Outcome::archive);
  }
  SECTION("a cap ends the active phase of an open archive, and a cap of its own ends the archive") {
    const int created = table.event(EventKind::dated);
    table.rules.purposes[0].active->at_most = CapRule{years(10), single(created)};
    CHECK(decided(table, {"2020-01-01", nullptr, "2016-11-21"}).outcome == Outcome::archive);
    CHECK(decided(table, {"2020-01-01", nullptr, "2016-11-22"}).outcome == Outcome::keep);
    table.rules.purposes[0].archive->at_most = CapRule{years(12), single(created)};
    CHECK(decided(table, {"2020-01-01", nullptr, "2014-11-21"}).due == "2026-11-22"_day);
  }
  SECTION("a dated event that is missing lets it run from the end of the active phase") {
    table.rules.events[1].kind = EventKind::dated;
    CHECK(decided(table, {"2020-01-01", nullptr}).purposes[0].archive_last_day == "2028-01-01"_day);
    CHECK(outcome(table, {"2018-11-22", nullptr}) == Outcome::archive);
    CHECK(decided(table, {"2018-11-21", nullptr}).due == "2026-11-22"_day);
  }
  SECTION("an unreadable one keeps the record aside") {
    CHECK(outcome(table, {"2010-01-01", "rubbish"}) == Outcome::unreadable);
  }
}

TEST_CASE("never_opened serves a record whose end and whose opening are both absent", "[unit][decide][S7]") {
  Table table;
  const int closed = table.event(EventKind::end);
  const int opened = table.event(EventKind::dated);
  const int collected = table.event(EventKind::dated);
  PurposeRule& purpose = table.purpose(single(closed), {0, 3, 0, 0});
  purpose.never_opened = NeverOpenedRule{opened, years(3), single(collected)};
  const auto never = decided(table, {nullptr, nullptr, "2023-11-21"});
  CHECK(never.outcome == Outcome::purge);
  CHECK(never.due == "2026-11-22"_day);
  CHECK(never.purposes[0].never_opened);
  CHECK(never.purposes[0].start == "2023-11-21"_day);
  CHECK(outcome(table, {nullptr, nullptr, "2023-11-22"}) == Outcome::keep);
  CHECK(decided(table, {nullptr, nullptr, nullptr}).purposes[0].state == PurposeState::undated);
  CHECK(outcome(table, {nullptr, nullptr, "rubbish"}) == Outcome::unreadable);
  for (const char* const any : {"2020-01-01", "rubbish", "2099-01-01"}) {
    CHECK(decided(table, {nullptr, any, "2010-01-01"}).purposes[0].state == PurposeState::open);
    CHECK(decided(table, {"2026-01-01", any, "2010-01-01"}).due == "2026-04-02"_day);
  }
}

TEST_CASE("never_opened: one of several ends that has a value says that there was a relation", "[unit][decide][S7]") {
  Table table;
  const int contract = table.event(EventKind::end);
  const int validity = table.event(EventKind::planned);
  const int opened = table.event(EventKind::dated);
  PurposeRule& purpose = table.purpose({Combine::latest_of, {{contract, false}, {validity, false}}}, {});
  purpose.never_opened = NeverOpenedRule{opened, years(1), single(table.event(EventKind::dated))};
  CHECK(decided(table, {"2020-01-01", nullptr, nullptr, "2010-01-01"}).purposes[0].state == PurposeState::open);
  CHECK(outcome(table, {nullptr, nullptr, nullptr, "2010-01-01"}) == Outcome::purge);
}

TEST_CASE("override: the day agreed replaces the last day, as far as it may", "[unit][decide][S10]") {
  Table table;
  const int start = table.event(EventKind::dated);
  const int agreed = table.event(EventKind::planned);
  table.purpose(single(start), years(3)).last_day_override = LastDayOverrideRule{agreed, true, true, {}};
  LastDayOverrideRule& rule = *table.rules.purposes[0].last_day_override;

  SECTION("both ways") {
    const auto shorter = decided(table, {"2025-01-01", "2026-11-21"});
    CHECK(shorter.due == "2026-11-22"_day);
    CHECK(shorter.purposes[0].agreed);
    CHECK(outcome(table, {"2025-01-01", "2026-11-22"}) == Outcome::keep);
    CHECK(decided(table, {"2020-01-01", "2030-01-01"}).purposes[0].active_last_day == "2030-01-01"_day);
    CHECK(decided(table, {"2020-01-01", nullptr}).due == "2023-01-02"_day);
    CHECK(outcome(table, {"2020-01-01", "rubbish"}) == Outcome::unreadable);
  }
  SECTION("only longer") {
    rule.may_shorten = false;
    CHECK(outcome(table, {"2025-01-01", "2026-11-21"}) == Outcome::keep);
    CHECK(outcome(table, {"2020-01-01", "2030-01-01"}) == Outcome::keep);
  }
  SECTION("only shorter") {
    rule.may_lengthen = false;
    CHECK(outcome(table, {"2025-01-01", "2026-11-21"}) == Outcome::purge);
    CHECK(decided(table, {"2020-01-01", "2030-01-01"}).due == "2023-01-02"_day);
  }
  SECTION("at_most counts from the purpose's start and shortens nothing") {
    rule.at_most = years(5);
    CHECK(decided(table, {"2021-11-21", "2030-01-01"}).due == "2026-11-22"_day);
    CHECK(outcome(table, {"2021-11-22", "2030-01-01"}) == Outcome::keep);
    rule.at_most = years(1);
    CHECK(decided(table, {"2023-11-21", "2030-01-01"}).due == "2026-11-22"_day);
    CHECK(outcome(table, {"2023-11-22", "2030-01-01"}) == Outcome::keep);
  }
  SECTION("where no last day could be computed there is none to replace") {
    CHECK(outcome(table, {nullptr, "2026-11-21"}) == Outcome::undated);
  }
  SECTION("an ending event ends the purpose whatever was agreed") {
    const int withdrawn = table.event(EventKind::end);
    table.rules.purposes[0].ends_on = {{withdrawn, Ending::Extent::all}};
    CHECK(decided(table, {"2025-01-01", "2030-01-01", "2026-02-03"}).due == "2026-02-03"_day);
  }
}

TEST_CASE("override replaces the last day of the archive and never that of the active phase", "[unit][decide][S10]") {
  Table table;
  const int start = table.event(EventKind::dated);
  const int agreed = table.event(EventKind::planned);
  PurposeRule& purpose = table.purpose(single(start), years(3));
  purpose.archive = ArchiveRule{years(5), "legal_claims", {}};
  purpose.last_day_override = LastDayOverrideRule{agreed, true, true, {}};
  CHECK(decided(table, {"2020-01-01", "2030-06-01"}).purposes[0].archive_last_day == "2030-06-01"_day);
  CHECK(decided(table, {"2022-01-01", "2026-11-21"}).due == "2026-11-22"_day);
  CHECK(decided(table, {"2022-01-01", "2023-06-01"}).due == "2025-01-02"_day);
  CHECK(outcome(table, {"2025-01-01", "2026-01-01"}) == Outcome::keep);
}

TEST_CASE("by_category ends a category before its purpose, or in one phase", "[unit][decide][S13][S15]") {
  Table table;
  const int contract_end = table.event(EventKind::end);
  const int verified = table.event(EventKind::dated);
  PurposeRule& purpose = table.purpose(single(contract_end), {});
  table.rules.categories = {"identity", "identity_document"};
  purpose.categories = {0, 1};
  purpose.by_category = {{1, CategoryEnd::Extent::purpose, RetentionRule{single(verified), false, Period{0, 1, 0, 0}}}};
  CategoryEndRule& end = purpose.by_category[0];
  constexpr CategorySet k_document = 2;

  SECTION("of the purpose: also while it is open, not where it is unknown") {
    const auto open = decided(table, {nullptr, "2026-10-21"});
    CHECK(open.outcome == Outcome::keep);
    CHECK(open.ended_categories == k_document);
    CHECK(open.purposes[0].categories[0].due == "2026-11-22"_day);
    CHECK(decided(table, {nullptr, "2026-10-22"}).ended_categories == 0);
    CHECK(decided(table, {nullptr, nullptr}).ended_categories == 0);
    CHECK(decided(table, {"2026-11-22", nullptr}).ended_categories == 3);
    CHECK(outcome(table, {"2020-01-01", "rubbish"}) == Outcome::unreadable);
  }
  SECTION("an undated record keeps all its data") {
    table.rules.events[0].kind = EventKind::dated;
    CHECK(decided(table, {nullptr, "2020-01-01"}).ended_categories == 0);
  }
  SECTION("of the active phase: the archive needs it on") {
    end.extent = CategoryEnd::Extent::active;
    CHECK(decided(table, {nullptr, "2020-01-01"}).ended_categories == k_document);
    table.rules.purposes[0].archive = ArchiveRule{years(5), "legal_claims", {}};
    CHECK(decided(table, {nullptr, "2020-01-01"}).ended_categories == 0);
    CHECK(decided(table, {"2025-01-01", "2020-01-01"}).ended_categories == 0);
  }
  SECTION("of the archive: the active phase needs it until it ends") {
    end.extent = CategoryEnd::Extent::archive;
    table.rules.purposes[0].archive = ArchiveRule{years(5), "legal_claims", {}};
    CHECK(decided(table, {nullptr, "2020-01-01"}).ended_categories == 0);
    const auto archived = decided(table, {"2025-01-01", "2020-01-01"});
    CHECK(archived.outcome == Outcome::archive);
    CHECK(archived.ended_categories == k_document);
  }
}

// ---------------------------------------------------------------- S14, S15, S16

/// One purpose for each column, all of one event each.
Table with_purposes(std::initializer_list<Disposition> dispositions) {
  Table table;
  for (const Disposition then : dispositions) {
    table.purpose(single(table.event(EventKind::dated)), years(1)).then = then;
  }
  return table;
}

TEST_CASE("any active purpose keeps the record, whatever else is odd", "[unit][decide][S14]") {
  Table table = with_purposes({Disposition::purge, Disposition::purge});
  CHECK(outcome(table, {"2026-01-01", "2010-01-01"}) == Outcome::keep);
  CHECK(outcome(table, {"2026-01-01", "rubbish"}) == Outcome::keep);
  CHECK(outcome(table, {"2010-01-01", "rubbish"}) == Outcome::unreadable);
  CHECK(outcome(table, {"2099-01-01", "rubbish"}) == Outcome::unreadable);
  CHECK(outcome(table, {"2099-01-01", nullptr}) == Outcome::future);
  CHECK(outcome(table, {"2010-01-01", nullptr}) == Outcome::undated);
}

TEST_CASE("a purpose without period is never enforced and keeps the record under that name", "[unit][decide][S16]") {
  Table table = with_purposes({Disposition::purge, Disposition::purge});
  table.rules.purposes[1].active.reset();
  CHECK(outcome(table, {"2010-01-01", "2010-01-01"}) == Outcome::no_period);
  CHECK(outcome(table, {nullptr, nullptr}) == Outcome::undated);
  CHECK(outcome(table, {"2026-01-01", nullptr}) == Outcome::keep);
  CHECK_FALSE(Matcher(table.rules, table.days).active_cutoff(1));
}

TEST_CASE("any archive phase archives; due since the last purpose stopped being active", "[unit][decide][S14]") {
  Table table = with_purposes({Disposition::purge, Disposition::purge});
  table.rules.purposes[0].archive = ArchiveRule{years(20), "legal_claims", {}};
  const auto decision = decided(table, {"2010-01-01", "2015-06-01"});
  CHECK(decision.outcome == Outcome::archive);
  CHECK(decision.due == "2016-06-02"_day);
}

TEST_CASE("all ended: the disposition of the last, on the same day the mildest", "[unit][decide][S14]") {
  const Table table = with_purposes({Disposition::purge, Disposition::flag, Disposition::anonymise});
  CHECK(outcome(table, {"2020-01-02", "2020-01-01", "2020-01-01"}) == Outcome::purge);
  CHECK(outcome(table, {"2020-01-01", "2020-01-02", "2020-01-01"}) == Outcome::flag);
  CHECK(outcome(table, {"2020-01-01", "2020-01-01", "2020-01-02"}) == Outcome::anonymise);
  CHECK(outcome(table, {"2020-01-01", "2020-01-01", "2020-01-01"}) == Outcome::flag);
  CHECK(outcome(table, {"2020-01-02", "2020-01-01", "2020-01-02"}) == Outcome::anonymise);
  CHECK(decided(table, {"2020-01-01", "2020-01-02", "2020-01-01"}).due == "2021-01-03"_day);
}

TEST_CASE("the order of purposes never matters", "[unit][decide][S14]") {
  Table table = with_purposes({Disposition::purge, Disposition::flag});
  const Outcome before = outcome(table, {"2020-01-01", "2020-01-01"});
  std::reverse(table.rules.purposes.begin(), table.rules.purposes.end());
  CHECK(outcome(table, {"2020-01-01", "2020-01-01"}) == before);
}

TEST_CASE("a category has ended when a purpose that listed it has and none needs it any more", "[unit][decide][S15]") {
  Table table = with_purposes({Disposition::purge, Disposition::purge});
  table.rules.categories = {"identity", "contact", "billing", "tracer"};
  table.rules.purposes[0].categories = {0, 1};
  table.rules.purposes[1].categories = {1, 2};
  constexpr CategorySet k_identity = 1, k_contact = 2, k_billing = 4;
  CHECK(decided(table, {"2026-01-01", "2026-01-01"}).ended_categories == 0);
  CHECK(decided(table, {"2010-01-01", "2026-01-01"}).ended_categories == k_identity);
  CHECK(decided(table, {"2026-01-01", "2010-01-01"}).ended_categories == k_billing);
  CHECK(decided(table, {"2010-01-01", nullptr}).ended_categories == k_identity);
  CHECK(decided(table, {"2010-01-01", "rubbish"}).ended_categories == k_identity);
  CHECK(decided(table, {"2010-01-01", "2010-01-01"}).ended_categories == (k_identity | k_contact | k_billing));

  Condition unknown;
  unknown.kind = Condition::Kind::compare;
  unknown.slot = 2;
  unknown.literals = {Literal{std::string("yes")}};
  table.rules.purposes[1].where = unknown;
  CHECK(decided(table, {"2010-01-01", "2010-01-01", nullptr}).ended_categories == k_identity);
  CHECK(decided(table, {"2010-01-01", "2026-01-01", "no"}).ended_categories == (k_identity | k_contact));
}

TEST_CASE("a record newer than its inactive purpose is noticed", "[unit][decide][S16]") {
  Table table = with_purposes({Disposition::purge});
  table.rules.purposes[0].inactive = InactiveRule{"2025-01-01"_day, 0};
  CHECK(decided(table, {"2025-01-02"}).purposes[0].newer_than_inactive);
  CHECK_FALSE(decided(table, {"2025-01-01"}).purposes[0].newer_than_inactive);
}

TEST_CASE("what is given of a record goes before what its columns say", "[unit][decide][S11]") {
  Table table = with_purposes({Disposition::purge, Disposition::purge});
  const std::vector<Value> values(table.rules.columns.size() + table.rules.events.size(), Value::of("2010-01-01"));
  using Given = std::vector<std::optional<EventReading>>;
  const Given given(table.rules.events.size(), EventReading{EventReading::State::known, "2026-01-01"_day});
  const std::vector<std::optional<Truth>> concerned{Truth::no, std::nullopt};

  Judgement judgement;
  const Matcher matcher(table.rules, table.days);
  for (const RecordFacts& facts : {RecordFacts{values, given, {}}, RecordFacts{values, given, concerned}}) {
    const Decision decision = decide(table.rules, facts, table.days);
    matcher.judge(facts, judgement);
    CHECK(decision.outcome == Outcome::keep);
    CHECK(judgement.outcome == Outcome::keep);
    CHECK(judgement.purposes[0].state == decision.purposes[0].state);
    CHECK((decision.purposes[0].state == PurposeState::not_concerned) == !facts.concerned.empty());
    CHECK(decision.purposes[1].state == PurposeState::active);
  }
}

TEST_CASE("a record set aside keeps nothing of the one before", "[unit][matcher]") {
  Table table = with_purposes({Disposition::purge});
  table.rules.categories = {"identity"};
  table.rules.purposes[0].categories = {0};
  Judgement judgement;
  Matcher(table.rules, table.days).judge({std::array{Value::of("2010-01-01")}}, judgement);
  CHECK(judgement.ended_categories == 1);
  judgement.set_aside(Outcome::unassigned, 1);
  CHECK(judgement.outcome == Outcome::unassigned);
  CHECK_FALSE(judgement.due);
  CHECK(judgement.purposes[0].state == PurposeState::not_concerned);
  CHECK(judgement.events == std::vector<EventReading>{EventReading{}});
  CHECK(judgement.ended_categories == 0);
}

TEST_CASE("a judgement may be used again for the next record", "[unit][matcher]") {
  const Table table = with_purposes({Disposition::purge});
  const Matcher matcher(table.rules, table.days);
  Judgement judgement;
  matcher.judge({std::array{Value::of("2010-01-01")}}, judgement);
  CHECK(judgement.due);
  matcher.judge({std::array{Value::of("2026-01-01")}}, judgement);
  CHECK(judgement.outcome == Outcome::keep);
  CHECK_FALSE(judgement.due);
  CHECK_FALSE(judgement.purposes[0].due);
  CHECK(judgement.events == std::vector<EventReading>{{EventReading::State::known, "2026-01-01"_day}});
}

}  // namespace
}  // namespace oubli
