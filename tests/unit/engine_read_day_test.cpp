/// From values to days: shapes, numbers, zones, and what stands for "missing".
#include "oubli/diag/diagnostic.hpp"
#include "oubli/engine/read_day.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

#include <limits>

namespace oubli {
namespace {

using Kind = ColumnFormat::Kind;
using State = EventReading::State;

constexpr Day k_today{date::year{2026} / 11 / 22};

/// A table in Paris with one event.
struct Column {
  EventRule event;
  TableRules rules;
  RunDays days{k_today, k_today};

  explicit Column(std::vector<ColumnFormat> formats) {
    event.formats = std::move(formats);
    event.zone = "Europe/Paris";
    rules.timezone = "Europe/Paris";
    rules.plausible_from = "1980-01-01"_day;
  }
  [[nodiscard]] EventReading read(const Value& value) const { return DayReader(event, rules, days).read(value); }
  [[nodiscard]] EventReading read(std::string_view text) const { return read(Value::of(text)); }
};

Column iso() { return Column({{Kind::iso, ""}}); }
Column pattern(const std::string& text) { return Column({{Kind::pattern, text}}); }
Column number(Kind kind) { return Column({{kind, ""}}); }

EventReading known(Day day) { return {State::known, day}; }
const EventReading k_missing{State::missing, {}};
const EventReading k_unreadable{State::unreadable, {}};

// ---------------------------------------------------------------- text

TEST_CASE("iso: a date, a naive time, an instant", "[unit][read_day][S5][I4]") {
  struct Case {
    const char* text;
    Day expected;
  };
  const auto c = GENERATE(values<Case>({
      {"2024-02-29", "2024-02-29"_day},
      {"  2024-02-29 ", "2024-02-29"_day},
      {"2024-02-29T23:59", "2024-02-29"_day},
      {"2024-02-29 23:59:59", "2024-02-29"_day},
      {"2024-02-29 23:59:59.123456789", "2024-02-29"_day},
      {"2024-02-29 23:59:59,5", "2024-02-29"_day},
      {"2024-02-29T22:59:59Z", "2024-02-29"_day},
      {"2024-02-29T23:00:00Z", "2024-03-01"_day},
      {"2024-07-31T22:00Z", "2024-08-01"_day},
      {"2024-02-29T18:00:00-05", "2024-03-01"_day},
      {"2024-02-29T18:00:00-0459", "2024-02-29"_day},
      {"2024-03-01T00:30:00+05:30", "2024-02-29"_day},
  }));
  CAPTURE(c.text);
  CHECK(iso().read(c.text) == known(c.expected));
}

TEST_CASE("iso: what isn't wholly of the shape is unreadable", "[unit][read_day][S9]") {
  const auto* const text =
      GENERATE("2023-02-29", "2024-2-29", "24-02-29", "2024-02-29T", "2024-02-29T24:00", "2024-02-29T10:60",
               "2024-02-29T10:00:60", "2024-02-29T10", "2024-02-29T10:00:00.", "2024-02-29T10:00:00.1234567890",
               "2024-02-29T10:00:00+1", "2024-02-29T10:00:00+24", "2024-02-29T10:00:00+02:0",
               "2024-02-29T10:00:00 +02:00", "2024-02-29Z", "2024-02-29t10:00", "2024-02-29T10:00z", "2024-02-29x",
               "+2024-02-29", "-024-02-29", "20240229", "2024/02/29", "29/02/2024", "2024-00-10", "2024-13-10",
               "2024-01-00", "0000-01-01", "1979-12-31", "today", "2024-02-29\n", "２024-02-29");
  CAPTURE(text);
  CHECK(iso().read(text) == k_unreadable);
}

TEST_CASE("patterns: exact width, exact separators", "[unit][read_day][I4]") {
  CHECK(pattern("dd/mm/yyyy").read("29/02/2024") == known("2024-02-29"_day));
  CHECK(pattern("dd/mm/yyyy").read(" 29/02/2024") == known("2024-02-29"_day));
  CHECK(pattern("dd/mm/yyyy HH:MM:SS").read("29/02/2024 23:59:59") == known("2024-02-29"_day));
  CHECK(pattern("yyyymmdd").read("20240229") == known("2024-02-29"_day));
  CHECK(pattern("ddmmyyyy").read("29022024") == known("2024-02-29"_day));
  const auto* const text = GENERATE("29-02-2024", "9/2/2024", "29/02/24", "29/02/2024 10:00", "30/02/2024",
                                    "02/29/2024", "29/02/202a", "29/02/2024x", "2024-02-29");
  CAPTURE(text);
  CHECK(pattern("dd/mm/yyyy").read(text) == k_unreadable);
}

TEST_CASE("patterns: a month alone is its last day", "[unit][read_day][I4]") {
  CHECK(pattern("yyyymm").read("202402") == known("2024-02-29"_day));
  CHECK(pattern("mm/yyyy").read("12/2023") == known("2023-12-31"_day));
  CHECK(pattern("yyyymm").read("202413") == k_unreadable);
}

TEST_CASE("patterns: an integer stands for digits alone, zeros restored", "[unit][read_day][I4]") {
  CHECK(pattern("yyyymmdd").read(Value::of(std::int64_t{20240229})) == known("2024-02-29"_day));
  CHECK(pattern("ddmmyyyy").read(Value::of(std::int64_t{1022024})) == known("2024-02-01"_day));
  CHECK(pattern("ddmmyyyy").read(Value::of(std::int64_t{-1022024})) == k_unreadable);
  CHECK(pattern("ddmmyyyy").read(Value::of(std::int64_t{101022024})) == k_unreadable);
  CHECK(pattern("dd/mm/yyyy").read(Value::of(std::int64_t{1022024})) == k_unreadable);
  CHECK(iso().read(Value::of(std::int64_t{20240229})) == k_unreadable);
}

TEST_CASE("formats are tried in order", "[unit][read_day][I4]") {
  const Column column({{Kind::iso, ""}, {Kind::pattern, "dd/mm/yyyy"}, {Kind::epoch_s, ""}});
  CHECK(column.read("2024-02-29") == known("2024-02-29"_day));
  CHECK(column.read("29/02/2024") == known("2024-02-29"_day));
  CHECK(column.read(Value::of(std::int64_t{1'700'000'000})) == known("2023-11-14"_day));
  CHECK(column.read("2024.02.29") == k_unreadable);
}

// ---------------------------------------------------------------- numbers

TEST_CASE("numbers: counts since an epoch, as integer, real or text", "[unit][read_day][I4]") {
  struct Case {
    const char* name;
    Kind kind;
    Value value;
    Day expected;
  };
  const auto c = GENERATE(values<Case>({
      {"seconds, the last before midnight in Paris", Kind::epoch_s, Value::of(std::int64_t{1'709'247'599}),
       "2024-02-29"_day},
      {"seconds, midnight in Paris", Kind::epoch_s, Value::of(std::int64_t{1'709'247'600}), "2024-03-01"_day},
      {"seconds, a real is floored", Kind::epoch_s, Value::of(1'709'247'599.999), "2024-02-29"_day},
      {"seconds, text", Kind::epoch_s, Value::of("1709247600.5"), "2024-03-01"_day},
      {"milliseconds", Kind::epoch_ms, Value::of(std::int64_t{1'709'247'599'999}), "2024-02-29"_day},
      {"microseconds", Kind::epoch_us, Value::of(std::int64_t{1'709'247'600'000'000}), "2024-03-01"_day},
      {"chromium", Kind::chromium_us, Value::of(std::int64_t{13'353'721'200'000'000}), "2024-03-01"_day},
      {"julian day, noon", Kind::julian_day, Value::of(2'460'370.0), "2024-02-29"_day},
      {"julian day, 23:00 in UTC", Kind::julian_day, Value::of(2'460'369.5 + 23.0 / 24), "2024-03-01"_day},
      {"excel, a date", Kind::excel_serial, Value::of(std::int64_t{45'351}), "2024-02-29"_day},
      {"excel, with a time", Kind::excel_serial, Value::of("45351.99"), "2024-02-29"_day},
  }));
  CAPTURE(c.name);
  CHECK(number(c.kind).read(c.value) == known(c.expected));
}

TEST_CASE("numbers: what is no plain number, or no day, is unreadable", "[unit][read_day][S9]") {
  const double infinite = std::numeric_limits<double>::infinity();
  const auto value = GENERATE_COPY(values<Value>(
      {Value::of("1e9"), Value::of("1700000000."), Value::of(".5"), Value::of("0x10"), Value::of("1 700 000 000"),
       Value::of("--1"), Value::of(infinite), Value::of(-infinite), Value::of(std::nan("")),
       Value::of(std::numeric_limits<std::int64_t>::max()), Value::of("99999999999999999999"), Value::of(1e300),
       Value::of_blob("1700000000"), Value::of(std::int64_t{-1})}));
  CAPTURE(static_cast<int>(value.type), value.integer, value.real, std::string(value.bytes));
  CHECK(number(Kind::epoch_s).read(value) == k_unreadable);
  CHECK(number(Kind::julian_day).read(value).state != State::known);
}

TEST_CASE("numbers: the 29 February 1900 of spreadsheets is no day", "[unit][read_day][I4]") {
  Column column = number(Kind::excel_serial);
  column.rules.plausible_from = "1800-01-01"_day;
  CHECK(column.read(Value::of(std::int64_t{60})) == k_unreadable);
  CHECK(column.read(Value::of(std::int64_t{61})) == known("1900-03-01"_day));
}

// ---------------------------------------------------------------- zones

TEST_CASE("a naive time of another zone becomes the policy's day", "[unit][read_day][S5]") {
  Column column = iso();
  column.event.zone = "UTC";
  CHECK(column.read("2024-02-29 23:30") == known("2024-03-01"_day));
  CHECK(column.read("2024-02-29") == known("2024-02-29"_day));
  column.event.zone = "America/New_York";
  CHECK(column.read("2024-02-29 18:30") == known("2024-03-01"_day));
}

TEST_CASE("a time the clocks show twice or skip is the later moment", "[unit][read_day][S5]") {
  Column column = iso();
  column.event.zone = "Europe/Paris";
  column.rules.timezone = "Etc/GMT+1";  // an hour behind UTC: 02:xx in Paris is around midnight there
  // Twice on 2024-10-27: 02:59 is 00:59Z, then 01:59Z.
  CHECK(column.read("2024-10-27 02:59") == known("2024-10-27"_day));
  // Skipped on 2024-03-31: 02:30 is taken as 01:30Z.
  CHECK(column.read("2024-03-31 02:30") == known("2024-03-31"_day));
}

TEST_CASE("a timezone this machine doesn't know is an error of the run", "[unit][read_day]") {
  Column column = iso();
  column.event.zone = "Europe/Atlantis";
  CHECK_THROWS_WITH(DayReader(column.event, column.rules, column.days),
                    "timezone 'Europe/Atlantis' is not known to this machine");
}

// ---------------------------------------------------------------- missing, unreadable, future

TEST_CASE("missing is never old: nothing, blanks and sentinels", "[unit][read_day][S8]") {
  const auto* const text =
      GENERATE("", "   ", "0000-00-00", "0000-00-00 00:00:00", "1899-12-30", "1900-01-01", "1900-01-01 00:00:00",
               "1970-01-01", "1970-01-01T00:00:00Z", "9999-12-31", "9999-12-31 23:59:59", "9999-12-31T23:59:59-05:00");
  CAPTURE(text);
  CHECK(iso().read(text) == k_missing);
  CHECK(iso().read(Value::of_null()) == k_missing);
}

TEST_CASE("missing: zeros and sentinels of every format", "[unit][read_day][S8]") {
  CHECK(pattern("dd/mm/yyyy").read("00/00/0000") == k_missing);
  CHECK(pattern("dd/mm/yyyy").read("01/01/1900") == k_missing);
  CHECK(pattern("yyyymmdd").read(Value::of(std::int64_t{0})) == k_missing);
  CHECK(pattern("yyyymmdd").read("99991231") == k_missing);
  CHECK(number(Kind::epoch_us).read(Value::of(std::int64_t{0})) == k_missing);
  CHECK(number(Kind::chromium_us).read(Value::of(0.0)) == k_missing);
  CHECK(number(Kind::excel_serial).read("0.00") == k_missing);
  CHECK(number(Kind::excel_serial).read(Value::of(std::int64_t{2})) == k_missing);
}

TEST_CASE("a sentinel's day at another hour is no sentinel", "[unit][read_day][S8]") {
  Column column = iso();
  column.rules.plausible_from = "1900-01-01"_day;
  CHECK(column.read("1970-01-01 00:00:01") == known("1970-01-01"_day));
  CHECK(iso().read("1970-01-01 00:00:01") == k_unreadable);
}

TEST_CASE("missing_values: an empty list ends the sentinels, a list adds to them", "[unit][read_day][S8]") {
  Column column = pattern("dd/mm/yyyy");
  column.event.missing_values = {" 01/01/1990 ", "none"};
  CHECK(column.read("01/01/1990") == k_missing);
  CHECK(column.read(" none ") == k_missing);
  CHECK(column.read("01/01/1900") == k_missing);

  column.event.missing_values.clear();
  column.event.default_missing_values = false;
  CHECK(column.read("01/01/1900") == k_unreadable);
  CHECK(column.read("00/00/0000") == k_unreadable);
  CHECK(column.read("") == k_missing);
  CHECK(column.read(Value::of_null()) == k_missing);

  Column digits = pattern("yyyymmdd");
  digits.event.missing_values = {"19990909"};
  CHECK(digits.read(Value::of(std::int64_t{19990909})) == k_missing);
  CHECK(digits.read("19990909") == k_missing);
}

TEST_CASE("future: later than the later of clock and as-of, plus one day", "[unit][read_day][S9]") {
  Column column = iso();
  CHECK(column.read("2026-11-23") == known("2026-11-23"_day));
  CHECK(column.read("2026-11-24") == EventReading{State::future, "2026-11-24"_day});
  column.days.as_of = "2020-01-01"_day;
  CHECK(column.read("2026-11-23") == known("2026-11-23"_day));
  column.days.as_of = "2030-01-01"_day;
  CHECK(column.read("2030-01-02") == known("2030-01-02"_day));
  column.event.kind = EventKind::planned;
  CHECK(column.read("2099-01-01") == known("2099-01-01"_day));
  // Beyond what 32 bits of seconds hold.
  CHECK(column.read("2040-09-14T23:30:00Z") == known("2040-09-15"_day));
}

TEST_CASE("unreadable: before the day from which days are plausible", "[unit][read_day][S9]") {
  CHECK(iso().read("1979-12-31") == k_unreadable);
  CHECK(iso().read("1980-01-01") == known("1980-01-01"_day));
}

}  // namespace
}  // namespace oubli
