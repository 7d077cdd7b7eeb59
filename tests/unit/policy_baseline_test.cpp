/// From a baseline's text to its entries.
#include "oubli/policy/baseline.hpp"
#include "support/day_literal.hpp"

#include <catch2/catch.hpp>

using namespace oubli;

namespace {

Checked<Baseline> read(const std::string& entries) {
  return read_baseline("oubli: baseline/1\naccepted:\n" + entries, "known.yaml");
}

}  // namespace

TEST_CASE("read_baseline: what is accepted, why and until when", "[unit][policy][baseline]") {
  const auto read_one =
      read("  - {check: 203, dataset: crm, table: contacts, column: notes, reason: r, until: 2027-03-31}\n");
  REQUIRE(read_one.value);
  REQUIRE(read_one.value->entries.size() == 1);
  const auto& entry = read_one.value->entries[0];
  CHECK(entry.check == 203);
  CHECK(entry.dataset == "crm");
  CHECK(entry.column == "notes");
  CHECK(entry.purpose.empty());
  CHECK(entry.until == "2027-03-31"_day);
  CHECK(entry.where.line == 3);
}

TEST_CASE("read_baseline: nothing is accepted without a reason and an end", "[unit][policy][baseline]") {
  for (const auto* entry : {"  - {check: 203, until: 2027-03-31}\n", "  - {check: 203, reason: r}\n",
                            "  - {reason: r, until: 2027-03-31}\n", "  - {check: 203, reason: r, until: never}\n",
                            "  - {check: all, reason: r, until: 2027-03-31}\n"}) {
    CAPTURE(entry);
    CHECK_FALSE(read(entry).value);
  }
}

TEST_CASE("read_baseline: an unknown key or another format is refused", "[unit][policy][baseline]") {
  CHECK_FALSE(read("  - {check: 203, file: x, reason: r, until: 2027-03-31}\n").value);
  CHECK_FALSE(read_baseline("oubli: config/1\naccepted: []\n", "known.yaml").value);
}
