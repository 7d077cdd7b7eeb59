/// Plain values in words, and counts.
#include "oubli/model/erasure_schedule.hpp"
#include "oubli/model/digest.hpp"
#include "oubli/model/period.hpp"
#include "oubli/model/policy.hpp"
#include "oubli/model/run_report.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

#include <array>

namespace oubli {
namespace {

TEST_CASE("periods are worded with their units, singular for one", "[unit][period][S2]") {
  CHECK(to_text(Period{6, 6, 0, 0}) == "6 years 6 months");
  CHECK(to_text(Period{1, 0, 0, 0}) == "1 year");
  CHECK(to_text(Period{0, 13, 1, 1}) == "13 months 1 week 1 day");
  CHECK(to_text(Period{}) == "0 days");
}

TEST_CASE("day_from_text: only a day that exists, in full width", "[unit][day]") {
  CHECK(to_text(day_from_text("2024-02-29").value()) == "2024-02-29");
  CHECK(to_text(day_from_text("0001-01-01").value()) == "0001-01-01");
  const auto* const text = GENERATE("", "2023-02-29", "2024-2-9", "2024-02-29 ", "20240229", "0000-01-01", "2024-13-01",
                                    "2024/02/29", "+024-02-29", "2024-00-10", "2024-01-00");
  CAPTURE(text);
  CHECK_FALSE(day_from_text(text));
}

TEST_CASE("every outcome and state has a name", "[unit][decision][I7]") {
  for (std::size_t i = 0; i < k_outcomes; ++i) CHECK_FALSE(to_text(static_cast<Outcome>(i)).empty());
  CHECK(to_text(Outcome::no_period) == "no_period");
  CHECK(to_text(Outcome::out_of_scope) == "out_of_scope");
  CHECK(to_text(PurposeState::ended) == "ended");
  CHECK(to_text(EventKind::planned) == "planned");
  CHECK(to_text(LegalBasis::legitimate_interests) == "legitimate_interests");
  CHECK(to_text(Disposition::anonymise) == "anonymise");
  CHECK(to_text(EndOf::fiscal_year) == "fiscal_year");
  CHECK(to_text(RunStatus::incomplete) == "incomplete");
}

TEST_CASE("digests are those of the standards", "[unit][digest]") {
  CHECK(sha256_text("abc") == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const std::string key = "Jefe";
  const std::span key_bytes(reinterpret_cast<const unsigned char*>(key.data()), key.size());
  CHECK(to_hex(hmac_sha256(key_bytes, "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("a keyed digest is the HMAC of each message, whatever came before", "[unit][model][digest]") {
  const auto size = GENERATE(0, 1, 32, 64, 65, 200);
  const std::vector<unsigned char> key(static_cast<std::size_t>(size), 0x5B);
  const HmacSha256 digest(key);
  for (const auto* message : {"", "a", "what do ya want for nothing?", "a"}) {
    CHECK(digest(message) == hmac_sha256(key, message));
  }
  CHECK(digest(std::string(1'000, 'x')) == hmac_sha256(key, std::string(1'000, 'x')));
}

TEST_CASE("a digest may be fed in parts and used again", "[unit][digest]") {
  Sha256 hash;
  hash.update("a");
  hash.update("bc");
  CHECK(hash.finish() == sha256("abc"));
  CHECK(hash.finish() == sha256(""));
}

Judgement judged(Outcome outcome, std::optional<Day> due, std::vector<PurposeJudgement> purposes) {
  Judgement judgement;
  judgement.outcome = outcome;
  judgement.due = due;
  judgement.purposes = std::move(purposes);
  return judgement;
}

TEST_CASE("a table's outcomes sum to its rows", "[unit][tally][S14]") {
  TableTally tally;
  tally.add(
      judged(Outcome::purge, "2025-01-02"_day, {{PurposeState::ended, "2022-01-01"_day, "2025-01-02"_day, false}}),
      Outcome::purge, 1);
  tally.add(judged(Outcome::purge, "2025-01-02"_day, {{PurposeState::ended, "2021-01-01"_day, "2025-01-02"_day, true}}),
            Outcome::blocked, 2);
  tally.add(judged(Outcome::keep, {}, {{PurposeState::open, {}, {}, false}}), Outcome::keep, 3);
  tally.add(judged(Outcome::unassigned, {}, {{}}), Outcome::unassigned, 4);

  CHECK(tally.rows == 4);
  CHECK(tally.outcomes.total() == 4);
  CHECK(tally.outcomes.to_change() == 1);
  CHECK(tally.due_since == std::map<Day, std::int64_t>{{"2025-01-02"_day, 1}});
  CHECK(tally.odd_rows.at(Outcome::unassigned).rows == std::vector<std::int64_t>{4});
  REQUIRE(tally.purposes.size() == 1);
  CHECK(tally.purposes[0].records == 3);
  CHECK(tally.purposes[0].ended == 2);
  CHECK(tally.purposes[0].open == 1);
  CHECK(tally.purposes[0].newer_than_inactive == 1);
  CHECK(tally.purposes[0].oldest_start == "2021-01-01"_day);
}

TEST_CASE("a malformed record counts under no purpose, whatever its judgement still holds", "[unit][tally][S12]") {
  TableTally tally;
  tally.add(judged(Outcome::keep, {}, {{PurposeState::active, "2021-01-01"_day, {}, false}}), Outcome::malformed, 7);
  CHECK(tally.rows == 1);
  CHECK(tally.purposes.empty());
  CHECK(tally.odd_rows.at(Outcome::malformed).rows == std::vector<std::int64_t>{7});
}

TEST_CASE("only the first few odd rows of a kind are remembered", "[unit][tally][S9]") {
  TableTally tally;
  for (std::int64_t row = 1; row <= 9; ++row) tally.add(judged(Outcome::future, {}, {}), Outcome::future, row);
  CHECK(tally.odd_rows.at(Outcome::future).rows == std::vector<std::int64_t>{1, 2, 3, 4, 5});
}

TEST_CASE("tallies of two parts of a table are the tally of the whole", "[unit][tally][threads]") {
  const std::array outcomes{Outcome::purge, Outcome::keep, Outcome::undated, Outcome::anonymise, Outcome::future};
  TableTally whole;
  TableTally first;
  TableTally second;
  for (std::int64_t row = 1; row <= 40; ++row) {
    const Outcome outcome = outcomes[static_cast<std::size_t>(row) % outcomes.size()];
    const Day day = "2020-01-01"_day + date::days{(row * 7) % 5};
    Judgement judgement = judged(outcome, day, {{PurposeState::ended, day, day, row % 3 == 0}, {PurposeState::open, {}, {}, false}});
    judgement.ended_categories = 1U << (row % 4);
    if (row > 30) judgement.rewrites = {static_cast<std::size_t>(row % 3)};
    whole.add(judgement, outcome, row);
    if (row <= 17) first.add(judgement, outcome, row);
    if (row > 17) second.add(judgement, outcome, row - 17);
  }
  first.append(second, 17);
  CHECK(first.rows == whole.rows);
  CHECK(first.outcomes == whole.outcomes);
  CHECK(first.purposes == whole.purposes);
  CHECK(first.due_since == whole.due_since);
  CHECK(first.minimise == whole.minimise);
  CHECK(first.rewrites == whole.rewrites);
  CHECK(first.ended == whole.ended);
  CHECK(first.odd_rows.at(Outcome::undated).rows == whole.odd_rows.at(Outcome::undated).rows);
  CHECK(first.odd_rows.at(Outcome::future).rows == std::vector<std::int64_t>{4, 9, 14, 19, 24});
}

TEST_CASE("it is time to erase at once, in the week's window, or never by itself", "[unit][erasure][I2]") {
  using When = ErasureSchedule::When;
  CHECK(is_time({}, 3, 700));
  CHECK_FALSE(is_time({When::manual}, 3, 700));
  const ErasureSchedule sunday{When::weekly, 0, 60, 300};
  CHECK_FALSE(is_time(sunday, 0, 59));
  CHECK(is_time(sunday, 0, 60));
  CHECK(is_time(sunday, 0, 299));
  CHECK_FALSE(is_time(sunday, 0, 300));
  CHECK_FALSE(is_time(sunday, 1, 100));
  CHECK(to_text(sunday) == "sunday from 01:00 to 05:00");
  const ErasureSchedule over_midnight{When::weekly, 6, 1350, 240};
  CHECK_FALSE(is_time(over_midnight, 6, 1349));
  CHECK(is_time(over_midnight, 6, 1350));
  CHECK(is_time(over_midnight, 0, 239));
  CHECK_FALSE(is_time(over_midnight, 0, 240));
  CHECK_FALSE(is_time(over_midnight, 6, 100));
  CHECK(to_text(ErasureSchedule{When::weekly, 1}) == "monday");
}

TEST_CASE("a report's totals are the sums over its tables", "[unit][report][I7]") {
  RunReport report;
  report.tables.resize(2);
  for (TableLine& line : report.tables) line.tally.add(judged(Outcome::keep, {}, {}), Outcome::keep, 1);
  CHECK(report.rows() == 2);
  CHECK(report.totals()[Outcome::keep] == 2);
}

}  // namespace
}  // namespace oubli
