/// Emptying and masking fields of CSV records: the fields, and every other byte.
#include "source/csv/field_writer.hpp"
#include "support/csv_dataset_fixture.hpp"

#include <catch2/catch.hpp>

using namespace oubli;
using namespace oubli::test;

namespace {

class Unstopped : public GoingRecords {
 public:
  [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return false; }
  [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord& record) const override {
    return !removes(record.judgement.outcome) && !record.judgement.rewrites.empty();
  }
};

/// Records with a `last` before 2023 stay, but lose `email`, by `mask`.
void minimise(CsvDatasetFixture& crm, const std::string& table, Mask mask = {}) {
  TableRules& rules = crm.ruled(table).rules;
  rules.minimises = true;
  rules.categories = {"contact"};
  rules.purposes[0].categories = {0};
  PurposeRule& other = rules.purposes.emplace_back(rules.purposes[0]);
  other.active->period = {90, 0, 0, 0};
  other.categories.clear();
  rules.personal = {{"email", 1, std::move(mask)}};
}

std::int64_t rewrite(CsvDatasetFixture& crm, const std::string& table) {
  auto& source = crm.open();
  const TablePlan plan{crm.pass(table), 1'000};
  const Unstopped unstopped;
  const auto rewriting = source.rewriting(plan, unstopped);
  std::int64_t minimised = 0;
  while (const auto change = rewriting->next({})) minimised += change->minimised;
  return minimised;
}

struct Case {
  const char* name;
  const char* before;
  const char* after;
};

}  // namespace

TEST_CASE("csv: a field is emptied, every other byte stays", "[unit][csv][S15]") {
  const auto c = GENERATE(values<Case>({
      {"plain", "id,email,last\n1,a@b,2020-01-01\n2,c@d,2025-01-01\n",
       "id,email,last\n1,,2020-01-01\n2,c@d,2025-01-01\n"},
      {"quoted", "id,email,last\n1,\"a@b\",\"2020-01-01\"\n", "id,email,last\n1,\"\",\"2020-01-01\"\n"},
      {"quotes and line ends inside", "email,id,last\r\n\"a\"\"\r\nb,\",1,2020-01-01\r\n",
       "email,id,last\r\n\"\",1,2020-01-01\r\n"},
      {"no last line end", "id,last,email\n1,2020-01-01,a@b", "id,last,email\n1,2020-01-01,"},
      {"a byte order mark and empty lines at the end", "\xEF\xBB\xBFid,email,last\n1,a@b,2020-01-01\n\n\n",
       "\xEF\xBB\xBFid,email,last\n1,,2020-01-01\n\n\n"},
      {"malformed lines stay", "id,email,last\n1,a@b,2020-01-01,x\n2,c@d,2020-01-01\n",
       "id,email,last\n1,a@b,2020-01-01,x\n2,,2020-01-01\n"},
  }));
  CAPTURE(c.name);
  CsvDatasetFixture crm;
  crm.write("people.csv", c.before);
  crm.add_table("people", "people.csv");
  minimise(crm, "people");
  CHECK(rewrite(crm, "people") == 1);
  CHECK(crm.bytes("people.csv") == c.after);
  CHECK(rewrite(crm, "people") == 0);
  CHECK(crm.bytes("people.csv") == c.after);
}

TEST_CASE("csv: every file of a glob is written anew where it must be, and only there", "[unit][csv][S15]") {
  CsvDatasetFixture crm;
  crm.write("p1.csv", "id,email,last\n1,a@b,2020-01-01\n");
  crm.write("p2.csv", "id,email,last\n2,c@d,2025-01-01\n");
  crm.write("p3.csv", "id,email,last\n3,e@f,2020-01-01\n");
  crm.add_table("people", "p*.csv");
  minimise(crm, "people");
  const auto untouched = std::filesystem::last_write_time(crm.file("p2.csv"));
  CHECK(rewrite(crm, "people") == 2);
  CHECK(crm.bytes("p1.csv") == "id,email,last\n1,,2020-01-01\n");
  CHECK(crm.bytes("p3.csv") == "id,email,last\n3,,2020-01-01\n");
  CHECK(std::filesystem::last_write_time(crm.file("p2.csv")) == untouched);
}

TEST_CASE("csv: a mask is written in the file's own encoding and dialect", "[unit][csv][S17]") {
  CsvDatasetFixture crm;
  crm.write("people.csv", "id;email;last\n1;'\xE9t\xE9';2020-01-01\n2;\xE9l\xE8ve;2020-01-01\n");
  CsvDialect& dialect = crm.add_table("people", "people.csv").files->dialect;
  dialect.delimiter = ';';
  dialect.quote = CsvDialect::Quote::single_quote;
  dialect.encoding = CsvDialect::Encoding::windows_1252;
  SECTION("its first characters") {
    minimise(crm, "people", {Mask::Kind::truncate, "", 2});
    CHECK(rewrite(crm, "people") == 2);
    CHECK(crm.bytes("people.csv") == "id;email;last\n1;'\xE9t';2020-01-01\n2;\xE9l;2020-01-01\n");
  }
  SECTION("a constant that needs quotes") {
    minimise(crm, "people", {Mask::Kind::constant, "é;à"});
    CHECK(rewrite(crm, "people") == 2);
    CHECK(crm.bytes("people.csv") == "id;email;last\n1;'\xE9;\xE0';2020-01-01\n2;'\xE9;\xE0';2020-01-01\n");
  }
}

TEST_CASE("csv: a mask that the file can't hold is refused before the first change", "[unit][csv][S17]") {
  CsvDatasetFixture crm;
  const char* const text = "id;email;last\n1;a@b;2020-01-01\n";
  crm.write("people.csv", text);
  CsvDialect& dialect = crm.add_table("people", "people.csv").files->dialect;
  dialect.delimiter = ';';
  dialect.quote = CsvDialect::Quote::none;
  dialect.encoding = CsvDialect::Encoding::latin_1;
  SECTION("a character its encoding lacks") {
    minimise(crm, "people", {Mask::Kind::constant, "€"});
    CHECK_THROWS_WITH(rewrite(crm, "people"),
                      "crm.people: column `email`: a mask has characters that the encoding of the file lacks");
  }
  SECTION("its delimiter, where there are no quotes") {
    minimise(crm, "people", {Mask::Kind::constant, "a;b"});
    CHECK_THROWS_WITH(rewrite(crm, "people"), "crm.people: column `email`: a mask can't be written without quotes");
  }
  CHECK(crm.bytes("people.csv") == text);
}

TEST_CASE("csv: a record of one field doesn't become an empty line", "[unit][csv][S15]") {
  const csv::FieldWriter writer{CsvDialect{}};
  const std::string line = "secret\n";
  const std::string_view content = std::string_view(line).substr(0, 6);
  const std::uint32_t end = 6;
  const csv::RawRecord record{0, 7, line, content, csv::RawFields(content, line.data(), {&end, 1}, {})};
  CHECK(writer.rewritten(record, {{0, ""}}) == "\"\"\n");
}
