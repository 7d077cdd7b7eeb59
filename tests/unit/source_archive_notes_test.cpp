/// How an archived record is judged by what was noted of it.
#include "oubli/source/archive_notes.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace oubli;

namespace {

const RunDays k_days{"2026-11-25"_day, "2026-11-25"_day};

EventRule event(const std::string& name, int column, EventKind kind = EventKind::dated) {
  EventRule rule;
  rule.name = name;
  rule.kind = kind;
  rule.column = column;
  rule.formats = {ColumnFormat{}};
  rule.zone = "UTC";
  return rule;
}

Condition is_text(int slot, const std::string& text) {
  Condition condition;
  condition.kind = Condition::Kind::compare;
  condition.slot = slot;
  condition.literals = {text};
  return condition;
}

/// `billing` is kept three years and archived up to ten, where the status is "customer"; `letters`,
/// where it is "reader", is kept until it is cancelled.
TableRules rules() {
  TableRules rules;
  rules.timezone = "UTC";
  rules.plausible_from = "1980-01-01"_day;
  rules.columns = {"invoiced", "cancelled", "status"};
  rules.events = {event("invoiced", 0), event("cancelled", 1, EventKind::end)};
  PurposeRule billing;
  billing.purpose = "billing";
  billing.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {3, 0, 0, 0}, {}, {}};
  billing.archive = ArchiveRule{{10, 0, 0, 0}, "legal_obligation", {}};
  billing.where = is_text(2, "customer");
  PurposeRule letters;
  letters.purpose = "letters";
  letters.active = ActiveRule{{EventExpression::Combine::single, {{1, false}}}, true, {}, {}, {}};
  letters.where = is_text(2, "reader");
  rules.purposes = {billing, letters};
  return rules;
}

using Values = std::array<Value, 3>;

Values values(std::string_view invoiced, std::string_view cancelled, std::string_view status) {
  const auto value = [](std::string_view text) { return text.empty() ? Value::of_null() : Value::of(text); };
  return {value(invoiced), value(cancelled), value(status)};
}

Outcome judged(const TableRules& by, const Values& record, const ArchiveNotes& notes,
               Columns columns = Columns::there) {
  const Matcher matcher(by, k_days);
  ArchivedJudge judge(matcher);
  Judgement judgement;
  judge.judge({record, {}, columns}, notes, judgement);
  const Decision decision = decide(by, judge.facts(), k_days);
  CHECK(outcome_in_archive(decision.outcome) == judgement.outcome);
  return judgement.outcome;
}

/// Of a customer whose invoice is of that day.
ArchiveNotes customer(Day invoiced) {
  return {{"billing"}, {"letters"}, {{"invoiced", {EventReading::State::known, invoiced}}, {"cancelled", {}}}};
}

}  // namespace

TEST_CASE("archive notes: they tell what a judgement knew", "[unit][archive]") {
  const Matcher matcher(rules(), k_days);
  Judgement judgement;
  const auto record = values("2020-02-03", "32 March", "customer");
  matcher.judge({record}, judgement);
  const ArchiveNotes notes = notes_of(matcher.rules(), judgement);
  CHECK(notes.purposes == std::vector<std::string>{"billing"});
  CHECK(notes.other_purposes == std::vector<std::string>{"letters"});
  CHECK(notes.events.at("invoiced") == EventReading{EventReading::State::known, "2020-02-03"_day});
  CHECK(notes.events.at("cancelled").state == EventReading::State::unreadable);
}

TEST_CASE("archive notes: they go before the columns, and the archive phase keeps", "[unit][archive]") {
  CHECK(judged(rules(), values("", "", ""), customer("2020-02-03"_day)) == Outcome::keep);
  CHECK(judged(rules(), values("2026-01-01", "", "reader"), customer("2015-02-03"_day)) == Outcome::keep);
  CHECK(judged(rules(), values("2026-01-01", "", ""), customer("2015-02-03"_day)) == Outcome::purge);
}

TEST_CASE("archive notes: a purpose it wasn't under counts where the columns say so now", "[unit][archive]") {
  CHECK(judged(rules(), values("", "", "customer"), customer("2015-02-03"_day)) == Outcome::purge);
  CHECK(judged(rules(), values("", "", "reader"), customer("2015-02-03"_day)) == Outcome::keep);
  CHECK(judged(rules(), values("", "", ""), customer("2015-02-03"_day)) == Outcome::purge);
  ArchiveNotes of_format_1 = customer("2015-02-03"_day);
  of_format_1.other_purposes.clear();
  CHECK(judged(rules(), values("", "", ""), of_format_1) == Outcome::undetermined);
}

TEST_CASE("archive notes: what isn't noted is read from the columns, and kept where those are unknown",
          "[unit][archive]") {
  ArchiveNotes notes = customer("2015-02-03"_day);
  notes.events.clear();
  CHECK(judged(rules(), values("2015-02-03", "", "customer"), notes) == Outcome::purge);
  CHECK(judged(rules(), values("2022-02-03", "", "customer"), notes) == Outcome::keep);
  CHECK(judged(rules(), values("", "", "customer"), notes) == Outcome::undated);
  CHECK(judged(rules(), values("2015-02-03", "", "customer"), notes, Columns::unknown) == Outcome::unreadable);
  notes = customer("2015-02-03"_day);
  CHECK(judged(rules(), values("", "", ""), notes, Columns::unknown) == Outcome::purge);
  notes.other_purposes.clear();
  CHECK(judged(rules(), values("", "", ""), notes, Columns::unknown) == Outcome::undetermined);
}

TEST_CASE("archive notes: names that the policy no longer has give nothing", "[unit][archive]") {
  ArchiveNotes notes = customer("2015-02-03"_day);
  notes.purposes = {"former"};
  notes.other_purposes = {"letters", "billing"};
  notes.events.emplace("former", EventReading{EventReading::State::known, "2026-01-01"_day});
  CHECK(judged(rules(), values("", "", "nobody"), notes) == Outcome::unassigned);
}

TEST_CASE("archive notes: a noted day is as odd as the clock and the config make it", "[unit][archive][S9]") {
  CHECK(judged(rules(), values("", "", ""), customer("2150-01-01"_day)) == Outcome::future);
  CHECK(judged(rules(), values("", "", ""), customer("1979-12-31"_day)) == Outcome::unreadable);
}
