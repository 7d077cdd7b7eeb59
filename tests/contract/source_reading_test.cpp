// What every source promises to those who read (include/oubli/source/data_source.hpp).
#include "contract/crm.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;
using namespace oubli::test;

namespace {

SourceKind any_kind() { return GENERATE(SourceKind::memory, SourceKind::sqlite, SourceKind::csv); }

std::vector<Outcome> outcomes(const std::vector<SeenRecord>& records) {
  std::vector<Outcome> result;
  for (const SeenRecord& record : records) result.push_back(record.outcome);
  return result;
}

}  // namespace

TEST_CASE("a source names its tables, columns and keys", "[contract][source]") {
  Crm crm(any_kind(), Crm::Then::purge);
  auto schema = crm.source().schema();
  std::ranges::sort(schema, {}, &TableSchema::name);
  REQUIRE(schema.size() == 2);
  CHECK(schema[0].name == "contacts");
  REQUIRE(schema[0].columns.size() == 3);
  CHECK(schema[0].columns[2].name == "last_contact");
  CHECK(schema[0].primary_key == std::vector<std::string>{"id"});
  CHECK(schema[0].is_plain_table);
}

TEST_CASE("a pass delivers every record once, judged, with its values", "[contract][source]") {
  Crm crm(any_kind(), Crm::Then::purge);
  TablePass pass = crm.pass("contacts");
  pass.with_key = true;
  const auto records = crm.records(pass);
  CHECK(outcomes(records) ==
        std::vector{Outcome::purge, Outcome::keep, Outcome::purge, Outcome::undated, Outcome::purge});
  REQUIRE(records.size() == 5);
  CHECK(records[0].values == std::vector<std::string>{"2020-01-01", "a@example.org"});
  CHECK(records[3].values == std::vector<std::string>{"", "d@example.org"});
  CHECK(records[0].key == std::vector<std::string>{"c1"});
  CHECK(records[4].row == 5);
}

TEST_CASE("passes are alike as long as nothing changes", "[contract][source]") {
  Crm crm(any_kind(), Crm::Then::purge);
  const Rows before = crm.harness().rows("contacts");
  CHECK(crm.records(crm.pass("contacts")) == crm.records(crm.pass("contacts")));
  CHECK(crm.harness().rows("contacts") == before);
}

TEST_CASE("a pass tells whose record it is, over the record it points to where need be", "[contract][source][S18]") {
  Crm crm(any_kind(), Crm::Then::purge);
  crm.harness().change("contacts", "c3", "email", "");
  crm.harness().change("notes", "n5", "contact_id", "");
  crm.harness().change("notes", "n3", "contact_id", "c3");
  crm.open("run-2");
  const auto subjects = [&](const char* table) {
    TablePass pass = crm.pass(table);
    pass.with_subject = true;
    std::vector<std::string> result;
    for (const SeenRecord& record : crm.records(pass)) result.push_back(record.subject);
    return result;
  };
  CHECK(subjects("contacts") == std::vector<std::string>{"a@example.org", "b@example.org", "-", "d@example.org", "e@example.org"});
  CHECK(subjects("notes") == std::vector<std::string>{"a@example.org", "b@example.org", "-", "?", "-"});
}

TEST_CASE("a pass delivers further columns of the table itself, also of one that follows", "[contract][source][S18]") {
  Crm crm(any_kind(), Crm::Then::purge);
  TablePass pass = crm.pass("notes");
  pass.more = {"body", "contact_id"};
  const auto records = crm.records(pass);
  REQUIRE(records.size() == 5);
  CHECK(records[1].more == std::vector<std::string>{"two", "c2"});
  CHECK(records[3].more == std::vector<std::string>{"four", "gone"});
  CHECK(records[0].subject == "-");
}

TEST_CASE("followers share their parent's decision; without one they are unassigned", "[contract][source][S12]") {
  Crm crm(any_kind(), Crm::Then::purge);
  const auto records = crm.records(crm.pass("notes"));
  CHECK(outcomes(records) ==
        std::vector{Outcome::purge, Outcome::keep, Outcome::purge, Outcome::unassigned, Outcome::purge});
}

TEST_CASE("one record is delivered by key or by row", "[contract][source]") {
  Crm crm(any_kind(), Crm::Then::purge);
  TablePass pass = crm.pass("contacts");
  pass.with_key = true;
  pass.only = RecordChoice{{"c3"}, {}};
  auto records = crm.records(pass);
  REQUIRE(records.size() == 1);
  CHECK(records[0].key == std::vector<std::string>{"c3"});
  pass.only = RecordChoice{{}, 5};
  records = crm.records(pass);
  REQUIRE(records.size() == 1);
  CHECK(records[0].key == std::vector<std::string>{"c5"});
  pass.only = RecordChoice{{"none"}, {}};
  CHECK(crm.records(pass).empty());
}

TEST_CASE("both sides of a relation give the same keys", "[contract][source][S20]") {
  Crm crm(any_kind(), Crm::Then::purge);
  TablePass parents = crm.pass("contacts");
  parents.as_parent = {0};
  TablePass children = crm.pass("notes");
  children.as_child = {0};
  const auto contacts = crm.records(parents);
  const auto notes = crm.records(children);
  CHECK(notes[0].as_child[0] == contacts[0].as_parent[0]);
  CHECK(notes[1].as_child[0] == contacts[1].as_parent[0]);
  CHECK(notes[0].as_child[0] == notes[2].as_child[0]);
  CHECK_FALSE(notes[1].as_child[0] == contacts[0].as_parent[0]);

  std::vector<RecordKey> references;
  crm.source().for_each_reference(0, Side::live, [&](const RecordKey& key) { references.push_back(key); });
  CHECK(std::ranges::count(references, contacts[0].as_parent[0]) == 2);
  CHECK(std::ranges::count(references, contacts[3].as_parent[0]) == 0);
}
