// A pass by several threads has the outcome of a pass by one, wherever the files are cut and however
// badly they lend themselves to it.
#include "oubli/model/tally_of_many.hpp"
#include "oubli/source/counting_sink.hpp"
#include "source/csv/csv_source.hpp"
#include "support/csv_dataset_fixture.hpp"
#include "support/tally_text.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <random>

namespace oubli::test {

namespace {

struct SeenRow {
  std::string file;
  std::int64_t row = 0;
  std::string outcome;
  std::string last;
  friend bool operator==(const SeenRow&, const SeenRow&) = default;
};

/// Lets its records be read in parts.
class Rows : public RecordSink {
 public:
  void record(const JudgedRecord& record) override {
    const auto& values = record.facts.values;
    rows.push_back({std::string(record.file), record.row, std::string(to_text(record.judgement.outcome)),
                    values.empty() ? "" : std::string(values[0].bytes)});
  }
  [[nodiscard]] std::unique_ptr<RecordSink> part() const override { return std::make_unique<Rows>(); }
  void join(const RecordSink& part, std::int64_t rows_before) override {
    const std::string file = static_cast<const Rows&>(part).rows.empty() ? "" : static_cast<const Rows&>(part).rows[0].file;
    for (SeenRow row : static_cast<const Rows&>(part).rows) {
      if (row.file == file) row.row += rows_before;
      rows.push_back(row);
    }
    ++parts;
  }

  std::vector<SeenRow> rows;
  int parts = 0;
};

/// Judges each record, one after the other.
class EachCounted : public RecordSink {
 public:
  void record(const JudgedRecord& record) override { tally.add(record.judgement, record.judgement.outcome, record.row); }
  TableTally tally;
};

/// Lets its records be counted by number, and in parts.
class Counted : public CountingSink {
 public:
  void record(const JudgedRecord& record) override { tally.add(record.judgement, record.judgement.outcome, record.row); }
  [[nodiscard]] bool takes_number(const Judgement& judgement) const override { return !wants_rows(tally, judgement); }
  void add(const Judgement& judgement, std::int64_t records) override {
    add_many(tally, judgement, records);
    by_number += records;
  }
  [[nodiscard]] std::unique_ptr<RecordSink> part() const override { return std::make_unique<Counted>(); }
  void join(const RecordSink& part, std::int64_t rows_before) override {
    tally.append(static_cast<const Counted&>(part).tally, rows_before);
    by_number += static_cast<const Counted&>(part).by_number;
  }

  TableTally tally;
  std::int64_t by_number = 0;
};

/// What a pass of a sink came to: its tally, and the message it ended with.
std::string counted(CsvDatasetFixture& data, const csv::PassWay& way, RecordSink& sink, const TableTally& tally) {
  data.open(Access::read);
  const auto source = open_csv_source(data.rules().config, Access::read, way);
  source->set_rules(data.rules());
  TablePass pass = data.pass("visits");
  pass.with_key = false;
  std::string fault;
  try {
    source->for_each(pass, sink);
  } catch (const Error& error) {
    fault = error.what();
  }
  return text_of(tally) + "\n" + fault;
}

/// What a pass came to: its rows, and the message it ended with.
struct Outcome {
  std::vector<SeenRow> rows;
  std::string fault;
  int parts = 0;
};

Outcome read(CsvDatasetFixture& data, const csv::PassWay& way) {
  data.open(Access::read);
  const auto source = open_csv_source(data.rules().config, Access::read, way);
  source->set_rules(data.rules());
  Rows rows;
  Outcome outcome;
  try {
    source->for_each(data.pass("visits"), rows);
  } catch (const Error& error) {
    outcome.fault = error.what();
  }
  outcome.rows = rows.rows;
  outcome.parts = rows.parts;
  return outcome;
}

csv::PassWay way_of(unsigned threads, std::int64_t least_bytes, std::size_t buffer_bytes) {
  csv::PassWay way;
  way.threads = threads;
  way.least_bytes = least_bytes;
  way.reading.buffer_bytes = buffer_bytes;
  return way;
}

class Random {
 public:
  explicit Random(unsigned seed) : m_engine(seed) {}
  std::size_t operator()(std::size_t limit) { return m_engine() % limit; }

 private:
  std::mt19937 m_engine;
};

/// Records that make any guess go wrong sooner or later: quotes hold whole lines of the right width.
std::string adversarial_text(Random& random) {
  const std::array<std::string, 12> records{"1,2020-01-01,a\n",
                                            "2,2025-06-30,b\r\n",
                                            "3,,\n",
                                            "4,2020-01-01,\"x\n9,1999-01-01,y\nz\"\n",
                                            "5,\"2020-01-01\",\"\"\"\n,,\n\"\"\"\r\n",
                                            "6,2024-02-29,\"\r\n\"\r\r\n",
                                            "7,2020-01-01\n",
                                            "8,2020-01-01,\"a\"b\n",
                                            "9,2020-01-01,a\"b\n",
                                            "\n",
                                            "10,someday,\xE9\n",
                                            "11,2020-01-01,\"1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n1,2,3\n\"\n"};
  std::string text = "id,last,note\n";
  for (std::size_t count = random(60); count > 0; --count) text += records[random(records.size())];
  if (random(4) == 0) text += "\n\r\n\n";
  if (random(6) == 0) text += "12,2020-01-01,\"never closed\n";
  if (random(3) == 0 && text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

TEST_CASE("csv: any number of threads sees what one sees", "[unit][csv][threads]") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Random random(seed);
    CsvDatasetFixture data;
    data.add_table("visits", "visits*.csv").key.clear();
    const std::size_t files = 1 + (random(2) == 0 ? random(5) : 0);
    for (std::size_t file = 0; file < files; ++file) {
      data.write("visits" + std::to_string(file) + ".csv", random(10) == 0 ? "" : adversarial_text(random));
    }
    const Outcome expected = read(data, way_of(1, 1, 1U << 16U));
    for (int i = 0; i < 4; ++i) {
      const unsigned threads = static_cast<unsigned>(2 + random(6));
      const auto way = way_of(threads, static_cast<std::int64_t>(1 + random(200)), 1 + random(300));
      const Outcome outcome = read(data, way);
      CAPTURE(seed, threads, way.least_bytes, way.reading.buffer_bytes);
      REQUIRE((outcome.rows == expected.rows));
      REQUIRE(outcome.fault == expected.fault);
    }
  }
}

TEST_CASE("csv: records counted by number are the records there are", "[unit][csv][threads]") {
  std::int64_t by_number = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    Random random(seed);
    CsvDatasetFixture data;
    data.add_table("visits", "visits*.csv").key.clear();
    for (std::size_t file = 0; file <= random(3); ++file) {
      data.write("visits" + std::to_string(file) + ".csv", adversarial_text(random));
    }
    EachCounted each;
    const std::string expected = counted(data, way_of(1, 1, 1U << 16U), each, each.tally);
    for (int i = 0; i < 4; ++i) {
      const auto way = way_of(static_cast<unsigned>(1 + random(6)), static_cast<std::int64_t>(1 + random(300)), 1 + random(400));
      Counted many;
      const std::string found = counted(data, way, many, many.tally);
      by_number += many.by_number;
      CAPTURE(seed, way.threads, way.least_bytes, way.reading.buffer_bytes);
      REQUIRE(found == expected);
    }
  }
  CHECK(by_number > 1'000);
}

TEST_CASE("csv: a large file is read in parts, a small one, or one record, is not", "[unit][csv][threads]") {
  CsvDatasetFixture data;
  data.add_table("visits", "visits.csv").key.clear();
  std::string text = "id,last\n";
  for (int i = 0; i < 1'000; ++i) text += "1,2020-01-01\n";
  data.write("visits.csv", text);
  const Outcome outcome = read(data, way_of(4, 100, 1U << 16U));
  CHECK(outcome.parts == 4);
  CHECK(outcome.rows.size() == 1'000);
  CHECK(outcome.rows.back().row == 1'000);
  CHECK(read(data, way_of(4, 1U << 22U, 1U << 16U)).parts == 0);
  CHECK(read(data, way_of(1, 100, 1U << 16U)).parts == 0);
}

TEST_CASE("csv: a guess that goes wrong is made good", "[unit][csv][threads]") {
  CsvDatasetFixture data;
  data.add_table("visits", "visits.csv").key.clear();
  std::string text = "id,last\n1,\"";
  for (int i = 0; i < 1'000; ++i) text += "1,2020-01-01\n";
  data.write("visits.csv", text + "\"\n2,2020-01-01\n");
  const Outcome outcome = read(data, way_of(4, 100, 1U << 16U));
  CHECK(outcome.parts == 4);
  REQUIRE(outcome.rows.size() == 2);
  CHECK(outcome.rows[0].outcome == "unreadable");
  CHECK(outcome.rows[1].row == 2);
  CHECK(outcome.rows[1].outcome == "purge");
}

}  // namespace oubli::test
