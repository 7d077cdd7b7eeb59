/// How a CSV file is guessed to be written.
#include "oubli/proposal/dialect.hpp"
#include "oubli/proposal/file_groups.hpp"
#include "proposal/encoding.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace oubli;

namespace {

using Quote = CsvDialect::Quote;
using Encoding = CsvDialect::Encoding;

GuessedFiles guessed(const std::string& text) {
  auto guess = guess_dialect(text, true);
  REQUIRE(std::holds_alternative<GuessedFiles>(guess));
  return std::get<GuessedFiles>(guess);
}

std::string refused(const std::string& text) {
  const auto guess = guess_dialect(text, true);
  REQUIRE(std::holds_alternative<NoDialect>(guess));
  return std::get<NoDialect>(guess).because;
}

}  // namespace

TEST_CASE("guess_dialect: the delimiter that cuts lines most evenly", "[unit][proposal][csv]") {
  CHECK(guessed("id,name\n1,\"a;b\"\n2,c;d\n").files.dialect.delimiter == ',');
  CHECK(guessed("id;name;amount\n1;a;1,50\n2;b;2,75\n").files.dialect.delimiter == ';');
  CHECK(guessed("id\tname\n1\ta, b\n2\tc\n").files.dialect.delimiter == '\t');
  CHECK(guessed("id|date|time\n1|2024-01-31|10:00\n2|2024-01-31|11:00\n").files.dialect.delimiter == '|');
  CHECK(guessed("id;name;amount\n1;a;1,50\n2;b;2,75\n").delimiter == "3 columns in 3 lines");
  CHECK(guessed("id\n1\n2\n").delimiter == "one column: no line has a mark that cuts it");
}

TEST_CASE("guess_dialect: which quotes are quotes", "[unit][proposal][csv]") {
  CHECK(guessed("id,name\n1,\"a, b\"\n2,\"c\"\"d\"\n").files.dialect.quote == Quote::double_quote);
  CHECK(guessed("id,name\n1,'a, b'\n2,'c'\n").files.dialect.quote == Quote::single_quote);
  CHECK(guessed("id\tname\n1\t\"a\n2\t\"b\" c\n3\td\n").files.dialect.quote == Quote::none);
  CHECK(guessed("id,name\n1,it's\n2,the \"a\" here\n").files.dialect.quote == Quote::double_quote);
  CHECK(guessed("id,text\n1,\"a\nb\"\n2,\"c\nd\"\n").delimiter == "2 columns in 3 lines");
}

TEST_CASE("guess_dialect: the encoding, by letters where only one has them", "[unit][proposal][csv]") {
  CHECK(guessed("id,nom\n1,abc\n").files.dialect.encoding == Encoding::utf8);
  CHECK(guessed("id,nom\n1,Jérôme\n").files.dialect.encoding == Encoding::utf8);
  CHECK(guessed("\xEF\xBB\xBFid,nom\n1,Jérôme\n").files.dialect.encoding == Encoding::utf8);
  CHECK(guessed("id,nom\n1,J\xE9r\xF4me\n").files.dialect.encoding == Encoding::windows_1252);
  CHECK(guessed("id,prix\n1,12 \xA4\n2,c\xBDur\n").files.dialect.encoding == Encoding::latin_9);
  CHECK(guessed("id,nom\n1,J\x82r\x93me\n").files.dialect.encoding == Encoding::cp850);
}

TEST_CASE("encoding_of: a character cut by the end of what was read is no fault", "[unit][proposal][csv]") {
  CHECK(proposal::encoding_of("ab\xC3", false).value == Encoding::utf8);
  CHECK(proposal::encoding_of("ab\xC3", true).value != Encoding::utf8);
}

TEST_CASE("guess_dialect: a header is believed where names stand in it", "[unit][proposal][csv]") {
  for (const auto* with : {"id,name\n1,Ada\n", "Nom;Prénom;Date de naissance\nDurand;Luc;1970-02-03\n",
                           "JournalCode\tEcritureDate\tDebit\nAC\t20230131\t0,00\n"}) {
    CAPTURE(with);
    CHECK(guessed(with).files.dialect.header.empty());
  }
}

TEST_CASE("guess_dialect: a record is never taken for a header", "[unit][proposal][csv]") {
  for (const auto* without :
       {"Durand,Luc,1970-02-03\nMartin,Eve,1980-03-04\n", "1,Durand\n2,Martin\n", "Durand,Luc\nMartin,Eve\n",
        "ada@example.org,Ada\nbob@example.org,Bob\n", "Durand,Luc,Paris\nMartin,Eve,Paris\n"}) {
    CAPTURE(without);
    const auto header = guessed(without).files.dialect.header;
    REQUIRE_FALSE(header.empty());
    CHECK(header.front() == "column_1");
  }
}

TEST_CASE("guess_dialect: what is no CSV is refused, and why", "[unit][proposal][csv]") {
  CHECK(refused("\xFF\xFEi\0d\0") == "it is in UTF-16: convert it to UTF-8");
  CHECK(refused(std::string("PK\x03\x04\0\0", 6)) == "it is no text");
  CHECK(refused("\n\n") == "it has no line");
}

TEST_CASE("tables_of_files: exports made day by day are one table", "[unit][proposal][csv]") {
  const auto file = [](const char* name, const char* text) {
    return CsvFileShape{name, guessed(text), std::string(text).substr(0, std::string(text).find('\n'))};
  };
  const auto visits = "id,ip\n1,192.0.2.1\n";
  const std::vector<std::string> all{"visits-2026-01.csv", "visits-2026-02.csv", "users.csv"};
  const auto tables = tables_of_files(
      {file("visits-2026-01.csv", visits), file("visits-2026-02.csv", visits), file("users.csv", "id,name\n1,Ada\n")},
      all);
  REQUIRE(tables.size() == 2);
  CHECK(tables[0].name == "users");
  CHECK(tables[0].files.files.glob == "users.csv");
  CHECK(tables[1].name == "visits");
  CHECK(tables[1].files.files.glob == "visits-*.csv");
}

TEST_CASE("tables_of_files: another header, or a stranger under the pattern, keeps files apart",
          "[unit][proposal][csv]") {
  const auto file = [](const char* name, const char* text) {
    return CsvFileShape{name, guessed(text), std::string(text).substr(0, std::string(text).find('\n'))};
  };
  CHECK(tables_of_files({file("a1.csv", "id,ip\n1,2\n"), file("a2.csv", "id,name\n1,b\n")}, {"a1.csv", "a2.csv"})
            .size() == 2);
  const auto apart =
      tables_of_files({file("a1.csv", "id,ip\n1,2\n"), file("a2.csv", "id,ip\n1,2\n")}, {"a1.csv", "a2.csv", "ab.csv"});
  REQUIRE(apart.size() == 2);
  CHECK(apart[0].name == "a1");
  CHECK(apart[0].files.files.glob == "a1.csv");
}

TEST_CASE("tables_of_files: signs of a pattern in a name stand for themselves", "[unit][proposal][csv]") {
  const CsvFileShape file{"a[b]*.csv", guessed("id,name\n1,Ada\n"), "id,name"};
  CHECK(tables_of_files({file}, {file.name}).front().files.files.glob == "a[[]b][*].csv");
}
