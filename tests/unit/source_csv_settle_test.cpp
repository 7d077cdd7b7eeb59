// What an interrupted run left pending ends in exactly one place.
#include "source/csv/file_system.hpp"
#include "source/csv/replacement.hpp"
#include "support/csv_dataset_fixture.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>

namespace oubli::test {

namespace {

const std::string k_before = "id,last\n1,2020-01-01\n2,2025-01-01\n3,2020-01-01\n3,2020-01-01\n";
const std::string k_after = "id,last\n2,2025-01-01\n";
const std::string k_archived = "id,last\n1,2020-01-01\n3,2020-01-01\n3,2020-01-01\n";

/// Copies and stops there, as a crash before the removal would.
void interrupt_before_removal(CsvDatasetFixture& data) {
  data.add_table("contacts", "contacts.csv", Then::archive);
  data.write("contacts.csv", k_before);
  data.open();
  const GroupPlan plan = data.plan({"contacts"});
  data.source().next_step(plan, {})->copy();
}

void settle(CsvDatasetFixture& data) {
  data.open(Access::enforce, "run2");
  const GroupPlan plan = data.plan({"contacts"});
  const auto step = data.source().pending_step(plan);
  REQUIRE(step);
  static_cast<void>(step->remove());
  CHECK_FALSE(data.source().pending_step(plan));
}

/// Says in the bookkeeping that the present file is the one that was to replace the source.
void pretend_replaced(const CsvDatasetFixture& data) {
  const std::string name = "contacts.csv.run1.meta.csv.pending";
  struct ::stat status {};
  REQUIRE(::stat(data.file("contacts.csv").c_str(), &status) == 0);
  std::string result;
  std::string meta = data.archive("contacts").at(name);
  for (std::size_t at = 0, end = 0; at < meta.size(); at = end + 2) {
    end = meta.find("\r\n", at);
    const std::string line = meta.substr(at, end - at);
    result += at == 0 ? line : line.substr(0, line.rfind(',') + 1) + std::to_string(status.st_ino);
    result += "\r\n";
  }
  static_cast<void>(data.folder().write("archive/crm.contacts/" + name, result));
}

}  // namespace

TEST_CASE("copies of records that are still in the source are erased, and made again by the run", "[unit][csv][S20]") {
  CsvDatasetFixture data;
  interrupt_before_removal(data);
  std::size_t references = 0;
  data.relate("contacts", "contacts");
  data.rules().relations[0].child_columns = {"id"};
  data.open(Access::enforce, "run2");
  data.source().for_each_reference(0, Side::archive, [&](const RecordKey&) { ++references; });
  CHECK(references == 0);
  settle(data);
  CHECK(data.archive("contacts").empty());
  CHECK(data.bytes("contacts.csv") == k_before);
  CHECK(data.enforce({"contacts"})["contacts"].archived == 3);
  CHECK(data.bytes("contacts.csv") == k_after);
  CHECK(data.archive("contacts").at("contacts.csv.run2.csv") == k_archived);
}

TEST_CASE("copies of records that are gone from the source are confirmed", "[unit][csv]") {
  CsvDatasetFixture data;
  interrupt_before_removal(data);
  data.write("contacts.csv", k_after);
  settle(data);
  CHECK(data.archive("contacts").at("contacts.csv.run1.csv") == k_archived);
  CHECK(data.archive("contacts").contains("contacts.csv.run1.meta.csv"));
}

TEST_CASE("where only some are gone the others' copies are erased, as often as they are there", "[unit][csv]") {
  CsvDatasetFixture data;
  interrupt_before_removal(data);
  data.write("contacts.csv", "id,last\n2,2025-01-01\n3,2020-01-01\n");
  settle(data);
  CHECK(data.archive("contacts").at("contacts.csv.run1.csv") == "id,last\n1,2020-01-01\n3,2020-01-01\n");
  const std::string meta = data.archive("contacts").at("contacts.csv.run1.meta.csv");
  CHECK(std::count(meta.begin(), meta.end(), '\n') == 3);
}

TEST_CASE("the file that replaced the source proves the removal, also where equal records stay", "[unit][csv]") {
  CsvDatasetFixture data;
  interrupt_before_removal(data);
  data.write("contacts.csv", "id,last\n2,2025-01-01\n3,2020-01-01\n");
  pretend_replaced(data);
  settle(data);
  CHECK(data.archive("contacts").at("contacts.csv.run1.csv") == k_archived);
}

TEST_CASE("a record that moved to another file of the table is still in the source", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts*.csv", Then::archive);
  data.write("contacts.csv", k_before);
  data.open();
  data.source().next_step(data.plan({"contacts"}), {})->copy();
  std::filesystem::rename(data.file("contacts.csv"), data.file("contacts-old.csv"));
  settle(data);
  CHECK(data.archive("contacts").empty());
}

TEST_CASE("halves that an interrupted run didn't put in place are removed", "[unit][csv]") {
  CsvDatasetFixture data;
  interrupt_before_removal(data);
  static_cast<void>(data.folder().write("archive/crm.contacts/contacts.csv.run0.csv.tmp", "id,last\n1,20"));
  std::filesystem::remove(data.folder() / "archive/crm.contacts/contacts.csv.run1.csv");
  settle(data);
  CHECK(data.archive("contacts").empty());
  CHECK(data.bytes("contacts.csv") == k_before);
}

TEST_CASE("what is appended to the replaced file is carried over, the half of a removed line too", "[unit][csv]") {
  const TemporaryFolder temporary;
  static_cast<void>(temporary.write("a.csv", "id\n1\n2"));
  const csv::Folder folder(temporary.path());
  const csv::Descriptor held = folder.open_file("a.csv");
  const csv::TableFile file{"a.csv", csv::identity(csv::status_of(held, "a.csv"))};
  std::ofstream writer(temporary / "a.csv", std::ios::binary | std::ios::app);
  csv::Replacement replacement(folder, file, held);
  replacement.keep(0, 5);
  replacement.finish();
  replacement.put_in_place();
  writer << "2\n3\n" << std::flush;
  replacement.carry_over(5);
  CHECK(read_file(temporary / "a.csv") == "id\n1\n22\n3\n");
  CHECK(replacement.file().identity.size == 10);
}

}  // namespace oubli::test
