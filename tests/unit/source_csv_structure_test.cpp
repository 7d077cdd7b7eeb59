// The quick way of reading a CSV file gives what the grammar gives byte by byte, whatever the
// instructions it is made of and wherever blocks and buffers end.
#include "source/csv/record_parser.hpp"
#include "source/csv/record_reader.hpp"

#include <catch2/catch.hpp>
#include <sys/mman.h>

#include <array>
#include <random>

namespace oubli::csv {

namespace {

struct ReadRecord {
  std::string bytes;
  std::vector<std::string> fields;
  std::vector<bool> doubled;
  bool malformed = false;
  friend bool operator==(const ReadRecord&, const ReadRecord&) = default;
};

/// What a file's records are, or why there are none.
struct Reading {
  std::vector<ReadRecord> records;
  bool is_refused = false;
  friend bool operator==(const Reading&, const Reading&) = default;
};

/// A file without a name.
Descriptor file_of(const std::string& text) {
  Descriptor file(::memfd_create("records", 0));
  write_all(file, text, "records");
  return file;
}

std::vector<Simd> available_simds() {
  std::vector<Simd> simds;
  for (const Simd simd : {Simd::scalar, Simd::sse2, Simd::avx2}) {
    if (is_available(simd)) simds.push_back(simd);
  }
  return simds;
}

ReadRecord read_record(std::string_view bytes, const RawFields& fields, bool is_malformed) {
  ReadRecord record{std::string(bytes), {}, {}, is_malformed};
  for (std::size_t i = 0; !is_malformed && i < fields.size(); ++i) {
    record.fields.emplace_back(fields[i].bytes);
    record.doubled.push_back(fields[i].has_doubled_quotes);
  }
  return record;
}

Reading read(const Descriptor& file, const CsvDialect& dialect, ReadingWay way) {
  Reading reading;
  const TextDecoder decoder(dialect.encoding);
  try {
    RecordReader reader(file, dialect, 0, "records", &decoder, way);
    for (RawRecord record; reader.next(record);) {
      if (record.is_sound_text && !decoder.can_decode(record.content)) FAIL("taken for sound: " << record.content);
      reading.records.push_back(read_record(record.bytes, record.fields, record.malformed));
    }
  } catch (const FileFault&) {
    reading = {{}, true};
  }
  return reading;
}

/// By the grammar alone.
Reading parsed(std::string_view text, Grammar grammar) {
  Reading reading;
  RecordParser parser(grammar);
  while (!text.empty()) {
    if (parser.parse(text, true) == RecordParser::Result::open_quote) return {{}, true};
    const std::size_t end = parser.field_ends().back();
    const std::string_view bytes = text.substr(0, end + 1);
    const std::string_view content = without_returns(text.substr(0, end));
    if (content.empty() && text.find_first_not_of("\r\n") == std::string_view::npos) break;
    const RawFields fields(content, text.data(), parser.field_ends(), grammar);
    reading.records.push_back(read_record(bytes, fields, parser.is_malformed()));
    text.remove_prefix(bytes.size());
  }
  return reading;
}

/// Files that are mostly in order, and as a rule odd somewhere.
class Writer {
 public:
  explicit Writer(unsigned seed) : m_random(seed) {}

  std::size_t number(std::size_t limit) { return m_random() % limit; }

  std::string text(const std::string& quote, const std::string& delimiter) {
    const std::array<std::string, 6> line_ends{"\n", "\n", "\n", "\r\n", "\r\r\n", "\r\r\r\n"};
    std::string text;
    for (std::size_t records = number(8); records > 0; --records) {
      for (std::size_t fields = number(5); fields > 0; --fields) text += field(quote, delimiter) + delimiter;
      text += field(quote, delimiter) + line_ends[number(line_ends.size())];
    }
    const std::array<std::string, 6> odd{quote, "\r", "\n", delimiter, "\xC3", "x"};
    for (std::size_t i = number(3); i > 0; --i) text.insert(number(text.size() + 1), odd[number(odd.size())]);
    if (number(4) == 0) text.resize(number(text.size() + 1));
    return text;
  }

 private:
  std::string plain() {
    const std::array<std::string, 12> pieces{"a",        " ",        "2024-02-29",   "é",    "€",        "\xF0\x9F\x98\x80",
                                             "\xE0\x80", "\xED\xA0", "\xC0\xAF",     "\x81", "\xE2\x82", "0123456789abcdef"};
    std::string text;
    const std::size_t choice = number(4) == 0 ? pieces.size() : 5;
    for (std::size_t count = number(6); count > 0; --count) text += pieces[number(choice)];
    return text;
  }

  std::string field(const std::string& quote, const std::string& delimiter) {
    if (number(3) != 0) return plain();
    const std::array<std::string, 5> inside{quote + quote, delimiter, "\n", "\r\n", "é"};
    std::string text = quote + plain();
    for (std::size_t count = number(4); count > 0; --count) text += inside[number(inside.size())] + plain();
    return text + quote;
  }

  std::mt19937 m_random;
};

/// Of what goes right nothing is put into words: there is too much of it.
void require_same(const Reading& reading, const Reading& expected, const ReadingWay& way, const std::string& text) {
  if (reading == expected) return;
  CAPTURE(way.simd, way.buffer_bytes, text);
  FAIL("read otherwise than by the grammar");
}

constexpr unsigned k_texts = 10'000;

}  // namespace

TEST_CASE("structure: records are the grammar's, however they are found", "[unit][csv]") {
  CsvDialect dialect;
  const std::array quotes{CsvDialect::Quote::double_quote, CsvDialect::Quote::single_quote, CsvDialect::Quote::none};
  const std::array encodings{CsvDialect::Encoding::utf8, CsvDialect::Encoding::windows_1252};
  const std::string delimiters = ",;\t";
  const auto simds = available_simds();
  for (unsigned seed = 0; seed < k_texts; ++seed) {
    Writer writer(seed);
    dialect.quote = quotes[writer.number(8) % quotes.size()];
    dialect.delimiter = delimiters[writer.number(delimiters.size())];
    dialect.encoding = encodings[writer.number(8) % encodings.size()];
    const char quote = dialect.quote == CsvDialect::Quote::single_quote ? '\'' : '"';
    const std::string text = writer.text({quote}, {dialect.delimiter});
    const Reading expected = parsed(text, {dialect.delimiter, dialect.quote != CsvDialect::Quote::none, quote});
    const Descriptor file = file_of(text);
    for (const Simd simd : simds) {
      const ReadingWay way{simd, 1 + writer.number(200)};
      require_same(read(file, dialect, way), expected, way, text);
    }
  }
}

TEST_CASE("structure: every seam of an adversarial file is met", "[unit][csv]") {
  const std::string text = GENERATE(as<std::string>(),
      "a,\"b\"\"\",\"c\r\n,\"\r\n\"\",é\",\"x\"\r\r\n\"\"\"\",,\r\n\"a\"b,\"c\nd\"\n\r\n1,2\"3,\"4\"\r\r\r\nend,\"\"",
      "a\"b,c\n1,d\"\n2,e\n",                      // quotes that are text, and look like a pair
      "a\"\"b,\"\n1,\"d\n2\n",                    // a doubled one that opens nothing
      "\"a\"\r,b\n\"c\"\r\r,d\n\"e\"\r\r\r\n\"f\"\r\r\n",  // CR after a closing quote
      "\"a\nb\"\"\nc\"\n\"\"\n\"\"\"\n\"\n");
  const auto simds = available_simds();
  for (std::size_t before = 0; before < 2 * k_block_bytes; ++before) {
    const std::string shifted = std::string(before, 'x') + "\n" + text;
    const Reading expected = parsed(shifted, {});
    REQUIRE(expected.records.size() > 2);
    const Descriptor file = file_of(shifted);
    for (const Simd simd : simds) {
      for (const std::size_t buffer_bytes : {1U, 2U, 3U, 5U, 16U, 63U, 64U, 65U, 100U, 128U, 1000U}) {
        const ReadingWay way{simd, buffer_bytes};
        require_same(read(file, {}, way), expected, way, shifted);
      }
    }
  }
}

TEST_CASE("structure: a file of more fields or records than the index has room for", "[unit][csv]") {
  std::string text = std::string(100'000, ',') + "\n";
  for (int i = 0; i < 50'000; ++i) text += "x\n";
  text += "a,b\n" + std::string(40'000, ',') + "\"\"\n1,2\n";
  const Reading expected = parsed(text, {});
  REQUIRE(expected.records.size() == 50'004);
  const Descriptor file = file_of(text);
  for (const Simd simd : available_simds()) CHECK((read(file, {}, {simd, 1U << 18U}) == expected));
}

TEST_CASE("structure: text that is no text is never taken for sound", "[unit][csv]") {
  struct Case {
    const char* name;
    CsvDialect::Encoding encoding;
    std::string bytes;
    bool is_text;
  };
  using Encoding = CsvDialect::Encoding;
  const auto c = GENERATE(values<Case>({
      {"UTF-8", Encoding::utf8, "\xC3\xA9\xE2\x82\xAC", true},
      {"cut short", Encoding::utf8, "\xC3", false},
      {"cut short after two", Encoding::utf8, "\xE2\x82", false},
      {"a continuation alone", Encoding::utf8, "\x80", false},
      {"overlong", Encoding::utf8, "\xC0\xAF", false},
      {"overlong, of three", Encoding::utf8, "\xE0\x80\x80", false},
      {"surrogate", Encoding::utf8, "\xED\xA0\x80", false},
      {"beyond Unicode", Encoding::utf8, "\xF4\x90\x80\x80", false},
      {"no lead byte", Encoding::utf8, "\xFF", false},
      {"Windows-1252", Encoding::windows_1252, "\xE9", true},
      {"Windows-1252 without a meaning", Encoding::windows_1252, "\x81", false},
      {"Latin-1", Encoding::latin_1, "\x81", true},
  }));
  CsvDialect dialect;
  dialect.encoding = c.encoding;
  const TextDecoder decoder(c.encoding);
  for (std::size_t before = 0; before < 2 * k_block_bytes; ++before) {
    const std::string line = std::string(before, 'x') + c.bytes + "\n";
    const Descriptor file = file_of("good\n" + line + c.bytes + "\nlast\n");
    for (const Simd simd : available_simds()) {
      CAPTURE(c.name, before, simd);
      RecordReader reader(file, dialect, 0, "records", &decoder, {simd});
      std::vector<bool> sound;
      for (RawRecord record; reader.next(record);) sound.push_back(record.is_sound_text || decoder.can_decode(record.content));
      CHECK(sound == std::vector<bool>{true, c.is_text, c.is_text, true});
    }
  }
}

TEST_CASE("structure: what one line's text lacks, the next line's doesn't make up for", "[unit][csv]") {
  const TextDecoder decoder(CsvDialect::Encoding::utf8);
  for (std::size_t before = 0; before < 2 * k_block_bytes; ++before) {
    const Descriptor file = file_of(std::string(before, 'x') + "\xE2\n\x80\nlast\n");
    for (const Simd simd : available_simds()) {
      CAPTURE(before, simd);
      RecordReader reader(file, {}, 0, "records", &decoder, {simd});
      RawRecord record;
      REQUIRE(reader.next(record));
      CHECK_FALSE(record.is_sound_text);
      REQUIRE(reader.next(record));
      CHECK_FALSE(record.is_sound_text);
    }
  }
}

TEST_CASE("structure: usual text is known to be sound without a second look", "[unit][csv]") {
  const std::string line = "Zoë,Müller,\"Straße 1, Köln\",10 €,2024-02-29\r\n";
  std::string text;
  for (int i = 0; i < 100; ++i) text += line;
  const Descriptor file = file_of(text);
  const TextDecoder decoder(CsvDialect::Encoding::utf8);
  for (const Simd simd : available_simds()) {
    RecordReader reader(file, {}, 0, "records", &decoder, {simd});
    int sound = 0;
    for (RawRecord record; reader.next(record);) sound += record.is_sound_text ? 1 : 0;
    CHECK(sound == 100);
  }
}

}  // namespace oubli::csv
