// The grammar of CSV files: which bytes are which field of which record.
#include "source/csv/record_end.hpp"
#include "source/csv/record_reader.hpp"
#include "source/csv/text_decoder.hpp"
#include "support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace oubli::csv {

namespace {

using test::TemporaryFolder;
using Fields = std::vector<std::string>;

CsvDialect dialect_of(char delimiter, CsvDialect::Quote quote = CsvDialect::Quote::double_quote) {
  CsvDialect dialect;
  dialect.delimiter = delimiter;
  dialect.quote = quote;
  return dialect;
}

struct ReadRecord {
  Fields fields;
  std::string bytes;
  bool malformed = false;
};

std::vector<ReadRecord> read(const std::string& text, const CsvDialect& dialect = {}) {
  const TemporaryFolder folder;
  static_cast<void>(folder.write("a.csv", text));
  const Descriptor file = Folder(folder.path()).open_file("a.csv");
  RecordReader reader(file, dialect, 0, "a.csv");
  std::vector<ReadRecord> records;
  for (RawRecord record; reader.next(record);) {
    const auto begin = static_cast<std::size_t>(record.begin);
    ReadRecord read{{}, text.substr(begin, static_cast<std::size_t>(record.end) - begin), record.malformed};
    for (std::size_t i = 0; i < record.fields.size(); ++i) read.fields.emplace_back(record.fields[i].bytes);
    records.push_back(read);
  }
  return records;
}

std::string joined(const std::vector<ReadRecord>& records) {
  std::string bytes;
  for (const auto& record : records) bytes += record.bytes;
  return bytes;
}

std::string message_of(const std::string& text, const CsvDialect& dialect = {}) {
  try {
    static_cast<void>(read(text, dialect));
  } catch (const FileFault& fault) {
    return fault.what();
  }
  return {};
}

}  // namespace

TEST_CASE("a record's fields are what stands between delimiters and quotes", "[unit][csv]") {
  struct Case {
    const char* name;
    std::string text;
    Fields fields;
    CsvDialect dialect;
  };
  const auto none = CsvDialect::Quote::none;
  const auto single = CsvDialect::Quote::single_quote;
  const auto c = GENERATE_COPY(values<Case>({
      {"plain", "a,b,c\n", {"a", "b", "c"}, {}},
      {"empty fields at both ends", ",b,\n", {"", "b", ""}, {}},
      {"no last line end", "a,b", {"a", "b"}, {}},
      {"delimiter at the end of the file", "a,", {"a", ""}, {}},
      {"CR LF", "a,b\r\n", {"a", "b"}, {}},
      {"CR CR LF", "a,b\r\r\n", {"a", "b"}, {}},
      {"three CR: one is text", "a,b\r\r\r\n", {"a", "b\r"}, {}},
      {"CR inside a line is text", "a\rb,c\n", {"a\rb", "c"}, {}},
      {"quoted", "\"a\",\"b\"\n", {"a", "b"}, {}},
      {"quoted before CR CR LF", "a,\"b\"\r\r\n", {"a", "b"}, {}},
      {"quoted CR before the closing quote", "a,\"b\r\"\n", {"a", "b\r"}, {}},
      {"delimiter in quotes", "\"a,b\",c\n", {"a,b", "c"}, {}},
      {"line ends in quotes", "\"a\r\nb\n\",c\n", {"a\r\nb\n", "c"}, {}},
      {"empty in quotes", "\"\",b\n", {"", "b"}, {}},
      {"a quote that doesn't open the field is text", "a\"b\"c,\" d\n\"\n", {"a\"b\"c", " d\n"}, {}},
      {"a space before a quote makes it text", "a, \"b\"\n", {"a", " \"b\""}, {}},
      {"quote at the end of the file", "a,\"b\"", {"a", "b"}, {}},
      {"no quoting", "\"a,b\"\n", {"\"a", "b\""}, dialect_of(',', none)},
      {"single quotes", "'a,b',\"c\n", {"a,b", "\"c"}, dialect_of(',', single)},
      {"semicolon", "a,b;c\n", {"a,b", "c"}, dialect_of(';')},
      {"tab", "a b\tc\n", {"a b", "c"}, dialect_of('\t')},
      {"pipe", "a|\"b|c\"\n", {"a", "b|c"}, dialect_of('|')},
      {"a byte beyond ASCII", "a\xA7 b\n", {"a", " b"}, dialect_of('\xA7')},
  }));
  CAPTURE(c.name);
  const auto records = read(c.text, c.dialect);
  REQUIRE(records.size() == 1);
  CHECK(records[0].fields == c.fields);
  CHECK_FALSE(records[0].malformed);
  CHECK(records[0].bytes == c.text);
}

TEST_CASE("a doubled quote is part of the field and told to the reader", "[unit][csv]") {
  const TemporaryFolder folder;
  static_cast<void>(folder.write("a.csv", "\"a \"\"b\"\"\",\"\"\"\"\n"));
  const Descriptor file = Folder(folder.path()).open_file("a.csv");
  RecordReader reader(file, {}, 0, "a.csv");
  RawRecord record;
  REQUIRE(reader.next(record));
  REQUIRE(record.fields.size() == 2);
  CHECK(record.fields[0].bytes == "a \"\"b\"\"");
  CHECK(record.fields[0].has_doubled_quotes);
  CHECK(record.fields[1].bytes == "\"\"");
  CHECK_FALSE(record.malformed);
}

TEST_CASE("mixed line ends are kept with their records", "[unit][csv]") {
  const std::string text = "a,1\nb,2\r\nc,3\r\r\nd,4";
  const auto records = read(text);
  REQUIRE(records.size() == 4);
  CHECK(records[1].bytes == "b,2\r\n");
  CHECK(records[2].fields == Fields{"c", "3"});
  CHECK(joined(records) == text);
}

TEST_CASE("text after a closing quote makes its record malformed, not the next one", "[unit][csv][S12]") {
  const auto records = read("\"he said \"hi\" to me\",b\nc,d\n");
  REQUIRE(records.size() == 2);
  CHECK(records[0].malformed);
  CHECK(records[0].bytes == "\"he said \"hi\" to me\",b\n");
  CHECK(records[1].fields == Fields{"c", "d"});
  CHECK_FALSE(records[1].malformed);
}

TEST_CASE("an empty line is a record of one empty field; at the end of the file it is none", "[unit][csv]") {
  const auto records = read("a,b\n\r\n\nc,d\n\n\r\n\n");
  REQUIRE(records.size() == 4);
  CHECK(records[1].fields == Fields{""});
  CHECK(records[2].fields == Fields{""});
  CHECK(records[3].bytes == "c,d\n");
  CHECK(read("\n\n").empty());
  CHECK(read("").empty());
}

TEST_CASE("a file that ends inside quotes is refused, with the line where they open", "[unit][csv]") {
  CHECK(message_of("a,b\nc,\"d\ne,f\n") == "a.csv ends inside a quoted field that opens in line 2");
  CHECK(message_of("\"a\"\"") == "a.csv ends inside a quoted field that opens in line 1");
  CHECK(message_of("a\nb\n\"" + std::string(3'000'000, 'x')) ==
        "a.csv ends inside a quoted field that opens in line 3");
  CHECK(message_of("a,\"b\n", dialect_of(',', CsvDialect::Quote::none)).empty());
}

TEST_CASE("a record over 1 MiB is malformed and passed over in constant memory", "[unit][csv]") {
  const std::string longest(RecordReader::k_longest_record, 'x');
  const std::string quoted = "\"" + std::string(5'000'000, '\n') + "\",b\n";
  const std::string text = longest + "\n" + longest + "y\n" + "a,b\n" + quoted + "c,d\n";
  const auto records = read(text);
  REQUIRE(records.size() == 5);
  CHECK_FALSE(records[0].malformed);
  CHECK(records[1].malformed);
  CHECK(records[2].fields == Fields{"a", "b"});
  CHECK(records[3].malformed);
  CHECK(records[3].bytes == quoted);
  CHECK(records[4].fields == Fields{"c", "d"});
  CHECK(joined(records) == text);
}

TEST_CASE("records are cut alike wherever the buffer ends, and as a byte-by-byte reading cuts them", "[unit][csv]") {
  std::mt19937 random(20261122);
  const std::string alphabet = "aa,,\"\"\n\r;b";
  std::string text;
  while (text.size() < 1'500'000) {
    const bool is_long = random() % 400 == 0;
    if (is_long) text += '"' + std::string(random() % 5000, '\n') + "\"";
    text += alphabet[random() % alphabet.size()];
  }
  text += "\"\n";  // closes, or opens and is closed below
  if (!message_of(text).empty()) text += "\"\nend\n";
  const auto records = read(text);
  std::size_t at = 0;
  for (const auto& record : records) {
    RecordEnd scanner(',', '"');
    const std::size_t length = scanner.feed(std::string_view(text).substr(at));
    REQUIRE(length == record.bytes.size());
    at += length;
  }
  CHECK(text.find_first_not_of("\r\n", at) == std::string::npos);
}

TEST_CASE("text is decoded strictly", "[unit][csv]") {
  struct Case {
    const char* name;
    CsvDialect::Encoding encoding;
    std::string bytes;
    std::optional<std::string> text;
  };
  using Encoding = CsvDialect::Encoding;
  const auto c = GENERATE(values<Case>({
      {"UTF-8", Encoding::utf8, "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "é€😀"},
      {"UTF-8 cut short", Encoding::utf8, "a\xC3", std::nullopt},
      {"UTF-8 overlong", Encoding::utf8, "\xC0\xAF", std::nullopt},
      {"UTF-8 surrogate", Encoding::utf8, "\xED\xA0\x80", std::nullopt},
      {"UTF-8 beyond Unicode", Encoding::utf8, "\xF4\x90\x80\x80", std::nullopt},
      {"Latin-1 declared as UTF-8", Encoding::utf8, "caf\xE9", std::nullopt},
      {"Windows-1252", Encoding::windows_1252, "caf\xE9 \x80", "café €"},
      {"Windows-1252 without a meaning", Encoding::windows_1252, "\x81", std::nullopt},
      {"Latin-1", Encoding::latin_1, "\xE9\xA4", "é¤"},
      {"Latin-9", Encoding::latin_9, "\xE9\xA4", "é€"},
      {"code page 850", Encoding::cp850, "\x82t\x82", "été"},
  }));
  CAPTURE(c.name);
  std::string scratch;
  scratch.reserve(TextDecoder::k_growth * c.bytes.size());
  const auto text = TextDecoder(c.encoding).decode(c.bytes, scratch);
  CHECK(text == c.text);
}

}  // namespace oubli::csv
