// What the CSV source changes: due records go, every other byte stays.
#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/digest.hpp"
#include "support/csv_dataset_fixture.hpp"

#include <catch2/catch.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <fcntl.h>
#include <unistd.h>

namespace oubli::test {

namespace {

using Texts = std::vector<std::string>;

Texts names_in(const std::filesystem::path& folder) {
  Texts names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

std::string failure_of(CsvDatasetFixture& data, const std::string& table) {
  try {
    static_cast<void>(data.enforce({table}));
  } catch (const Error& error) {
    return error.diagnostic().message;
  }
  return {};
}

/// Lets go of what isn't named.
struct OnlyKeys : GoingRecords {
  explicit OnlyKeys(Texts wanted) : keys(std::move(wanted)) {}
  Texts keys;
  [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord& record) const override {
    return std::find(keys.begin(), keys.end(), record.key[0].bytes) != keys.end();
  }
  [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord&) const override { return false; }
};

}  // namespace

TEST_CASE("due records go and every other byte stays as it was", "[unit][csv][erasure]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  struct Case {
    const char* name;
    std::string before;
    std::string after;
  };
  const auto c = GENERATE(values<Case>({
      {"line ends mixed", "id,last\r\n1,2020-01-01\n2,2025-01-01\r\r\n3,2020-01-01\r\n4,2025-01-01\n",
       "id,last\r\n2,2025-01-01\r\r\n4,2025-01-01\n"},
      {"byte order mark, quoted needlessly", "\xEF\xBB\xBF\"id\",last\n\"1\",\"2020-01-01\"\n\"2\",2025-01-01\n",
       "\xEF\xBB\xBF\"id\",last\n\"2\",2025-01-01\n"},
      {"the last line without end stays", "id,last\n1,2020-01-01\n2,2025-01-01", "id,last\n2,2025-01-01"},
      {"the last line without end goes", "id,last\n1,2025-01-01\n2,2020-01-01", "id,last\n1,2025-01-01\n"},
      {"empty lines in the middle and at the end", "id,last\n\n1,2020-01-01\n\r\n2,2025-01-01\n\n\r\n",
       "id,last\n\n\r\n2,2025-01-01\n\n\r\n"},
      {"malformed lines", "id,last\n1,2020-01-01,x\n2,2020-01-01\n\"a\"b,2020-01-01\n\xFF,2020-01-01\n",
       "id,last\n1,2020-01-01,x\n\"a\"b,2020-01-01\n\xFF,2020-01-01\n"},
      {"everything goes", "id,last\n1,2020-01-01\n2,2020-01-01\n", "id,last\n"},
      {"line ends in quotes", "id,last\n\"1\n\",2020-01-01\n\"2\r\n\",2025-01-01\n", "id,last\n\"2\r\n\",2025-01-01\n"},
  }));
  CAPTURE(c.name);
  data.write("contacts.csv", c.before);
  data.open();
  CHECK(data.enforce({"contacts"})["contacts"].purged > 0);
  CHECK(data.bytes("contacts.csv") == c.after);
  CHECK(names_in(data.file("")) == Texts{"contacts.csv"});
  CHECK(data.archive("contacts").empty());
  CHECK(data.source().archived_to().empty());
}

TEST_CASE("a file with nothing due isn't touched", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("visits", "visits-*.csv");
  data.write("visits-1.csv", "id,last\n1,2025-01-01\n");
  data.write("visits-2.csv", "id,last\n1,2020-01-01\n2,2025-01-01\n");
  struct ::stat before {};
  REQUIRE(::stat(data.file("visits-1.csv").c_str(), &before) == 0);
  data.open();
  CHECK(data.enforce({"visits"})["visits"].purged == 1);
  struct ::stat after {};
  REQUIRE(::stat(data.file("visits-1.csv").c_str(), &after) == 0);
  CHECK(after.st_ino == before.st_ino);
  CHECK(data.bytes("visits-2.csv") == "id,last\n2,2025-01-01\n");
}

TEST_CASE("archived records are in the archive byte for byte, with their bookkeeping", "[unit][csv][archive]") {
  CsvDatasetFixture data;
  TableConfig& table = data.add_table("contacts", "contacts.csv", Then::archive);
  data.ruled("contacts").subject = SubjectPath{{}, "mail"};
  table.key = {{"id", {}}, {"mail", {}}};
  const std::string archived = "\"1\",2020-01-01,\"a,\"\"b\"\"\"\r\n";
  const std::string purged = "2,2010-01-01,x\n";
  const std::string kept = "3,2025-01-01,y\n";
  data.write("contacts.csv", "\xEF\xBB\xBFid,last,mail\n" + archived + purged + kept);
  data.open();
  const auto change = data.enforce({"contacts"})["contacts"];
  CHECK(change.archived == 1);
  CHECK(change.purged == 1);
  CHECK(data.bytes("contacts.csv") == "\xEF\xBB\xBFid,last,mail\n" + kept);
  const auto files = data.archive("contacts");
  REQUIRE(files.size() == 2);
  CHECK(files.at("contacts.csv.run1.csv") == "\xEF\xBB\xBFid,last,mail\n" + archived);
  const std::string content = to_hex(sha256("\"1\",2020-01-01,\"a,\"\"b\"\"\""));
  const std::string subject = to_hex(hmac_sha256(std::array<unsigned char, 32>{}, "a,\"b\""));
  struct ::stat replaced {};
  REQUIRE(::stat(data.file("contacts.csv").c_str(), &replaced) == 0);
  CHECK(files.at("contacts.csv.run1.meta.csv") ==
        "run,source,row,key,content_sha256,subject_hmac,purposes,other_purposes,events,replacement\r\n"
        "run1,contacts.csv,1,\"1,\"\"a,\"\"\"\"b\"\"\"\"\"\"\"," +
            content + "," + subject + ",prospecting,,last_contact=2020-01-01," + std::to_string(replaced.st_ino) +
            "\r\n");
  const auto path = data.folder() / "archive/crm.contacts";
  CHECK(data.source().archived_to() == std::vector{path / "contacts.csv.run1.csv"});
  CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::mask) ==
        std::filesystem::perms::owner_all);
  CHECK((std::filesystem::status(path / "contacts.csv.run1.csv").permissions() & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("owner, mode and attributes are kept", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last\n1,2020-01-01\n");
  const std::string path = data.file("contacts.csv");
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  if (::geteuid() == 0) REQUIRE(::chown(path.c_str(), 65534, 65533) == 0);
  const bool has_attributes = ::setxattr(path.c_str(), "user.origin", "crm", 3, 0) == 0;
  struct ::stat before {};
  REQUIRE(::stat(path.c_str(), &before) == 0);
  data.open();
  CHECK(data.enforce({"contacts"})["contacts"].purged == 1);
  struct ::stat after {};
  REQUIRE(::stat(path.c_str(), &after) == 0);
  CHECK(after.st_ino != before.st_ino);
  CHECK(after.st_mode == before.st_mode);
  CHECK(after.st_uid == before.st_uid);
  CHECK(after.st_gid == before.st_gid);
  std::array<char, 8> value{};
  if (has_attributes) CHECK(::getxattr(path.c_str(), "user.origin", value.data(), value.size()) == 3);
}

TEST_CASE("what could leave a copy or lose a line is refused, and nothing changes", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv", Then::archive);
  const std::string text = "id,last\n1,2020-01-01\n2,2025-01-01\n";
  data.write("contacts.csv", text);
  SECTION("a hard link") {
    std::filesystem::create_hard_link(data.file("contacts.csv"), data.file("copy"));
    data.open();
    CHECK(failure_of(data, "contacts") ==
          "crm.contacts: contacts.csv has a second name (a hard link), under which its records would stay");
  }
  SECTION("another run in the same folder") {
    data.open();
    const int folder = ::open(data.file("").c_str(), O_RDONLY | O_DIRECTORY);
    REQUIRE(::flock(folder, LOCK_EX) == 0);
    CHECK(failure_of(data, "contacts").find("another run is changing files") != std::string::npos);
    ::close(folder);
  }
  SECTION("a folder that can't be written") {
    if (::geteuid() == 0) return;  // root can
    std::filesystem::permissions(data.file(""),
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    data.open();
    CHECK_FALSE(failure_of(data, "contacts").empty());
    std::filesystem::permissions(data.file(""), std::filesystem::perms::owner_all);
  }
  SECTION("an archive of another state") {
    std::filesystem::create_directories(data.folder() / "archive/crm.contacts");
    static_cast<void>(data.folder().write("archive/crm.contacts/oubli_archive", "oubli-archive/1\nstate-2\n"));
    CHECK_THROWS_AS(data.open(), Error);
  }
  CHECK(data.bytes("contacts.csv") == text);
  CHECK(data.archive("contacts").empty());
}

TEST_CASE("a file that another program changed after it was read stays as that left it", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last\n1,2020-01-01\n");
  data.open();
  const GroupPlan plan = data.plan({"contacts"});
  const auto step = data.source().next_step(plan, {});
  REQUIRE(step);
  step->copy();
  data.write("contacts.csv", "id,last\n2,2020-01-01\n");
  CHECK_THROWS_WITH(static_cast<void>(step->remove()),
                    "crm.contacts: contacts.csv was changed by another program in the meantime");
  CHECK(data.bytes("contacts.csv") == "id,last\n2,2020-01-01\n");
}

TEST_CASE("a removal that fails leaves no copy, which the next run could take for one that went",
          "[unit][csv][archive]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv", Then::archive);
  data.write("contacts.csv", "id,last\n1,2020-01-01\n");
  data.open();
  const GroupPlan plan = data.plan({"contacts"});
  const auto step = data.source().next_step(plan, {});
  REQUIRE(step);
  step->copy();
  REQUIRE(data.archive("contacts").contains("contacts.csv.run1.csv"));
  data.write("contacts.csv", "id,last\n1,2020-01-01\n2,2025-01-01\n");
  CHECK_THROWS_AS(static_cast<void>(step->remove()), Error);
  CHECK_FALSE(data.archive("contacts").contains("contacts.csv.run1.csv"));
  CHECK_FALSE(data.archive("contacts").contains("contacts.csv.run1.meta.csv.pending"));
}

TEST_CASE("a step that is given up leaves the source as it was", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv", Then::archive);
  const std::string text = "id,last\n1,2020-01-01\n";
  data.write("contacts.csv", text);
  data.open();
  const GroupPlan plan = data.plan({"contacts"});
  data.source().next_step(plan, {})->copy();
  CHECK(data.bytes("contacts.csv") == text);
  CHECK(names_in(data.file("")) == Texts{"contacts.csv"});
  CHECK(data.archive("contacts").contains("contacts.csv.run1.meta.csv.pending"));
}

TEST_CASE("what an interrupted run left beside the source is removed", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last\n1,2020-01-01\n2,2025-01-01\n");
  data.write(".contacts.csv.oubli.tmp", "id,last\nhalf a li");
  data.open();
  CHECK(data.enforce({"contacts"})["contacts"].purged == 1);
  CHECK(names_in(data.file("")) == Texts{"contacts.csv"});
}

TEST_CASE("only records that may go do, and never more than the plan expects", "[unit][csv][I8][S20]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv", Then::archive);
  data.write("contacts.csv", "id,last\n1,2020-01-01\n2,2020-01-01\n3,2020-01-01\n4,2020-01-01\n");
  data.open();
  GroupPlan plan = data.plan({"contacts"});
  const OnlyKeys going({"2", "3", "4"});
  plan.going = &going;
  plan.tables[0].expected = 1;
  CHECK(data.enforce(plan)["contacts"].archived == 1);
  CHECK(data.bytes("contacts.csv") == "id,last\n1,2020-01-01\n3,2020-01-01\n4,2020-01-01\n");
  CHECK(data.enforce(plan)["contacts"].archived == 1);
  CHECK(data.bytes("contacts.csv") == "id,last\n1,2020-01-01\n4,2020-01-01\n");
  CHECK(data.archive("contacts").at("contacts.csv.run1-2.csv") == "id,last\n3,2020-01-01\n");
}

TEST_CASE("records that follow go with their root, into archives of their own", "[unit][csv][S12]") {
  CsvDatasetFixture data;
  data.add_table("orders", "orders.csv", Then::archive);
  data.add_table("lines", "lines-*.csv", Then::archive);
  data.follow("lines", "orders");
  data.write("orders.csv", "id,last\n1,2020-01-01\n2,2025-01-01\n");
  data.write("lines-1.csv", "id,parent_id\n10,1\n11,2\n");
  data.write("lines-2.csv", "id,parent_id\n12,1\n13,99\n");
  data.open();
  auto result = data.enforce({"lines", "orders"});
  CHECK(result["lines"].archived == 2);
  CHECK(result["orders"].archived == 1);
  CHECK(data.bytes("orders.csv") == "id,last\n2,2025-01-01\n");
  CHECK(data.bytes("lines-1.csv") == "id,parent_id\n11,2\n");
  CHECK(data.bytes("lines-2.csv") == "id,parent_id\n13,99\n");
  CHECK(data.archive("lines").at("lines-2.csv.run1.csv") == "id,parent_id\n12,1\n");
  std::size_t references = 0;
  data.source().for_each_reference(0, Side::archive, [&](const RecordKey&) { ++references; });
  CHECK(references == 2);
}

TEST_CASE("a group that goes as one is changed in one step", "[unit][csv][S20]") {
  CsvDatasetFixture data;
  data.add_table("people", "people.csv");
  data.add_table("firms", "firms.csv");
  data.write("people.csv", "id,last\n1,2020-01-01\n");
  data.write("firms.csv", "id,last\n1,2020-01-01\n");
  data.open();
  GroupPlan plan = data.plan({"people", "firms"});
  plan.as_one = true;
  const auto step = data.source().next_step(plan, {});
  step->copy();
  auto result = step->remove();
  CHECK(result["people"].purged == 1);
  CHECK(result["firms"].purged == 1);
  CHECK_FALSE(data.source().next_step(plan, {}));
}

TEST_CASE("a line appended before the removal is not lost", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last\n1,2020-01-01\n");
  data.open();
  const GroupPlan plan = data.plan({"contacts"});
  const auto step = data.source().next_step(plan, {});
  step->copy();
  std::ofstream(data.file("contacts.csv"), std::ios::app) << "2,2025-01-01\n";
  CHECK_THROWS_AS(static_cast<void>(step->remove()), Error);
  CHECK(data.bytes("contacts.csv") == "id,last\n1,2020-01-01\n2,2025-01-01\n");
}

}  // namespace oubli::test
