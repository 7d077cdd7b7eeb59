// What every source promises of a restore: the record is as it was, with what followed it, in exactly one place.
#include "contract/crm.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;
using namespace oubli::test;

namespace {

/// The contacts of before 2023, and their notes, are in the archive.
Crm archived_crm() {
  Crm crm(GENERATE(SourceKind::memory, SourceKind::sqlite, SourceKind::csv), Crm::Then::archive);
  crm.enforce(crm.group());
  return crm;
}

Rows sorted(Rows rows) {
  std::ranges::sort(rows);
  return rows;
}

const Rows k_contacts_archived = {{"c1", "a@example.org", "2020-01-01"},
                                  {"c3", "c@example.org", "2021-03-04"},
                                  {"c5", "e@example.org", "2019-12-31"}};
const Rows k_notes_archived = {{"n1", "c1", "one"}, {"n3", "c1", "three"}, {"n5", "c5", "five"}};

}  // namespace

TEST_CASE("a restored record is in the source as it was, with what followed it, and no longer in the archive",
          "[contract][source][restore]") {
  Crm crm = archived_crm();
  const Restored restored = crm.restore("contacts", "c1");
  CHECK(restored.records == std::map<std::string, std::int64_t>{{"contacts", 1}, {"notes", 2}});
  CHECK(sorted(crm.harness().rows("contacts")) == Rows{{"c1", "a@example.org", "2020-01-01"},
                                                       {"c2", "b@example.org", "2025-06-01"},
                                                       {"c4", "d@example.org", ""}});
  CHECK(sorted(crm.harness().rows("notes")) ==
        Rows{{"n1", "c1", "one"}, {"n2", "c2", "two"}, {"n3", "c1", "three"}, {"n4", "gone", "four"}});
  CHECK(sorted(crm.harness().archived("contacts")) == Rows{k_contacts_archived[1], k_contacts_archived[2]});
  CHECK(crm.harness().archived("notes") == Rows{k_notes_archived[2]});
}

TEST_CASE("a restored record is told where it is now", "[contract][source][restore]") {
  Crm crm = archived_crm();
  const Restored restored = crm.restore("contacts", "c3");
  auto pass = crm.pass("contacts");
  pass.with_key = true;
  pass.only = RecordChoice{{}, restored.row};
  const auto found = crm.records(pass);
  REQUIRE(found.size() == 1);
  CHECK(found[0].key == std::vector<std::string>{"c3"});
  CHECK(found[0].outcome == Outcome::archive);
}

TEST_CASE("what was restored and is still due is archived again, once", "[contract][source][restore]") {
  Crm crm = archived_crm();
  static_cast<void>(crm.restore("contacts", "c1"));
  crm.open("run-3");
  crm.source().settle_restored();
  StepResult result = crm.enforce(crm.group());
  CHECK(result["contacts"].archived == 1);
  CHECK(result["notes"].archived == 2);
  CHECK(sorted(crm.harness().archived("contacts")) == k_contacts_archived);
  CHECK(sorted(crm.harness().archived("notes")) == k_notes_archived);
}

TEST_CASE("a record whose key exists again stays in the archive", "[contract][source][restore]") {
  Crm crm = archived_crm();
  crm.harness().add("contacts", {"c1", "new@example.org", "2025-01-01"});
  const Rows contacts = crm.harness().rows("contacts");
  CHECK_THROWS_WITH(crm.restore("contacts", "c1"), Catch::Contains("with its key again"));
  CHECK(crm.harness().rows("contacts") == contacts);
  CHECK(sorted(crm.harness().archived("contacts")) == k_contacts_archived);
  CHECK(sorted(crm.harness().archived("notes")) == k_notes_archived);
}

TEST_CASE("a follower isn't restored without the record it follows", "[contract][source][restore][S12]") {
  Crm crm = archived_crm();
  const Rows notes = crm.harness().rows("notes");
  CHECK_THROWS_WITH(crm.restore("notes", "n5"), Catch::Contains("in the archive with the record of contacts"));
  CHECK(crm.harness().rows("notes") == notes);
  CHECK(sorted(crm.harness().archived("notes")) == k_notes_archived);
}

TEST_CASE("restoring a record that isn't archived is refused", "[contract][source][restore]") {
  Crm crm = archived_crm();
  CHECK_THROWS_WITH(crm.restore("contacts", "c2"), Catch::Contains("no such record"));
  CHECK(sorted(crm.harness().archived("contacts")) == k_contacts_archived);
}
