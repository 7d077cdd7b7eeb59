// What the CSV source delivers: the records of its files, judged, and nothing changed.
#include "oubli/diag/diagnostic.hpp"
#include "support/csv_dataset_fixture.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>

namespace oubli::test {

namespace {

using Texts = std::vector<std::string>;

std::string failure_of(CsvDatasetFixture& data, const std::string& table) {
  try {
    data.open(Access::read);
    static_cast<void>(data.records(table));
  } catch (const Error& error) {
    CHECK(error.cause() == Cause::dataset);
    return error.diagnostic().message;
  }
  return {};
}

}  // namespace

TEST_CASE("every record gets one outcome, known by its number in the file", "[unit][csv][S14]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  const std::string text =
      "id,last\n"
      "1,2020-01-01\n"
      "2,2025-01-01\n"
      "3,\n"
      "4,yesterday\n"
      "5,2020-01-01,too many\n"
      "\n"
      "7,2020-01-01";
  data.write("contacts.csv", text);
  data.open(Access::read);
  CHECK(data.outcomes("contacts") ==
        Texts{"purge", "keep", "undated", "unreadable", "malformed", "malformed", "purge"});
  const auto records = data.records("contacts");
  CHECK(records[6].row == 7);
  CHECK(records[6].file.empty());
  CHECK(records[6].key == Texts{"7"});
  CHECK(records[6].values == Texts{"2020-01-01"});
  CHECK(records[4].values.empty());
  CHECK(data.bytes("contacts.csv") == text);
}

TEST_CASE("an empty field is null, quoted or not", "[unit][csv][I3]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last\n\"\",\"\"\n,\n");
  data.open(Access::read);
  const auto records = data.records("contacts");
  REQUIRE(records.size() == 2);
  for (const auto& record : records) {
    CHECK(record.key == Texts{"NULL"});
    CHECK(record.values == Texts{"NULL"});
  }
}

TEST_CASE("columns are found by name, in any order, in files of any dialect", "[unit][csv]") {
  CsvDatasetFixture data;
  TableConfig& table = data.add_table("contacts", "contacts.csv");
  CsvDialect& dialect = table.files->dialect;
  SECTION("byte order mark, padded header, CR LF") {
    data.write("contacts.csv", "\xEF\xBB\xBF last , name,id\r\n2020-01-01,x,1\r\n");
  }
  SECTION("names given: there is no header line") {
    dialect.header = {"name", "last", "id"};
    data.write("contacts.csv", "x,2020-01-01,1\n");
  }
  SECTION("semicolon, single quotes, a trailing delimiter in every line") {
    dialect.delimiter = ';';
    dialect.quote = CsvDialect::Quote::single_quote;
    data.write("contacts.csv", "id;'last';\n1;'2020-01-01';\n");
  }
  SECTION("Windows-1252 in a column that isn't read") {
    dialect.encoding = CsvDialect::Encoding::windows_1252;
    data.write("contacts.csv", "pr\xE9nom,last,id\n\xE9,2020-01-01,1\n");
  }
  SECTION("doubled quotes in the header") { data.write("contacts.csv", "\"a \"\"b\"\"\",id,last\n,1,2020-01-01\n"); }
  data.open(Access::read);
  const auto records = data.records("contacts");
  REQUIRE(records.size() == 1);
  CHECK(records[0].outcome == "purge");
  CHECK(records[0].key == Texts{"1"});
}

TEST_CASE("text is UTF-8 whatever the file's encoding; what can't be decoded is malformed", "[unit][csv][S12]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv").files->dialect.encoding = CsvDialect::Encoding::windows_1252;
  data.write("contacts.csv", "id,last\n\"\xE9t\xE9 \"\"x\"\"\",2020-01-01\n\x81,2020-01-01\n");
  data.open(Access::read);
  const auto records = data.records("contacts");
  REQUIRE(records.size() == 2);
  CHECK(records[0].key == Texts{"été \"x\""});
  CHECK(records[1].outcome == "malformed");
}

TEST_CASE("a line is malformed by text in a column that no rule reads, too", "[unit][csv][S12]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last,note\n1,2020-01-01,caf\xE9\n2,2020-01-01,caf\xC3\xA9\n");
  data.open(Access::read);
  CHECK(data.outcomes("contacts") == Texts{"malformed", "purge"});
}

TEST_CASE("a glob is one table of its files in the order of their names", "[unit][csv][I2]") {
  CsvDatasetFixture data;
  TableConfig& table = data.add_table("visits", "visits-*.csv");
  data.write("visits-2.csv", "id,last\n3,2025-01-01\n");
  data.write("visits-1.csv", "last,id\n2020-01-01,1\n2025-01-01,2\n");
  data.write("others.csv", "id\n");
  data.write(".visits-3.csv", "id\n");
  SECTION("all of them") {
    data.open(Access::read);
    const auto records = data.records("visits");
    REQUIRE(records.size() == 3);
    CHECK(records[0].file == "visits-1.csv");
    CHECK(records[1].row == 2);
    CHECK(records[2].file == "visits-2.csv");
    CHECK(records[2].row == 1);
  }
  SECTION("but for the newest, where it is spared; the last name of those that are equally new") {
    const auto now = std::filesystem::last_write_time(data.file("visits-1.csv"));
    std::filesystem::last_write_time(data.file("visits-2.csv"), now);
    table.files->leave_newest = true;
    data.open(Access::read);
    CHECK(data.records("visits").size() == 2);
  }
}

TEST_CASE("a glob without match is an error unless it is allowed", "[unit][csv][I2]") {
  CsvDatasetFixture data;
  TableConfig& table = data.add_table("visits", "visits-*.csv");
  CHECK(failure_of(data, "visits") == "crm.visits: no file matches " + data.file("visits-*.csv").string());
  table.files->may_be_empty = true;
  data.open(Access::read);
  CHECK(data.records("visits").empty());
  CHECK(data.source().schema().at(0).columns.at(0).name == "id");
}

TEST_CASE("files that can't be told apart or trusted are refused", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  SECTION("ends inside quotes") {
    data.write("contacts.csv", "id,last\n1,\"2020-01-01\n");
    CHECK(failure_of(data, "contacts") == "crm.contacts: contacts.csv ends inside a quoted field that opens in line 2");
  }
  SECTION("symbolic link") {
    data.write("real.csv", "id,last\n");
    std::filesystem::create_symlink(data.file("real.csv"), data.file("contacts.csv"));
    CHECK(failure_of(data, "contacts") == "crm.contacts: contacts.csv is a symbolic link");
  }
  SECTION("FIFO") {
    REQUIRE(::mkfifo(data.file("contacts.csv").c_str(), 0600) == 0);
    CHECK(failure_of(data, "contacts") == "crm.contacts: contacts.csv is not a regular file");
  }
  SECTION("UTF-16") {
    data.write("contacts.csv", std::string_view("\xFF\xFEi\0d\0", 6));
    CHECK(failure_of(data, "contacts") == "crm.contacts: contacts.csv is in UTF-16, which isn't supported");
  }
  SECTION("a wanted column twice") {
    data.write("contacts.csv", "id,last,last\n");
    CHECK(failure_of(data, "contacts") == "crm.contacts: contacts.csv has more than one column `last`");
  }
  SECTION("a wanted column missing") {
    data.write("contacts.csv", "id,name\n");
    CHECK(failure_of(data, "contacts") == "crm.contacts: contacts.csv has no column `last`");
  }
}

TEST_CASE("a file that changes between two passes is an error, not another answer", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last\n1,2020-01-01\n");
  data.open(Access::read);
  CHECK(data.records("contacts").size() == 1);
  data.write("contacts.csv", "id,last\n1,2020-01-01\n2,2020-01-01\n");
  CHECK_THROWS_AS(data.records("contacts"), Error);
}

TEST_CASE("one record is chosen by its key or by its row", "[unit][csv][I5]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id,last\na,2020-01-01\nb,2021-01-01\nbroken\n");
  data.open(Access::read);
  TablePass pass = data.pass("contacts");
  pass.only = RecordChoice{{"b"}, {}};
  REQUIRE(data.records(pass).size() == 1);
  CHECK(data.records(pass)[0].row == 2);
  pass.only = RecordChoice{{}, 3};
  REQUIRE(data.records(pass).size() == 1);
  CHECK(data.records(pass)[0].outcome == "malformed");
}

TEST_CASE("the schema tells the columns of the header line and the declared key", "[unit][csv]") {
  CsvDatasetFixture data;
  data.add_table("contacts", "contacts.csv");
  data.write("contacts.csv", "id; last \n");
  data.rules().config.tables[0].files->dialect.delimiter = ';';
  const auto schema = data.open(Access::read).schema();
  REQUIRE(schema.size() == 1);
  REQUIRE(schema[0].columns.size() == 2);
  CHECK(schema[0].columns[1].name == "last");
  CHECK(schema[0].primary_key == Texts{"id"});
}

TEST_CASE("a record that follows has its root's decision, values and all", "[unit][csv][S12]") {
  CsvDatasetFixture data;
  data.add_table("orders", "orders.csv");
  data.add_table("lines", "lines.csv");
  data.add_table("notes", "notes.csv");
  data.follow("lines", "orders");
  data.follow("notes", "lines");
  data.write("orders.csv", "id,last\n1,2020-01-01\n2,2025-01-01\n3,2020-01-01\n3,2025-01-01\n");
  data.write("lines.csv", "id,parent_id\n10,1\n11,2\n12,\n13,99\n14,3\nbroken\n");
  data.write("notes.csv", "id,parent_id\n100,10\n101,11\n102,12\n");
  data.open(Access::read);
  CHECK(data.outcomes("lines") == Texts{"purge", "keep", "unassigned", "unassigned", "keep", "malformed"});
  CHECK(data.outcomes("notes") == Texts{"purge", "keep", "unassigned"});
  CHECK(data.records("lines")[0].values == Texts{"2020-01-01"});
  CHECK(data.records("lines")[0].key == Texts{"10"});
}

TEST_CASE("keys of both sides of a relation are equal when the texts are", "[unit][csv][S20]") {
  CsvDatasetFixture data;
  data.add_table("orders", "orders.csv").files->dialect.encoding = CsvDialect::Encoding::latin_1;
  data.add_table("payments", "payments.csv");
  data.relate("payments", "orders");
  data.write("orders.csv", "id,last\n\xE9,2020-01-01\n2,2020-01-01\n");
  data.write("payments.csv", "id,last,parent_id\n1,2025-01-01,é\n2,2025-01-01,\n3,2025-01-01,02\n");
  data.open(Access::read);
  TablePass orders = data.pass("orders");
  orders.as_parent = {0};
  TablePass payments = data.pass("payments");
  payments.as_child = {0};
  const auto parents = data.records(orders);
  const auto children = data.records(payments);
  CHECK(children[0].as_child[0] == parents[0].as_parent[0]);
  CHECK(children[1].as_child[0].null);
  CHECK_FALSE(children[2].as_child[0] == parents[1].as_parent[0]);
  std::vector<RecordKey> references;
  data.source().for_each_reference(0, Side::live, [&](const RecordKey& key) { references.push_back(key); });
  CHECK(references == std::vector{children[0].as_child[0], children[2].as_child[0]});
}

}  // namespace oubli::test
