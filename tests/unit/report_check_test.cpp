#include "report_support.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

CheckReport two_faults() {
  CheckReport report;
  report.config = "oubli.yaml";
  report.tables = 1;
  report.diagnostics = {{Severity::error, "no-table", {"oubli.yaml", 7, 5, 1}, "crm has no table kontacts", "", ""},
                        {Severity::warning, "unused", {}, "nothing uses it", "leave it out", ""}};
  report.policies = {{"groupe-scr",
                      "policies/groupe-scr.yaml",
                      4,
                      {{"purposes.bank.active", "the text gives no figure", {"policies/groupe-scr.yaml", 12, 3, 1}}}}};
  return report;
}

}  // namespace

TEST_CASE("check tells every fault, then the assumptions, then the sum", "[unit][report][check]") {
  CHECK(written([](std::ostream& out) { write_check_text(out, two_faults(), k_plain); }) ==
        R"(oubli.yaml:7:5: error: crm has no table kontacts [no-table]
oubli: warning: nothing uses it [unused]
hint: leave it out

policy groupe-scr, 4 purposes (policies/groupe-scr.yaml)
  assumes in purposes.bank.active, line 12: the text gives no figure
oubli.yaml: 1 table with rules, 1 error, 1 warning
)");
}

TEST_CASE("the JSON of check has every field of a diagnostic", "[unit][report][check][I7]") {
  const auto json = nlohmann::json::parse(written([](std::ostream& out) { write_check_json(out, two_faults()); }));
  CHECK(json["schema"] == "oubli.check/1");
  CHECK(json["diagnostics"][0] == nlohmann::json{{"severity", "error"},
                                                 {"code", "no-table"},
                                                 {"file", "oubli.yaml"},
                                                 {"line", 7},
                                                 {"column", 5},
                                                 {"message", "crm has no table kontacts"},
                                                 {"hint", ""}});
  CHECK(json["diagnostics"][1]["file"].is_null());
  CHECK(json["diagnostics"][1]["line"].is_null());
  CHECK(json["policies"][0]["assumptions"][0]["line"] == 12);
}
