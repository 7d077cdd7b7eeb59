#include "policy_example.hpp"
#include "support/places.hpp"

#include <catch2/catch.hpp>
#include <date/date.h>

#include <fstream>
#include <iterator>

using namespace oubli;
using namespace oubli::test;
using namespace date::literals;
using Lines = std::vector<std::string>;

namespace {

/// The example with one line changed gives these findings.
struct Change {
  const char* old_text;
  const char* new_text;
  Lines expected;
};

void check_each(const std::vector<Change>& changes) {
  for (const auto& change : changes) {
    CAPTURE(change.new_text);
    CHECK(lines_of(read_text(example_with(change.old_text, change.new_text)).diagnostics) == change.expected);
  }
}

std::optional<Checked<Policy>> read_shared(const std::string& path) {
  const std::filesystem::path file = test::shared_folder() / path;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    WARN("skipped: no " << path);
    return std::nullopt;
  }
  return read_policy({std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()}, path);
}

}  // namespace

TEST_CASE("read_policy: a policy becomes plain values", "[unit][policy][I1]") {
  const auto checked = read_text(k_example_policy);
  REQUIRE(lines_of(checked.diagnostics) == Lines{});
  REQUIRE(checked.value);
  const Policy& policy = *checked.value;
  CHECK(policy.id == "shop");
  CHECK(policy.version == 1);
  CHECK(to_text(policy.in_force_from) == "2024-04-26");
  CHECK(policy.controller == "Shop");
  CHECK(policy.timezone == "Europe/Paris");
  CHECK(policy.fiscal_years == FiscalYears{});
  CHECK(policy.data_subjects == Lines{"customer"});
  REQUIRE(policy.categories.size() == 1);
  CHECK(policy.categories[0].title == "Surname and first name");
  REQUIRE(policy.events.size() == 2);
  CHECK(policy.events[1].kind == EventKind::end);
  REQUIRE(policy.purposes.size() == 2);
  CHECK(policy.purposes[0].name == "sales");
  CHECK(policy.purposes[0].where.line == 12);
  CHECK(policy.text == k_example_policy);
  CHECK(policy.digest.substr(0, 7) == "sha256:");
}

TEST_CASE("read_policy: fiscal years close on a day of the year, with exceptions in order", "[unit][policy][S6]") {
  const auto with = [](const std::string& value) {
    return read_text(example_with("timezone:", "fiscal_years: " + value + "\ntimezone:"));
  };
  const auto checked = with("{closes: 02-29, except: [2024-01-31, 2023-06-30]}");
  REQUIRE(checked.value);
  CHECK(checked.value->fiscal_years ==
        FiscalYears{date::February / 29, {date::sys_days{2023_y / 6 / 30}, date::sys_days{2024_y / 1 / 31}}});
  CHECK(lines_of(with("{closes: 13-01}").diagnostics) ==
        Lines{"4:24: error: '13-01' is not a day of the year [day]; write it as MM-DD: 12-31"});
  CHECK(lines_of(with("{except: [2023-06-30, 2023-06-30]}").diagnostics) ==
        Lines{"4:37: error: 2023-06-30 is listed twice [duplicate]; list it once"});
}

TEST_CASE("read_policy: faults of the head are told with their place", "[unit][policy][I1]") {
  check_each({
      {"policy/1",
       "policy/2",
       {"1:8: error: 'policy/2' is not the format of a policy [unknown-value]; write 'oubli: policy/1'"}},
      {"policy/1",
       "config/1",
       {"1:8: error: 'config/1' is not the format of a policy [unknown-value]; this is a config: name it with "
        "--config"}},
      {"id: shop, ", "", {"2:1: error: 'policy' lacks the key 'id' [missing-key]; add 'id: …'"}},
      {"id: shop",
       "id: a/b",
       {"2:14: error: 'a/b' can't be a name [name]; start with a letter, go on with letters, digits, '_' and '-', 64 "
        "at most"}},
      {"version: 1",
       "version: 0",
       {"2:29: error: 'version' must be a whole number, but is '0' [wrong-type]; write a number from 1 to 2147483647 "
        "without quotes"}},
      {"2024-04-26",
       "26/04/2024",
       {"2:47: error: '26/04/2024' is not a day [day]; write a day that exists as YYYY-MM-DD"}},
      {"Europe/Paris",
       "Europe/Pari",
       {"4:11: error: this machine knows no timezone 'Europe/Pari' [timezone]; did you mean 'Europe/Paris'?"}},
      {"timezone: Europe/Paris\n",
       "",
       {"1:1: error: the file lacks the key 'timezone' [missing-key]; add 'timezone: …'"}},
      {"timezone:",
       "time_zone: UTC\ntimezone:",
       {"4:1: error: unknown key 'time_zone' [unknown-key]; did you mean 'timezone'? allowed here: oubli, policy, "
        "published, controller, timezone, fiscal_years, requests, directives_after_death, data_subjects, "
        "data_categories, events, defaults, purposes, assumption, reference"}},
      {"contact: privacy@example.org",
       "for: Client",
       {"3:26: error: 'for' is for a processor only [conflict]; add 'role: processor', or leave it out"}},
      {"contact: privacy@example.org",
       "role: processor",
       {"3:1: error: 'controller' lacks the key 'for' [missing-key]; add 'for: …' and the controller you process for "
        "(GDPR art. 30(2))"}},
  });
}

TEST_CASE("read_policy: names are declared once and used as declared", "[unit][policy][I1]") {
  check_each({
      {"[identity]",
       "[identty]",
       {"15:23: error: data category 'identty' is not declared [undeclared]; did you mean 'identity'?"}},
      {"[identity]",
       "[identity, identity]",
       {"15:33: error: data category 'identity' is listed twice [duplicate]; list it once"}},
      {"data: {customer:",
       "data: {prospect:",
       {"15:12: error: data subject 'prospect' is not declared [undeclared]; declare it under 'data_subjects'"}},
      {"from: last_contact",
       "from: last_contct",
       {"16:35: error: event 'last_contct' is not declared [undeclared]; did you mean 'last_contact'?"}},
      {"  closed:",
       "  moved: {kind: end, title: Moved}\n  closed:",
       {"10:3: warning: event 'moved' is not used by any purpose [unused]; use it, or leave it out"}},
      {"  identity:",
       "  bank: {title: Bank}\n  identity:",
       {"7:3: warning: data category 'bank' is not used by any purpose [unused]; use it, or leave it out"}},
      {"customer: Customers",
       "customer: Customers, visitor: Visitors",
       {"5:38: warning: data subject 'visitor' is not used by any purpose [unused]; use it, or leave it out"}},
      {"  identity:",
       "  technical: {title: T}\n  identity:",
       {"7:3: error: 'technical' can't be a data category [name]; choose another name: a config lists columns without "
        "personal data under it"}},
      {"  closed: {kind: end",
       "  closed: {kind: ended",
       {"10:18: error: 'ended' is no value of 'kind' [unknown-value]; allowed here: dated, end, "
        "planned"}},
  });
}

TEST_CASE("read_policy: every fault of a file is reported, in the file's order", "[unit][policy][I1]") {
  const auto checked = read_text(R"(oubli: policy/1
policy: {id: shop, version: one, in_force_from: 2024-04-26}
controller: {contact: x}
timezone: Mars
data_subjects: {customer: [Customers]}
data_categories: {identity: {title: Names, mask: md5}}
purposes:
  sales:
    titel: Sales
    legal_basis: consnt
    data: {customer: identity}
    active: {keep: PT6M, from: last_contact}
)");
  CHECK_FALSE(checked.value);
  std::vector<std::string> codes;
  for (const auto& each : checked.diagnostics) codes.push_back(fmt::format("{} {}", each.where.line, each.code));
  CHECK(codes == Lines{"2 wrong-type", "3 missing-key", "4 timezone", "5 wrong-type", "6 mask", "8 missing-key",
                       "9 unknown-key", "10 unknown-value", "11 wrong-type", "12 period-unit", "12 undeclared"});
}

TEST_CASE("read_policy: a finding carries its source line", "[unit][policy][I1]") {
  const auto checked = read_text(example_with("3 years", "PT6M"));
  REQUIRE(checked.diagnostics.size() == 1);
  const auto& found = checked.diagnostics[0];
  CHECK(found.excerpt == "    active: {keep: PT6M, from: last_contact}");
  CHECK(found.where == SourceLocation{"policy.yaml", 16, 20, 4});
}

TEST_CASE("read_policy: assumptions are listed with the block they are about", "[unit][policy][S16]") {
  const auto checked =
      read_text(example_with("from: last_contact}", "from: last_contact, assumption: None in the text}"));
  REQUIRE(checked.value);
  REQUIRE(checked.value->assumptions.size() == 1);
  CHECK(checked.value->assumptions[0].about == "purposes.sales.active");
  CHECK(checked.value->assumptions[0].text == "None in the text");
}

TEST_CASE("read_policy: text that is no mapping is refused", "[unit][policy][I1]") {
  CHECK_FALSE(read_text("").value);
  CHECK_FALSE(read_text("- a\n").value);
  CHECK_FALSE(read_text("oubli\n").value);
}

TEST_CASE("read_policy: the example of oubli-policy(5) reads without a finding", "[unit][policy][I1]") {
  std::ifstream stream(test::tests_folder() / "../man/oubli-policy.5");
  const std::string page{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const auto start = page.find("oubli: policy/1\n");
  REQUIRE(start != std::string::npos);
  const auto checked = read_text(page.substr(start, page.find(".Ed\n", start) - start));
  CHECK(lines_of(checked.diagnostics) == Lines{});
  CHECK(checked.value);
}

TEST_CASE("read_policy: a draft of a real policy reads without a finding", "[real][policy][I1]") {
  const auto checked = read_shared("seeds/seqlense-draft.yaml");
  if (!checked) return;
  REQUIRE(checked->value);
  CHECK(lines_of(checked->diagnostics) == Lines{});
  CHECK(checked->value->purposes.size() == 9);
  CHECK(checked->value->assumptions.size() == 3);
}

TEST_CASE("read_policy: the policies of the benchmarks read", "[real][policy][I1]") {
  for (const char* path : {"bench/jobs/company-policy.yaml", "bench/jobs/contacts-policy.yaml"}) {
    const auto checked = read_shared(path);
    if (!checked) return;
    CHECK(checked->value);
    CHECK_FALSE(has_unsupported(checked->diagnostics));
  }
}
