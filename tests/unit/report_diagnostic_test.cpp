#include "report_support.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using oubli::test::k_plain;

namespace {

Diagnostic period_unit() {
  return {Severity::error,
          "period-unit",
          {"policies/crm.yaml", 14, 16, 4},
          "PT6M is six minutes, not a retention period",
          "write P6M for six months",
          "    retention: PT6M"};
}

std::string shown(const Diagnostic& diagnostic, const Style& style = k_plain) {
  return test::written([&](std::ostream& out) { write_diagnostic(out, diagnostic, style); });
}

}  // namespace

TEST_CASE("a diagnostic shows place, message, source line, caret and hint", "[unit][report][diagnostic]") {
  CHECK(shown(period_unit()) ==
        "policies/crm.yaml:14:16: error: PT6M is six minutes, not a retention period [period-unit]\n"
        "   14 |     retention: PT6M\n"
        "      |                ^~~~\n"
        "hint: write P6M for six months\n");
}

TEST_CASE("a diagnostic without a place speaks as oubli", "[unit][report][diagnostic][I7]") {
  CHECK(shown({Severity::error, "", {}, "crm.db cannot be opened", "", ""}) ==
        "oubli: error: crm.db cannot be opened\n");
  CHECK(shown({Severity::finding, "no-period", {}, "survey has no period", "", ""}) ==
        "oubli: finding: survey has no period [no-period]\n");
  CHECK(shown({Severity::warning, "unused", {"a.yaml", 0, 0, 1}, "nothing uses it", "", "x"}) ==
        "a.yaml: warning: nothing uses it [unused]\n");
}

TEST_CASE("the caret stands under wide characters and after tabs", "[unit][report][diagnostic]") {
  Diagnostic diagnostic = period_unit();
  diagnostic.hint.clear();
  diagnostic.where = {"a.yaml", 1, 5, 2};
  diagnostic.excerpt = "東京: é1";
  CHECK(shown(diagnostic) ==
        "a.yaml:1:5: error: PT6M is six minutes, not a retention period [period-unit]\n"
        "    1 | 東京: é1\n"
        "      |       ^~\n");
  diagnostic.where.column = 3;
  diagnostic.excerpt = "\t\tbad";
  CHECK(shown(diagnostic) ==
        "a.yaml:1:3: error: PT6M is six minutes, not a retention period [period-unit]\n"
        "    1 |         bad\n"
        "      |         ^~\n");
}

TEST_CASE("a long source line is cut around its caret", "[unit][report][diagnostic]") {
  Diagnostic diagnostic = period_unit();
  diagnostic.hint.clear();
  diagnostic.where = {"a.yaml", 1, 41, 3};
  diagnostic.excerpt = std::string(40, 'x') + "bad" + std::string(40, 'y');
  CHECK(shown(diagnostic, {false, 30}) ==
        "a.yaml:1:41: error: PT6M is six minutes, not a retention period [period-unit]\n"
        "    1 | …xxxxxxxxxxxxxxxxxbad…\n"
        "      |                   ^~~\n");
}

TEST_CASE("escapes in a message or a source line don't reach the terminal", "[unit][report][diagnostic]") {
  Diagnostic diagnostic = period_unit();
  diagnostic.message = "no table \x1b[2J";
  diagnostic.excerpt = "\x1b]0;title\x07";
  diagnostic.where.file = "a\nb.yaml";
  CHECK(shown(diagnostic).find('\x1b') == std::string::npos);
  CHECK(shown(diagnostic).find("a\\x0ab.yaml:14:16: error: no table \\x1b[2J") == 0);
}

TEST_CASE("colour is written only where the style asks for it", "[unit][report][diagnostic]") {
  CHECK(shown(period_unit()).find('\x1b') == std::string::npos);
  CHECK(shown(period_unit(), {true, 80}).find("\x1b[1;31merror:\x1b[0m") != std::string::npos);
}
