/// Which format of days a column is guessed to have, and from what evidence.
#include "oubli/proposal/survey.hpp"
#include "proposal/day_format.hpp"
#include "support/day_literal.hpp"
#include "support/surveyed.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace date::literals;
using oubli::test::column_of;

namespace {

const Day k_today{2026_y / 11 / 30};

std::string format_of(const SurveyedColumn& column) {
  const auto found = proposal::day_column(column, k_today);
  return found ? found->format : "none";
}

}  // namespace

TEST_CASE("day_column: a form with separators is found by its values alone", "[unit][proposal][I4]") {
  CHECK(format_of(column_of("x", {"2024-01-31", "2024-02-29T10:00:00Z", "2025-12-01 10:00"})) == "iso");
  CHECK(format_of(column_of("x", {"31/01/2024", "01/02/2024", "03/02/2024"})) == "dd/mm/yyyy");
  CHECK(format_of(column_of("x", {"01/31/2024", "01/02/2024", "03/02/2024"})) == "mm/dd/yyyy");
  CHECK(format_of(column_of("x", {"31.01.2024", "01.02.2024", "03.02.2024"})) == "dd.mm.yyyy");
  CHECK(format_of(column_of("x", {"2024/01/31", "2024/02/01", "2024/02/03"})) == "yyyy/mm/dd");
  CHECK(format_of(column_of("x", {"31/01/2024 10:11:12", "01/02/2024 00:00:00", "03/02/2024 23:59:59"})) ==
        "dd/mm/yyyy HH:MM:SS");
}

TEST_CASE("day_column: day and month that fit both ways are taken for neither", "[unit][proposal][I4]") {
  const auto found = proposal::day_column(column_of("created", {"01/02/2024", "03/04/2024", "05/06/2024"}), k_today);
  REQUIRE(found);
  CHECK(found->format.empty());
  CHECK(found->evidence == "dd/mm/yyyy or mm/dd/yyyy: all 3 values fit both");
}

TEST_CASE("day_column: the share of values that fit is said", "[unit][proposal][I4]") {
  const auto found =
      proposal::day_column(column_of("ended_on", {"2024-01-31", "2024-01-30", "2024-01-29", "2024-01-28", "2024-01-27",
                                                  "2024-01-26", "2024-01-25", "2024-01-24", "2024-01-23", "soon"}),
                           k_today);
  REQUIRE(found);
  CHECK(found->format == "iso");
  CHECK(found->evidence == "90 % of 10 values are iso, and its name");
}

TEST_CASE("day_column: values that mean 'missing' speak neither for nor against", "[unit][proposal][S8]") {
  CHECK(format_of(column_of("closed", {"0000-00-00", "0000-00-00", "2024-01-31"})) == "iso");
}

TEST_CASE("day_column: digits are days only where name or declared type says so, too", "[unit][proposal][I4]") {
  CHECK(format_of(column_of("EcritureDate", {"20230131", "20230228"})) == "yyyymmdd");
  CHECK(format_of(column_of("number", {"20230131", "20230228"})) == "none");
  CHECK(format_of(column_of("last_visit_date", {1'700'000'000'000'000, 1'710'000'000'000'000})) == "epoch_us");
  CHECK(format_of(column_of("creationTime", {1'700'000'000'000, 1'710'000'000'000})) == "epoch_ms");
  CHECK(format_of(column_of("created_at", {1'700'000'000, 1'710'000'000})) == "epoch_s");
  CHECK(format_of(column_of("size", {1'700'000'000, 1'710'000'000})) == "none");
  CHECK(format_of(column_of("last_access_utc", {13'350'000'000'000'000, 13'360'000'000'000'000}, "DATETIME")) ==
        "chromium_us");
  CHECK(format_of(column_of("jour", {45'000, 45'001})) == "excel_serial");
  CHECK(format_of(column_of("created", {2'460'000, 2'460'001})) == "julian_day");
}

TEST_CASE("day_column: implausible numbers are no days, whatever the name", "[unit][proposal][S9]") {
  CHECK(format_of(column_of("date", {1, 2, 3})) == "none");
  CHECK(format_of(column_of("end_time", {99'999'999'999'999'999, 5})) == "none");
}

TEST_CASE("day_column: an export that changed its ways has two formats", "[unit][proposal][I4]") {
  CHECK(format_of(column_of("created", {"2024-01-31", "2024-02-01", "31/01/2023", "30/01/2023"})) ==
        "[iso, dd/mm/yyyy]");
  CHECK(format_of(column_of("created", {"2024-01-31", "2024-02-01", "01/02/2023", "03/01/2023"})) == "none");
}

TEST_CASE("is_named_as_day: words of two languages, no part of a word", "[unit][proposal]") {
  for (const auto* yes :
       {"created_at", "dateAdded", "InvoiceDate", "date_naissance", "expiry", "signed_on", "horodatage"}) {
    CAPTURE(yes);
    CHECK(proposal::is_named_as_day(column_of(yes, {"x"})));
  }
  for (const auto* no : {"candidate_id", "update", "category", "amount", "statut", "validated_by"}) {
    CAPTURE(no);
    CHECK_FALSE(proposal::is_named_as_day(column_of(no, {"x"})));
  }
}
