#include "oubli/policy/document.hpp"

#include <catch2/catch.hpp>

#include <ctime>
#include <string>

using namespace oubli;

namespace {

Document read(std::string text) { return read_document(std::move(text), "p.yaml"); }

/// "2:4 yaml-anchor" for each fault, in order.
std::vector<std::string> faults(std::string text) {
  std::vector<std::string> list;
  for (const Diagnostic& fault : read(std::move(text)).diagnostics) {
    list.push_back(std::to_string(fault.where.line) + ":" + std::to_string(fault.where.column) + " " + fault.code);
  }
  return list;
}

using Faults = std::vector<std::string>;

std::string repeated(std::string_view part, std::size_t bytes) {
  std::string text;
  while (text.size() + part.size() <= bytes) text += part;
  return text;
}

}  // namespace

TEST_CASE("read_document: every node knows its place, in code points from 1", "[unit][yaml]") {
  const Document document = read("# note\ntitle: é\n\"clé\": [ö, 'ä b']\n");
  REQUIRE(document.root);
  CHECK(document.diagnostics.empty());
  CHECK(document.root->where == SourceLocation{"p.yaml", 2, 1, 1});
  REQUIRE(document.root->entries.size() == 2);
  CHECK(document.root->entries[1].key.where == SourceLocation{"p.yaml", 3, 1, 5});
  const Node* const list = document.root->find("clé");
  REQUIRE(list != nullptr);
  REQUIRE(list->items.size() == 2);
  CHECK(list->items[1].where == SourceLocation{"p.yaml", 3, 12, 5});
  CHECK(list->items[1].text == "ä b");
  CHECK(list->items[1].quoted);
  CHECK_FALSE(list->items[0].quoted);
  CHECK(document.root->find("none") == nullptr);
}

TEST_CASE("read_document: scalars keep their text", "[unit][yaml]") {
  const Document document = read("a: yes\nb: 010\nc: 1.50\nd: ~\ne:\nf: null\ng: 'null'\nh: \"\"\n");
  REQUIRE(document.root);
  CHECK(document.root->find("a")->text == "yes");
  CHECK(document.root->find("b")->text == "010");
  CHECK(document.root->find("c")->text == "1.50");
  CHECK(document.root->find("d")->kind == Node::Kind::null);
  CHECK(document.root->find("d")->text == "~");
  CHECK(document.root->find("e")->kind == Node::Kind::null);
  CHECK(document.root->find("e")->where == SourceLocation{"p.yaml", 5, 2, 1});
  CHECK(document.root->find("f")->kind == Node::Kind::null);
  CHECK(document.root->find("g")->kind == Node::Kind::scalar);
  CHECK(document.root->find("h")->kind == Node::Kind::scalar);
}

TEST_CASE("read_document: blocks and texts over several lines are folded as YAML does", "[unit][yaml]") {
  const Document document =
      read("a: >\n  one\n  two\n\n  three\nb: |-\n  # one\n  two\nc: one\n  two\n\n  three # note\n");
  REQUIRE(document.root);
  CHECK(document.root->find("a")->text == "one two\nthree\n");
  CHECK(document.root->find("a")->quoted);
  CHECK(document.root->find("b")->text == "# one\ntwo");
  CHECK(document.root->find("c")->text == "one two\nthree");
}

TEST_CASE("read_document: a byte-order mark and CR LF change nothing", "[unit][yaml]") {
  const Document document = read(
      "\xEF\xBB\xBF"
      "a: |\r\n  x\r\n  y\r\nb: 2\r\n");
  REQUIRE(document.root);
  CHECK(document.root->where == SourceLocation{"p.yaml", 1, 1, 1});
  CHECK(document.root->find("a")->text == "x\ny\n");
  CHECK(document.root->find("b")->where == SourceLocation{"p.yaml", 4, 4, 1});
}

TEST_CASE("read_document: a document without a value is null", "[unit][yaml]") {
  const auto text = GENERATE(as<std::string>{}, "", "\n", "# note\n", "---\n", "--- # note\n...\n");
  CAPTURE(text);
  const Document document = read(text);
  REQUIRE(document.root);
  CHECK(document.root->kind == Node::Kind::null);
  CHECK(document.root->where.line == 1);
}

TEST_CASE("read_document: markers around one document are read", "[unit][yaml]") {
  const Document document = read("# note\n---\na: 1\n...\n# note\n");
  REQUIRE(document.root);
  CHECK(document.root->find("a")->text == "1");
}

TEST_CASE("read_document: all faults of a file are reported", "[unit][yaml]") {
  CHECK(faults("a: 1\na: 2\nb: &x 1\nc: !!str 2\n<<: 1\n'a': 3\n") ==
        Faults{"2:1 yaml-duplicate-key", "3:4 yaml-anchor", "4:4 yaml-tag", "5:1 yaml-merge-key",
               "6:1 yaml-duplicate-key"});
}

TEST_CASE("read_document: a fault says what, where and what to do", "[unit][yaml]") {
  const Document document = read("purposes:\n  news: 1\n  news: 2\n");
  REQUIRE(document.diagnostics.size() == 1);
  const Diagnostic& fault = document.diagnostics.front();
  CHECK(fault.severity == Severity::error);
  CHECK(fault.code == "yaml-duplicate-key");
  CHECK(fault.message == "`news` is already set on line 2");
  CHECK(fault.hint == "remove one of both");
  CHECK(fault.excerpt == "  news: 2");
  CHECK(fault.where == SourceLocation{"p.yaml", 3, 3, 4});
  CHECK_FALSE(document.root);
}

TEST_CASE("read_document: what yaml-cpp drops or swallows is refused", "[unit][yaml]") {
  struct Case {
    const char* name;
    const char* text;
    Faults expected;
  };
  const auto c = GENERATE(values<Case>({
      {"text after a sequence", "- a\nb: 1\n", {"2:1 yaml-syntax"}},
      {"a second document", "a: 1\n---\nb: 2\n", {"2:1 yaml-second-document"}},
      {"an empty second document", "a: 1\n---\n", {"2:1 yaml-second-document"}},
      {"text after the end marker", "a: 1\n...\nb: 2\n", {"3:1 yaml-second-document"}},
      {"a lone comma", ",", {"1:1 yaml-syntax"}},
      {"a quote that swallows rules", "a: \"x\nb: 2\nc: y\"\nd: 3\n", {"1:4 yaml-quote"}},
      {"a quote open to the end", "a: 'x\nb: 2\n", {"1:4 yaml-quote"}},
      {"an empty item", "a: [b,, d]\n", {"1:7 yaml-empty-item"}},
      {"a flow key without value", "a: {b, c: d}\n", {"1:6 yaml-syntax"}},
      {"an alias bomb", "a: [x]\nb: *a\n", {"2:4 yaml-alias"}},
      {"an alias of an anchor", "a: &x 1\nb: *x\n", {"1:4 yaml-anchor", "2:4 yaml-alias"}},
      {"a complex key", "? [a]\n: b\n", {"1:1 yaml-complex-key", "1:3 yaml-complex-key", "2:1 yaml-key"}},
      {"a null key", "~: 1\n", {"1:1 yaml-key"}},
      {"a directive", "%YAML 1.2\n---\na: 1\n", {"1:1 yaml-directive"}},
  }));
  CAPTURE(c.name);
  CHECK(faults(c.text) == c.expected);
}

TEST_CASE("read_document: a bracket left open is named itself", "[unit][yaml]") {
  CHECK(faults("a: 1\nb: {c: [d, e}\nf: 2\n") == Faults{"2:8 yaml-bracket"});
  CHECK(faults("a: [b, c\nd: 1\n").front() == "1:4 yaml-bracket");
  CHECK(faults("[ [ a ]\n").front() == "1:1 yaml-bracket");
}

TEST_CASE("read_document: indentation is spaces, and the same for neighbours", "[unit][yaml]") {
  CHECK(faults("a:\n\tb: 1\n") == Faults{"2:1 yaml-tab"});
  CHECK(faults("a: [\n\tb]\n") == Faults{"2:1 yaml-tab"});
  CHECK(faults("a: |\n   \n  b\n") == Faults{"3:3 yaml-indentation"});
  CHECK(faults("a: [b,\nc]\n").front() == "2:1 yaml-indentation");
  CHECK(read("a: [\n  b\n]\nc:\n- d\n").root);
}

TEST_CASE("read_document: text that isn't UTF-8 or can't be seen is refused", "[unit][yaml]") {
  struct Case {
    const char* name;
    std::string text;
    Faults expected;
  };
  const auto c = GENERATE(values<Case>({
      {"Latin-1", "a: \xE9t\xE9\n", {"1:4 yaml-encoding"}},
      {"UTF-16",
       std::string("\xFF\xFE"
                   "a\0",
                   4),
       {"1:1 yaml-encoding"}},
      {"NUL", std::string("a: b\0c\n", 7), {"1:5 yaml-control"}},
      {"escape sequence", "a: \x1B[2J\n", {"1:4 yaml-control"}},
      {"written as an escape", "a: \"\\e[2J\"\n", {"1:4 yaml-control"}},
      {"NUL written as an escape", "a: \"\\0\"\n", {"1:4 yaml-control"}},
      {"lone carriage return", "a: 1\rb: 2\n", {"1:5 yaml-control"}},
      {"line separator",
       "a: 1\xE2\x80\xA8"
       "b: 2\n",
       {"1:5 yaml-control"}},
      {"reversed text",
       "a: \xE2\x80\xAE"
       "x\nb: \x7F\n",
       {"1:4 yaml-control", "2:4 yaml-control"}},
      {"byte-order mark inside",
       "a: \xEF\xBB\xBF"
       "b\n",
       {"1:4 yaml-control"}},
  }));
  CAPTURE(c.name);
  CHECK(faults(c.text) == c.expected);
}

TEST_CASE("read_document: an excerpt can't play with the terminal", "[unit][yaml]") {
  CHECK(read("a: \x1B[2J\n").diagnostics.front().excerpt == "a: \xEF\xBF\xBD[2J");
  CHECK(read("a: \xE9\n").diagnostics.front().excerpt == "a: \xEF\xBF\xBD");
}

TEST_CASE("read_document: 32 levels are read, 33 are not", "[unit][yaml]") {
  const auto nested = [](std::size_t levels) { return std::string(levels, '[') + "a" + std::string(levels, ']'); };
  CHECK(read(nested(32)).root);
  CHECK(faults(nested(33)) == Faults{"1:33 yaml-depth"});
}

TEST_CASE("read_document: sizes have limits", "[unit][yaml]") {
  CHECK(faults(std::string((4 << 20) + 1, ' ')) == Faults{"0:0 yaml-size"});
  CHECK(faults("a: " + std::string(17'000, 'b')) == Faults{"1:1 yaml-size"});
  CHECK(faults(repeated("\n", 100'001)) == Faults{"100001:1 yaml-size"});
  CHECK(faults(repeated("- [a, b]\n", 400'000)).front().ends_with("yaml-size"));
}

TEST_CASE("read_document: after a hundred faults nobody reads on", "[unit][yaml]") {
  const Document document = read(repeated("a: 1\n", 50'000));
  CHECK(document.diagnostics.size() == 101);
  CHECK(document.diagnostics.back().code == "yaml-size");
}

TEST_CASE("read_document: a hostile file of 4 MiB is refused within a second", "[unit][yaml]") {
  const auto part =
      GENERATE(as<std::string>{}, "[", "{", "- ", "? ", "a: ", "&a ", "'", "\"", "a\n", "[\n", "- \n", "a: b\n",
               "'a': ", "[a,\n", "#\n", "\n", "- [[a, b]]\n", "\"a\": \"b\"\n", "a: &x b\n", "|\n");
  CAPTURE(part);
  std::string text = repeated(part, 4 << 20);
  const std::clock_t start = std::clock();
  const Document document = read(std::move(text));
  CHECK(std::clock() - start < CLOCKS_PER_SEC);
  CHECK_FALSE(document.root);
}

TEST_CASE("read_document: tells where comments begin with `review:`, and no text that looks like one", "[unit][document]") {
  const auto document = read_document(
      "a: 1  # review: by its name\n"
      "# Review: the next\n"
      "b: \"x # review: in quotes\"\n"
      "c: |\n"
      "  # review: in a block\n"
      "d: [1,  # review: in a list\n"
      "  2]\n"
      "e: 2  # to review: later\n",
      "policy.yaml");
  REQUIRE(document.root);
  REQUIRE(document.review_marks.size() == 3);
  CHECK(document.review_marks[0] == SourceLocation{"policy.yaml", 1, 9, 7});
  CHECK(document.review_marks[1] == SourceLocation{"policy.yaml", 2, 3, 7});
  CHECK(document.review_marks[2] == SourceLocation{"policy.yaml", 6, 11, 7});
}
