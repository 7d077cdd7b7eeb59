/// What `oubli forecast` prints.
#include "oubli/report/forecast_report.hpp"
#include "report_support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

using Json = nlohmann::json;

ForecastLine line(const std::string& table, const std::string& purpose) {
  ForecastLine line;
  line.dataset = "crm";
  line.table = table;
  line.policy = "shop";
  line.purpose = purpose;
  return line;
}

ForecastReport sample() {
  ForecastReport report;
  report.until = 2026_y / 8 / 31;
  auto contacts = line("contacts", "sales");
  contacts.now.purge = 4;
  contacts.months[2026_y / 7].purge = 2;
  auto notes = line("notes", "sales");
  notes.months[2026_y / 7].purge = 1;
  auto invoices = line("invoices", "accounting");
  invoices.months[2026_y / 8] = {6, 0, 0, 0, 2};
  report.lines = {contacts, notes, invoices};
  return report;
}

std::string text(const ForecastReport& of, Style style = k_plain) {
  return written([&](auto& out) { write_forecast_text(out, of, style); });
}

}  // namespace

TEST_CASE("write_forecast_text: all by month with bars, then months by purposes", "[unit][report][forecast]") {
  CHECK(text(sample()) == R"(Forecast until 2026-08-31

All purposes
  month    archive  purge  of these stopped
  due now        0      4                 0  ██████████████████████▋
  2026-07        0      3                 0  █████████████████
  2026-08        6      0                 2  ██████████████████████████████████

  month    sales  accounting
  due now      4           -
  2026-07      3           -
  2026-08      -           6

If nothing changes: no new records, no later events, the same policy. Records
that others still need wait for them.
)");
}

TEST_CASE("write_forecast_text: one purpose needs no second table", "[unit][report][forecast]") {
  auto of = sample();
  of.lines.resize(1);
  CHECK(text(of).find("sales\n  month    purge\n  due now      4  █") != std::string::npos);
  CHECK(text(of).find("accounting") == std::string::npos);
}

TEST_CASE("write_forecast_text: nothing is said to be nothing", "[unit][report][forecast]") {
  CHECK(text({}).find("nothing becomes due") != std::string::npos);
}

TEST_CASE("write_forecast_text: no line is wider than the terminal", "[unit][report][forecast]") {
  auto of = sample();
  for (const auto* purpose :
       {"following_up_customers_for_years", "newsletter", "accounting_and_taxes", "payments", "x"}) {
    of.lines.push_back(line("contacts", purpose));
    of.lines.back().months[2026_y / 7].purge = 1'234'567;
  }
  std::istringstream lines(text(of));
  for (std::string each; std::getline(lines, each);) {
    CAPTURE(each);
    CHECK(std::count_if(each.begin(), each.end(), [](char c) { return (c & 0xC0) != 0x80; }) <= 80);
  }
}

TEST_CASE("write_forecast_json: by table and purpose, and in all", "[unit][report][forecast]") {
  const auto json = Json::parse(written([&](auto& out) { write_forecast_json(out, sample()); }));
  CHECK(json["schema"] == "oubli.forecast/1");
  CHECK(json["purposes"].size() == 3);
  CHECK(json["purposes"][0]["due_now"]["purge"] == 4);
  CHECK(json["totals"]["months"][0] ==
        Json{{"month", "2026-07"}, {"archive", 0}, {"anonymise", 0}, {"purge", 3}, {"flag", 0}, {"stopped", 0}});
}
