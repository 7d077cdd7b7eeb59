/// What columns and records say once they are counted.
#include "oubli/audit/column_survey.hpp"
#include "oubli/audit/record_survey.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace oubli;

namespace {

const Day k_today = "2026-06-01"_day;

ColumnSurvey survey_of(const std::vector<std::string>& texts) {
  ColumnSurvey survey;
  for (const auto& text : texts) survey.add(Value::of(std::string_view(text)), ColumnSurvey::Sample::yes);
  return survey;
}

/// Two purposes: a year without archive, and ten years in all.
TableRules rules() {
  TableRules rules;
  PurposeRule sales;
  sales.purpose = "sales";
  sales.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {1, 0, 0, 0}, {}, {}};
  PurposeRule books = sales;
  books.purpose = "books";
  books.archive = ArchiveRule{{10, 0, 0, 0}, "legal_obligation", {}};
  rules.purposes = {sales, books};
  return rules;
}

RecordSurvey records_of(const TableRules& of, Side side = Side::live) { return {of, side, {k_today, k_today}}; }

/// A record under both purposes, in these states.
Judgement judged(PurposeState sales, PurposeState books) {
  Judgement judgement;
  judgement.purposes.resize(2);
  judgement.purposes[0].state = sales;
  judgement.purposes[1].state = books;
  return judgement;
}

Judgement with_event(Judgement judgement, Day day) {
  judgement.events = {{EventReading::State::missing, {}}, {EventReading::State::known, day}};
  return judgement;
}

}  // namespace

TEST_CASE("ColumnSurvey: empty values are counted everywhere, others looked into in the sample", "[unit][audit]") {
  ColumnSurvey survey;
  survey.add(Value::of_null(), ColumnSurvey::Sample::no);
  survey.add(Value::of(std::string_view()), ColumnSurvey::Sample::yes);
  survey.add(Value::of(std::string_view("ada@example.org")), ColumnSurvey::Sample::no);
  CHECK(survey.records == 3);
  CHECK(survey.empty == 2);
  CHECK(survey.sampled == 0);
  CHECK_FALSE(survey.is_always_empty());
  CHECK(survey_of({"", ""}).is_always_empty());
  CHECK_FALSE(ColumnSurvey{}.is_always_empty());
}

TEST_CASE("sample_step: small tables whole, large ones spread evenly", "[unit][audit]") {
  CHECK(sample_step(0) == 1);
  CHECK(sample_step(k_sample) == 1);
  CHECK(sample_step(k_sample * 10) == 10);
}

TEST_CASE("likeness: content goes before the name", "[unit][audit]") {
  const auto found = likeness("phone", survey_of({"ada@example.org", "grace@example.org", "none", "none"}), k_today);
  REQUIRE(found);
  CHECK(found->kind == PersonalKind::email);
  CHECK(found->percent == 50);
  CHECK(found->by_content());
  CHECK_FALSE(found->by_name);
  CHECK(in_words(*found) == "looks like an e-mail address: 50 % of 4 values");
}

TEST_CASE("likeness: a name alone is said to be one", "[unit][audit]") {
  const auto found = likeness("e_mail", survey_of({"", ""}), k_today);
  REQUIRE(found);
  CHECK_FALSE(found->by_content());
  CHECK(in_words(*found) == "is called like an e-mail address");
}

TEST_CASE("likeness: numbers that happen to fit now and then are no telephone numbers", "[unit][audit]") {
  CHECK_FALSE(likeness("code", survey_of({"0612345678", "1", "2", "3", "4"}), k_today));
  CHECK(likeness("code", survey_of({"0612345678", "0712345678", "3"}), k_today));
}

TEST_CASE("likeness: integers are looked into, too", "[unit][audit]") {
  ColumnSurvey survey;
  survey.add(Value::of(std::int64_t{4111111111111111}), ColumnSurvey::Sample::yes);
  const auto found = likeness("number", survey, k_today);
  REQUIRE(found);
  CHECK(found->kind == PersonalKind::card);
}

TEST_CASE("likeness: days over a generation, all long past, are births", "[unit][audit]") {
  const auto births = survey_of({"1951-02-03", "1968-12-31", "2001-05-06"});
  REQUIRE(likeness("d1", births, k_today));
  CHECK(likeness("d1", births, k_today)->kind == PersonalKind::date_of_birth);
  CHECK_FALSE(likeness("d1", survey_of({"1951-02-03", "2025-05-06"}), k_today));
  CHECK_FALSE(likeness("d1", survey_of({"2001-02-03", "2004-05-06"}), k_today));
}

TEST_CASE("RecordSurvey: what became due on the audit's own day is not overdue", "[unit][audit][gdpr-5-1-e]") {
  const auto of = rules();
  auto survey = records_of(of);
  auto judgement = judged(PurposeState::ended, PurposeState::not_concerned);
  judgement.due = judgement.purposes[0].due = k_today;
  survey.add(judgement, Outcome::purge);
  CHECK(survey.counts().overdue.empty());
  judgement.due = judgement.purposes[0].due = k_today - date::days{1};
  survey.add(judgement, Outcome::purge);
  CHECK(survey.counts().overdue.at(0).records == 1);
}

TEST_CASE("RecordSurvey: a record that is held or blocked is not overdue", "[unit][audit]") {
  const auto of = rules();
  auto survey = records_of(of);
  auto judgement = judged(PurposeState::ended, PurposeState::not_concerned);
  judgement.due = judgement.purposes[0].due = "2020-01-01"_day;
  for (const auto outcome : {Outcome::held, Outcome::restricted, Outcome::blocked, Outcome::flag})
    survey.add(judgement, outcome);
  CHECK(survey.counts().overdue.empty());
}

TEST_CASE("RecordSurvey: overdue records stand under the purpose that ended last", "[unit][audit]") {
  const auto of = rules();
  auto survey = records_of(of);
  auto judgement = judged(PurposeState::ended, PurposeState::ended);
  judgement.purposes[0].due = "2020-01-01"_day;
  judgement.due = judgement.purposes[1].due = "2024-01-01"_day;
  survey.add(judgement, Outcome::purge);
  REQUIRE(survey.counts().overdue.contains(1));
  CHECK(survey.counts().overdue.at(1).oldest == "2024-01-01"_day);
  CHECK(survey.counts().overdue.at(1).over_a_year == 1);
}

TEST_CASE("RecordSurvey: an odd record is too old past its purpose's own period", "[unit][audit]") {
  const auto of = rules();
  auto survey = records_of(of);
  const auto undated = judged(PurposeState::undated, PurposeState::not_concerned);
  survey.add(with_event(undated, "2025-06-01"_day), Outcome::undated);
  survey.add(with_event(undated, "2025-05-31"_day), Outcome::undated);
  survey.add(undated, Outcome::undated);
  const auto& aged = survey.counts().aside.at(Outcome::undated);
  CHECK(aged.records == 3);
  CHECK(aged.too_old == 1);
  CHECK(aged.unknown_age == 1);
  CHECK(aged.oldest == "2025-05-31"_day);
}

TEST_CASE("RecordSurvey: of two purposes the longer one is the limit", "[unit][audit]") {
  const auto of = rules();
  auto survey = records_of(of);
  survey.add(with_event(judged(PurposeState::undated, PurposeState::undated), "2020-01-01"_day), Outcome::undated);
  CHECK(survey.counts().aside.at(Outcome::undated).too_old == 0);
}

TEST_CASE("RecordSurvey: under no purpose the limit is three years", "[unit][audit]") {
  const auto of = rules();
  auto survey = records_of(of);
  const auto unassigned = judged(PurposeState::not_concerned, PurposeState::not_concerned);
  survey.add(with_event(unassigned, "2023-06-01"_day), Outcome::unassigned);
  survey.add(with_event(unassigned, "2023-05-31"_day), Outcome::unassigned);
  CHECK(survey.counts().aside.at(Outcome::unassigned).too_old == 1);
}

TEST_CASE("RecordSurvey: a day in the future is no age", "[unit][audit]") {
  const auto of = rules();
  auto survey = records_of(of);
  auto judgement = judged(PurposeState::future, PurposeState::not_concerned);
  judgement.events = {{EventReading::State::future, "2150-01-01"_day}};
  survey.add(judgement, Outcome::future);
  CHECK(survey.counts().aside.at(Outcome::future).unknown_age == 1);
}

TEST_CASE("RecordSurvey: starts by year, with those past the limit", "[unit][audit]") {
  const auto of = rules();
  auto survey = records_of(of);
  auto judgement = judged(PurposeState::ended, PurposeState::not_concerned);
  judgement.purposes[0].start = "2020-03-01"_day;
  judgement.due = judgement.purposes[0].due = "2021-03-02"_day;
  survey.add(judgement, Outcome::purge);
  survey.add(judgement, Outcome::held);
  survey.add(judged(PurposeState::undated, PurposeState::not_concerned), Outcome::undated);
  const auto& year = survey.counts().years[0].at(2020);
  CHECK(year.records == 2);
  CHECK(year.ended == 2);
  CHECK(year.overdue == 1);
  CHECK(survey.counts().without_start[0] == 1);
  CHECK(survey.counts().starts[0].at("2020-03-01"_day) == 2);
}
