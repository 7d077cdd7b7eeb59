#include "report/table.hpp"
#include "report/text.hpp"
#include "report_support.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::report;
using oubli::test::written;

TEST_CASE("what a terminal would obey is shown, not sent", "[unit][report]") {
  struct Case {
    const char* name;
    std::string text;
    std::string expected;
  };
  const auto c = GENERATE(values<Case>({
      {"plain text stays", "Été, 東京", "Été, 東京"},
      {"an ANSI escape", "a\x1b[31mb", "a\\x1b[31mb"},
      {"line ends and tabs", "a\r\n\tb", "a\\x0d\\x0a\\x09b"},
      {"a NUL", std::string("a\0b", 3), "a\\x00b"},
      {"DEL", "a\x7f", "a\\x7f"},
      {"an 8-bit control", "a\xc2\x9b", "a\\u{009b}"},
      {"a direction override", "a\xe2\x80\xae", "a\\u{202e}"},
      {"a code that stands for no character", "a\xef\xbf\xbe", "a\\u{fffe}"},
      {"a zero-width space", "a\xe2\x80\x8b", "a\\u{200b}"},
      {"bytes that are no UTF-8", "\xe9t\xe9", "\\xe9t\\xe9"},
      {"a character cut short", "a\xe2\x80", "a\\xe2\\x80"},
  }));
  CAPTURE(c.name);
  CHECK(printable(c.text) == c.expected);
  CHECK(printable(printable(c.text)) == c.expected);
}

TEST_CASE("width counts columns, not bytes or characters", "[unit][report]") {
  CHECK(width("abc") == 3);
  CHECK(width("été") == 3);
  CHECK(width("e\u0301te\u0301") == 3);
  CHECK(width("東京") == 4);
  CHECK(width("👩") == 2);
  CHECK(width("\x1b") == 4);
  CHECK(padded_left("東", 4) == "  東");
  CHECK(padded_right("é", 3) == "é  ");
}

TEST_CASE("a text that is too wide ends in an ellipsis", "[unit][report]") {
  CHECK(elided("prospecting", 11) == "prospecting");
  CHECK(elided("prospecting", 6) == "prosp…");
  CHECK(elided("東京都", 4) == "東…");
}

TEST_CASE("wrapping breaks at spaces and indents what follows", "[unit][report]") {
  CHECK(wrapped("one two three four", 10, 2, 4) == "  one two\n    three\n    four\n");
  CHECK(wrapped("averyverylongword b", 8, 0, 2) == "averyverylongword\n  b\n");
  CHECK(wrapped("", 8, 2, 2) == "  \n");
}

TEST_CASE("numbers are grouped by thousands", "[unit][report]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1234) == "1\u202F234");
  CHECK(grouped(-1234567) == "-1\u202F234\u202F567");
  CHECK(counted(1, "record") == "1 record");
  CHECK(counted(2, "record") == "2 records");
  CHECK(listed({"a", "b", "c"}) == "a, b and c");
  CHECK(listed({"a", "b"}, "or") == "a or b");
}

TEST_CASE("a table aligns by what is seen and cuts texts, never numbers", "[unit][report][table]") {
  Table table({{"name"}, {"count", Table::Align::right}, {"why"}});
  table.add({"été", "1\u202F234", "short"});
  table.add({"東京", "5", "a\nreason that goes on and on"});
  CHECK(written([&](std::ostream& out) { table.write(out, 80, 2); }) ==
        "  name  count  why\n"
        "  été   1\u202F234  short\n"
        "  東京      5  a\\x0areason that goes on and on\n");
  CHECK(written([&](std::ostream& out) { table.write(out, 30, 2); }) ==
        "  name  count  why\n"
        "  été   1\u202F234  short\n"
        "  東京      5  a\\x0areason th…\n");
}

TEST_CASE("a diff shows what changed with three lines around it", "[unit][report][diff]") {
  const std::string before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n";
  CHECK(unified_diff(before, before).empty());
  CHECK(unified_diff(before, "a\nb\nc\nd\nE\nf\ng\nh\ni\nj\nk\nl\nm\nn\n") ==
        "@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n"
        "@@ -11,3 +11,4 @@\n k\n l\n m\n+n\n");
  CHECK(unified_diff("", "a\n") == "@@ -0,0 +1 @@\n+a\n");
  CHECK(unified_diff("a\n", "") == "@@ -1 +0,0 @@\n-a\n");
}

TEST_CASE("changes near each other share one hunk", "[unit][report][diff]") {
  CHECK(unified_diff("a\nb\nc\nd\ne\nf\ng\nh\n", "A\nb\nc\nd\ne\nf\ng\nH\n") ==
        "@@ -1,8 +1,8 @@\n-a\n+A\n b\n c\n d\n e\n f\n g\n-h\n+H\n");
}
