// The document layer against the YAML test suite: it refuses what isn't YAML, and what it reads it
// reads as the suite does. Valid YAML that is refused on purpose (anchors, tags, several documents,
// quotes over several lines, …) isn't listed here; the refusals have their own tests beside the unit.
#include "real/yaml_suite.hpp"

#include "oubli/policy/document.hpp"
#include "support/places.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

using namespace oubli;

namespace {

const std::filesystem::path k_suite = test::shared_folder() / "data/yaml-test-suite/src";

std::string escaped(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    switch (c) {
      case '\\':
        shown += "\\\\";
        break;
      case '\n':
        shown += "\\n";
        break;
      case '\t':
        shown += "\\t";
        break;
      case '\r':
        shown += "\\r";
        break;
      case '\b':
        shown += "\\b";
        break;
      default:
        shown += c;
    }
  }
  return shown;
}

/// The tree as the suite's events.
void add_events(const Node& node, std::vector<std::string>& events) {
  switch (node.kind) {
    case Node::Kind::null:
    case Node::Kind::scalar:
      events.push_back((node.quoted ? "=VAL \"" : "=VAL :") + escaped(node.text));
      break;
    case Node::Kind::sequence:
      events.emplace_back("+SEQ");
      for (const Node& item : node.items) add_events(item, events);
      events.emplace_back("-SEQ");
      break;
    case Node::Kind::mapping:
      events.emplace_back("+MAP");
      for (const auto& [key, value] : node.entries) {
        add_events(key, events);
        add_events(value, events);
      }
      events.emplace_back("-MAP");
      break;
  }
}

std::vector<std::string> events_of(const Node& root) {
  std::vector<std::string> events;
  add_events(root, events);
  return events;
}

/// For a text without any document the suite has no event at all; here it is a null.
bool has_events(const Node& root, const std::vector<std::string>& expected) {
  return expected.empty() ? root.kind == Node::Kind::null : events_of(root) == expected;
}

/// Valid cases that are read, with the suite's own values.
constexpr std::array k_read{
    "229Q",    "2EBW",   "2G84/2", "2G84/3", "36F6",   "3ALJ",   "3MYT",   "3UYS",   "4GC6",   "4Q9F",   "4QFQ",
    "4RWC",    "4UYU",   "4V8U",   "4WA9",   "54T7",   "58MP",   "5BVJ",   "5C5M",   "5KJE",   "5NYZ",   "5T43",
    "65WH",    "6BCT",   "6FWR",   "6H3V",   "6JQW",   "6SLA",   "6VJK",   "753E",   "7T8X",   "7TMG",   "7ZZ5",
    "82AN",    "87E4",   "8CWC",   "8G76",   "8QBE",   "93JH",   "93WF",   "96L6",   "96NN/0", "96NN/1", "98YD",
    "9FMG",    "9J7A",   "9SHH",   "9U5K",   "9YRD",   "A6F9",   "A984",   "AB8U",   "AVM7",   "AZ63",   "AZW3",
    "B3HG",    "C2DT",   "CPZ3",   "D83L",   "D88J",   "D9TU",   "DBG4",   "DC7X",   "DHP8",   "DK95/3", "DK95/5",
    "DWX9",    "EX5H",   "EXG3",   "F3CP",   "F6MC",   "F8F9",   "FBC9",   "FQ7F",   "FUP4",   "G992",   "H2RW",
    "H3Z8",    "HM87/0", "HMK4",   "HWV9",   "J3BT",   "J5UC",   "J7VC",   "J9HZ",   "JEF9/0", "JEF9/1", "JQ4R",
    "K4SU",    "K527",   "K54U",   "K858",   "KH5V/0", "KH5V/1", "KH5V/2", "KMK3",   "L24T/0", "L9U5",   "LP6E",
    "LQZ7",    "M29M",   "M6YH",   "M7NX",   "M9B4",   "MJS9",   "MXS3",   "MYW6",   "MZX3",   "NB6Z",   "P2AD",
    "P94K",    "PBJ2",   "Q88A",   "QF4Y",   "QT73",   "R4YG",   "R52L",   "RLU9",   "S4T7",   "SM9W/0", "SSW6",
    "SYW4",    "T26H",   "T5N4",   "TE2A",   "TS54",   "UDM2",   "UDR7",   "UKK6/1", "W42U",   "XLQ9",   "Y79Y/1",
    "Y79Y/10", "Y79Y/2", "YD5X",   "ZF4X",   "ZK9H",
};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

TEST_CASE("the YAML test suite: all invalid cases are refused, each with a place", "[real][yaml]") {
  if (!std::filesystem::exists(k_suite)) {
    WARN("the YAML test suite isn't there");
    return;
  }
  std::size_t invalid = 0;
  for (const test::SuiteCase& suite_case : test::read_suite(k_suite)) {
    if (suite_case.is_valid) continue;
    ++invalid;
    CAPTURE(suite_case.id, suite_case.text);
    const Document document = read_document(suite_case.text, "case.yaml");
    CHECK_FALSE(document.root);
    REQUIRE_FALSE(document.diagnostics.empty());
    CHECK(document.diagnostics.front().where.line > 0);
    CHECK(document.diagnostics.front().where.column > 0);
    CHECK(document.diagnostics.front().code.starts_with("yaml-"));
  }
  CHECK(invalid == 94);
}

TEST_CASE("the YAML test suite: what is read has the suite's values", "[real][yaml]") {
  if (!std::filesystem::exists(k_suite)) {
    WARN("the YAML test suite isn't there");
    return;
  }
  std::vector<std::string> read;
  for (const test::SuiteCase& suite_case : test::read_suite(k_suite)) {
    const Document document = read_document(suite_case.text, "case.yaml");
    if (!document.root) continue;
    CAPTURE(suite_case.id, suite_case.text);
    CHECK(has_events(*document.root, suite_case.events));
    read.push_back(suite_case.id);
  }
  CHECK(read == std::vector<std::string>(k_read.begin(), k_read.end()));
}

TEST_CASE("the YAML test suite: no case takes a second", "[real][yaml]") {
  if (!std::filesystem::exists(k_suite)) {
    WARN("the YAML test suite isn't there");
    return;
  }
  for (const test::SuiteCase& suite_case : test::read_suite(k_suite)) {
    CAPTURE(suite_case.id);
    const double start = cpu_seconds();
    const Document document = read_document(suite_case.text, "case.yaml");
    CHECK(cpu_seconds() - start < 1.0);
    CHECK(document.root.has_value() == document.diagnostics.empty());
  }
}
