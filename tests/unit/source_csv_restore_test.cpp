// Where a restored CSV line goes, and what becomes of a restore that was cut off.
#include "support/csv_dataset_fixture.hpp"

#include <catch2/catch.hpp>

namespace oubli::test {

namespace {

const char* const k_pair = "contacts.csv.run1.csv";
const char* const k_note = "archive/crm.contacts/contacts.csv.run1.restoring";

class Anything : public GoingRecords {
 public:
  [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return true; }
  [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord&) const override { return false; }
};

/// Archives what is due of these lines.
void archive(CsvDatasetFixture& data, std::string_view text) {
  data.add_table("contacts", "contacts.csv", Then::archive);
  data.rules().config.tables[0].key.clear();
  data.write("contacts.csv", text);
  data.open();
  static_cast<void>(data.enforce({"contacts"}));
  data.open(Access::enforce, "run2");
}

Restored restore(CsvDatasetFixture& data, std::int64_t row) {
  return data.source().restore({&data.ruled("contacts"), row, k_pair}, Anything());
}

/// A note of the first archived line, as a restore writes it before it touches the source.
void note_first(const CsvDatasetFixture& data, std::string_view line, int live_before) {
  const std::string pair = to_hex(sha256(data.archive("contacts").at(k_pair)));
  const std::string note = "pair_sha256,row,content_sha256,live_before\r\n" + pair + ",1," + to_hex(sha256(line)) + "," +
                           std::to_string(live_before) + "\r\n";
  static_cast<void>(data.folder().write(k_note, note));
}

}  // namespace

TEST_CASE("a restored line comes after all that have an end, and gets one itself", "[unit][csv][restore]") {
  CsvDatasetFixture data;
  SECTION("the file ends with a line end") {
    archive(data, "id,last\n1,2020-01-01\n2,2025-01-01\n");
    CHECK(restore(data, 1).row == 2);
    CHECK(data.bytes("contacts.csv") == "id,last\n2,2025-01-01\n1,2020-01-01\n");
  }
  SECTION("its last line has none: another program may be writing it") {
    archive(data, "id,last\r\n1,2020-01-01\r\n2,2025-01-01");
    CHECK(restore(data, 1).row == 1);
    CHECK(data.bytes("contacts.csv") == "id,last\r\n1,2020-01-01\r\n2,2025-01-01");
  }
  SECTION("the line had none") {
    archive(data, "id,last\r\n2,2025-01-01\r\n1,2020-01-01");
    CHECK(restore(data, 1).row == 2);
    CHECK(data.bytes("contacts.csv") == "id,last\r\n2,2025-01-01\r\n1,2020-01-01\r\n");
  }
  SECTION("nothing but a header without an end is left") {
    archive(data, "id,last\n1,2020-01-01");
    data.write("contacts.csv", "id,last");
    data.open(Access::enforce, "run2");
    CHECK(restore(data, 1).row == 1);
    CHECK(data.bytes("contacts.csv") == "id,last\n1,2020-01-01\n");
  }
  CHECK(data.archive("contacts").empty());
}

TEST_CASE("of equal lines one is restored, and the other stays", "[unit][csv][restore]") {
  CsvDatasetFixture data;
  archive(data, "id,last\n1,2020-01-01\n2,2025-01-01\n1,2020-01-01\n");
  static_cast<void>(restore(data, 1));
  CHECK(data.bytes("contacts.csv") == "id,last\n2,2025-01-01\n1,2020-01-01\n");
  CHECK(data.archive("contacts").at(k_pair) == "id,last\n1,2020-01-01\n");
}

TEST_CASE("what an interrupted restore brought back leaves the archive, once", "[unit][csv][restore]") {
  CsvDatasetFixture data;
  archive(data, "id,last\n1,2020-01-01\n2,2025-01-01\n1,2020-01-01\n");
  note_first(data, "1,2020-01-01", 0);
  data.write("contacts.csv", "id,last\n2,2025-01-01\n1,2020-01-01\n");
  data.open(Access::enforce, "run2");
  data.source().settle_restored();
  CHECK(data.archive("contacts").at(k_pair) == "id,last\n1,2020-01-01\n");
  data.source().settle_restored();
  CHECK(data.archive("contacts").at(k_pair) == "id,last\n1,2020-01-01\n");
  CHECK_FALSE(std::filesystem::exists(data.folder() / k_note));
}

TEST_CASE("what an interrupted restore didn't bring back stays in the archive", "[unit][csv][restore]") {
  CsvDatasetFixture data;
  archive(data, "id,last\n1,2020-01-01\n2,2025-01-01\n");
  const std::string before = data.archive("contacts").at(k_pair);
  SECTION("the source is as it was") { note_first(data, "1,2020-01-01", 0); }
  SECTION("an equal line was there before") {
    data.write("contacts.csv", "id,last\n1,2020-01-01\n");
    note_first(data, "1,2020-01-01", 1);
  }
  SECTION("the pair was written anew since") {
    note_first(data, "1,2020-01-01", 0);
    data.write("contacts.csv", "id,last\n1,2020-01-01\n");
    static_cast<void>(data.folder().write(k_note, "pair_sha256,row,content_sha256,live_before\r\n" +
                                                      std::string(64, '0') + ",1," + std::string(64, '0') + ",0\r\n"));
  }
  data.write(".contacts.csv.oubli.tmp", "half of it");
  data.open(Access::enforce, "run2");
  data.source().settle_restored();
  CHECK(data.archive("contacts").at(k_pair) == before);
  CHECK_FALSE(std::filesystem::exists(data.folder() / k_note));
  CHECK_FALSE(std::filesystem::exists(data.file(".contacts.csv.oubli.tmp")));
}

TEST_CASE("while copies are pending nothing is restored", "[unit][csv][restore]") {
  CsvDatasetFixture data;
  archive(data, "id,last\n1,2020-01-01\n");
  static_cast<void>(data.folder().write("archive/crm.contacts/contacts.csv.run0.meta.csv.pending", "run\r\n"));
  CHECK_THROWS_WITH(restore(data, 1), Catch::Contains("still pending"));
}

}  // namespace oubli::test
