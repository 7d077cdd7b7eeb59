/// The days on which records become due, asked once, against the matcher asked on every day.
#include "oubli/engine/due_timeline.hpp"
#include "support/day_literal.hpp"
#include "support/generated_records.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

using namespace oubli;

namespace {

const RunDays k_days{"2026-01-01"_day, "2026-01-01"_day};

EventRule event(std::string name, EventKind kind, int column) {
  EventRule event;
  event.name = std::move(name);
  event.kind = kind;
  event.column = column;
  event.zone = "UTC";
  event.formats = {ColumnFormat{}};
  return event;
}

/// Kept for a year from `seen`, or until `closed`; with an archive for three years in all.
TableRules rules(bool with_archive = false) {
  TableRules rules;
  rules.timezone = "UTC";
  rules.plausible_from = "1980-01-01"_day;
  rules.columns = {"seen", "closed"};
  rules.events = {event("seen", EventKind::dated, 0), event("closed", EventKind::end, 1)};
  PurposeRule purpose;
  purpose.purpose = "sales";
  purpose.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {1, 0, 0, 0}, {}, {}};
  if (with_archive) purpose.archive = ArchiveRule{{3, 0, 0, 0}, "legal_claims", {}};
  purpose.ends_on = {{1, Ending::Extent::all}};
  rules.purposes = {purpose};
  return rules;
}

std::vector<DueStep> steps(const TableRules& of, const std::string& seen, const std::string& closed = "",
                           Side side = Side::live) {
  DueTimeline timeline(of, side, k_days, "2028-12-31"_day);
  const std::vector<Value> values{seen.empty() ? Value::of_null() : Value::of(std::string_view(seen)),
                                  closed.empty() ? Value::of_null() : Value::of(std::string_view(closed))};
  const auto found = timeline.steps({values});
  return {found.begin(), found.end()};
}

}  // namespace

TEST_CASE("DueTimeline: the day after the last one", "[unit][engine][S3]") {
  CHECK(steps(rules(), "2026-03-31") == std::vector<DueStep>{{"2027-04-01"_day, Outcome::purge, 0}});
}

TEST_CASE("DueTimeline: nothing beyond the last day asked for, nothing without a day", "[unit][engine]") {
  CHECK(steps(rules(), "2027-12-30").size() == 1);
  CHECK(steps(rules(), "2027-12-31").empty());
  CHECK(steps(rules(), "").empty());
  CHECK(steps(rules(), "no day").empty());
}

TEST_CASE("DueTimeline: into the archive, then out of it", "[unit][engine][S13]") {
  CHECK(steps(rules(true), "2025-06-30") ==
        std::vector<DueStep>{{"2026-07-01"_day, Outcome::archive, 0}, {"2028-07-01"_day, Outcome::purge, 0}});
  CHECK(steps(rules(true), "2025-06-30", "", Side::archive) ==
        std::vector<DueStep>{{"2028-07-01"_day, Outcome::purge, 0}});
}

TEST_CASE("DueTimeline: of what is past, the step a record is in", "[unit][engine]") {
  CHECK(steps(rules(true), "2024-06-30") ==
        std::vector<DueStep>{{"2025-07-01"_day, Outcome::archive, 0}, {"2027-07-01"_day, Outcome::purge, 0}});
  CHECK(steps(rules(true), "2020-06-30") == std::vector<DueStep>{{"2023-07-01"_day, Outcome::purge, 0}});
}

TEST_CASE("DueTimeline: an end that is known already ends on its day", "[unit][engine][S1]") {
  CHECK(steps(rules(), "2026-03-31", "2026-09-15") == std::vector<DueStep>{{"2026-09-15"_day, Outcome::purge, 0}});
}

TEST_CASE("DueTimeline: a day given from elsewhere is in the future only until it has come", "[unit][engine][S9]") {
  const auto of = rules();
  DueTimeline timeline(of, Side::live, k_days, "2028-12-31"_day);
  const std::vector<Value> values(2, Value::of_null());
  const std::vector<std::optional<EventReading>> given{EventReading{EventReading::State::future, "2026-05-01"_day},
                                                       std::nullopt};
  const auto found = timeline.steps({values, given});
  REQUIRE(found.size() == 1);
  CHECK(found[0].due == "2027-05-02"_day);
}

namespace {

/// The step a record is in on a day, as text.
std::string stage(std::span<const DueStep> steps, Day day) {
  std::string text = "kept";
  for (const auto& step : steps) {
    if (step.due <= day) text = to_text(step.outcome);
  }
  return text;
}

std::string stage(const Matcher& matcher, const RecordFacts& facts) {
  Judgement judgement;
  matcher.judge(facts, judgement);
  const bool is_due = changes(judgement.outcome) || judgement.outcome == Outcome::flag;
  return std::string(is_due ? to_text(judgement.outcome) : "kept");
}

/// One matcher for every fortieth day.
std::vector<Matcher> matchers_until(Day until, const GeneratedTable& table) {
  std::vector<Matcher> matchers;
  for (Day day = table.days.as_of; day <= until; day += date::days{40}) {
    matchers.emplace_back(table.rules, RunDays{day, table.days.clock});
  }
  return matchers;
}

}  // namespace

TEST_CASE("DueTimeline: says of every day what the matcher says on it", "[unit][engine][differential]") {
  std::size_t steps_seen = 0;
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    RecordGenerator generator(seed);
    const auto table = generator.table();
    const Day until = table.days.as_of + date::days{800};
    DueTimeline timeline(table.rules, Side::live, table.days, until);
    const auto matchers = matchers_until(until, table);
    for (int i = 0; i < 40; ++i) {
      const auto record = generator.record(table);
      const RecordFacts facts{record.values, {}, {}, record.personal};
      const auto found = timeline.steps(facts);
      steps_seen += found.size();
      for (const auto& matcher : matchers) {
        const Day day = matcher.days().as_of;
        INFO("seed " << seed << ", record " << i << ", on " << to_text(day));
        if (stage(found, day) != stage(matcher, facts)) CHECK(stage(found, day) == stage(matcher, facts));
      }
    }
  }
  CHECK(steps_seen > 500);
}
