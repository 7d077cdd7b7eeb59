// Records of one likeness are judged alike: counting them by their number comes to the same tally as judging each.
#include "engine/likeness.hpp"
#include "oubli/engine/decide.hpp"
#include "oubli/model/tally_of_many.hpp"
#include "support/day_literal.hpp"
#include "support/generated_records.hpp"
#include "support/tally_text.hpp"

#include <catch2/catch.hpp>

#include <map>

namespace oubli::test {

namespace {

/// As a file of text delivers it: everything is text, and no text is null.
struct TextRecord {
  std::vector<std::string> texts;
  std::vector<std::string> personal_texts;

  explicit TextRecord(const GeneratedRecord& record) {
    for (const Value& value : record.values) texts.push_back(to_text(value));
    for (const Value& value : record.personal) personal_texts.push_back(to_text(value));
  }
  [[nodiscard]] static std::vector<Value> values(const std::vector<std::string>& texts) {
    std::vector<Value> values;
    for (const auto& text : texts)
      values.push_back(text.empty() ? Value::of_null() : Value::of(std::string_view(text)));
    return values;
  }
};

/// Counts as a source does that tells which records are alike.
class AlikeCounter {
 public:
  AlikeCounter(Likeness likeness, TableTally& tally) : m_likeness(std::move(likeness)), m_tally(tally) {}

  [[nodiscard]] bool take(const TextRecord& record) {
    const auto found = likeness_of(record);
    if (!found || !m_numbers.contains(*found)) return false;
    ++m_numbers[*found];
    ++taken;
    return true;
  }
  void learn(const TextRecord& record, const Judgement& judgement) {
    m_likeness.know(judgement);
    const auto found = likeness_of(record);
    if (!found || !Likeness::is_shared(judgement) || m_numbers.contains(*found) || wants_rows(m_tally, judgement))
      return;
    m_numbers[*found] = 0;
    m_judgements[*found] = judgement;
  }
  void tell() {
    for (const auto& [likeness, number] : m_numbers) add_many(m_tally, m_judgements[likeness], number);
  }

  int taken = 0;

 private:
  [[nodiscard]] std::optional<std::uint32_t> likeness_of(const TextRecord& record) {
    std::uint32_t likeness = 0;
    for (auto& column : m_likeness.columns()) {
      if (!column.add(record.texts[column.slot()], likeness)) return std::nullopt;
    }
    return likeness;
  }

  Likeness m_likeness;
  TableTally& m_tally;
  std::map<std::uint32_t, std::int64_t> m_numbers;
  std::map<std::uint32_t, Judgement> m_judgements;
};

EventRule iso_event() {
  EventRule event;
  event.formats = {{ColumnFormat::Kind::iso, {}}};
  event.zone = "Europe/Paris";
  return event;
}

LateDay late_day(const EventRule& event, Day after, Day until) {
  LateDay late(event, "Europe/Paris");
  late.set_window(after, until);
  return late;
}

}  // namespace

TEST_CASE("likeness: what is counted by number is what is counted one by one", "[unit][likeness]") {
  int taken = 0;
  int tables = 0;
  RecordGenerator generator(7);
  for (int i = 0; i < 600; ++i) {
    const GeneratedTable table = generator.table();
    auto likeness = Likeness::of(table.rules, table.days);
    if (!likeness) continue;
    ++tables;
    const Matcher matcher(table.rules, table.days);
    TableTally each;
    TableTally many;
    AlikeCounter counter(std::move(*likeness), many);
    Judgement judgement;
    for (int row = 1; row <= 150; ++row) {
      const TextRecord record(generator.record(table));
      const auto values = TextRecord::values(record.texts);
      const auto personal = TextRecord::values(record.personal_texts);
      RecordFacts facts{values};
      facts.personal = personal;
      matcher.judge(facts, judgement);
      each.add(judgement, judgement.outcome, row);
      if (counter.take(record)) continue;
      many.add(judgement, judgement.outcome, row);
      counter.learn(record, judgement);
    }
    counter.tell();
    taken += counter.taken;
    CAPTURE(i);
    REQUIRE(text_of(many) == text_of(each));
  }
  CHECK(tables > 100);
  CHECK(taken > 1'000);
}

TEST_CASE("late day: only what is read strictly as a day of the window passes", "[unit][likeness]") {
  struct Case {
    const char* text;
    bool holds;
  };
  const auto late = late_day(iso_event(), "2023-01-01"_day, "2026-01-02"_day);
  const auto c = GENERATE(values<Case>({{"2023-01-02", true},
                                        {"2023-01-01", false},
                                        {"2026-01-02", true},
                                        {"2026-01-03", false},
                                        {"2025-02-28", true},
                                        {"2025-02-29", false},
                                        {"2025-02-30", false},
                                        {"2025-04-31", false},
                                        {"2025-13-01", false},
                                        {"2025-00-10", false},
                                        {"2025-01-00", false},
                                        {"2025-01-32", false},
                                        {"2025/01/01", false},
                                        {"2025-1-011", false},
                                        {"202a-01-01", false},
                                        {"2025-01-0:", false},
                                        {"2025-01-\xB1\xB1", false},
                                        {" 2025-01-01", false},
                                        {"2025-06-01T23:59:59", true},
                                        {"2025-06-01 23:59", true},
                                        {"2025-06-01T24:00:00", false},
                                        {"2025-06-01T23:60:00", false},
                                        {"2025-06-01T23:59:60", false},
                                        {"2025-06-01T23:59:59Z", true},
                                        {"2025-06-01T23:59:59.123Z", true},
                                        {"2025-06-01T23:59:59.12xZ", false},
                                        {"2025-06-01T23:59:59z", false},
                                        {"2025-06-01X23:59:59Z", false},
                                        {"2023-01-02T00:00:00", true},
                                        {"2023-01-03T00:00:00Z", false},  // another day in some zone
                                        {"2023-01-04T00:00:00Z", true},
                                        {"2026-01-01T00:00:00Z", false},
                                        {"9999-12-31", false},
                                        {"", false},
                                        {"2025", false},
                                        {"2025-06-01T23:59:59.123456789Z", false}}));
  CAPTURE(c.text);
  CHECK(late.holds(c.text) == c.holds);
}

TEST_CASE("late day: a fixed width has its parts in any order", "[unit][likeness]") {
  EventRule event = iso_event();
  event.formats = {{ColumnFormat::Kind::pattern, "dd/mm/yyyy HH:MM"}};
  CHECK(late_day(event, "2023-01-01"_day, "2026-01-02"_day).holds("02/01/2023 00:00"));
  CHECK_FALSE(late_day(event, "2023-01-01"_day, "2026-01-02"_day).holds("01/01/2023 00:00"));
  CHECK_FALSE(late_day(event, "2023-01-01"_day, "2026-01-02"_day).holds("2025-06-01"));
  event.zone = "UTC";
  CHECK_FALSE(late_day(event, "2023-01-01"_day, "2026-01-02"_day).holds("02/01/2023 00:00"));
  event.formats = {{ColumnFormat::Kind::pattern, "yyyymmdd"}};
  CHECK(late_day(event, "2023-01-01"_day, "2026-01-02"_day).holds("20230102"));
  event.formats = {{ColumnFormat::Kind::pattern, "yyyymm"}};
  CHECK_FALSE(late_day(event, "2023-01-01"_day, "2026-01-02"_day).holds("202506"));
}

TEST_CASE("late day: where a config lists what stands for missing, nothing is known at a glance", "[unit][likeness]") {
  EventRule event = iso_event();
  event.missing_values = {"2025-06-01"};
  CHECK_FALSE(late_day(event, "2023-01-01"_day, "2026-01-02"_day).holds("2025-06-02"));
}

TEST_CASE("text classes: texts with the same answers are of one class", "[unit][likeness]") {
  Condition in;
  in.kind = Condition::Kind::one_of;
  in.slot = 3;
  in.literals = {std::string("CH"), std::string("US")};
  TextClasses classes({in});
  CHECK(classes.of("CH") == classes.of("US"));
  CHECK(classes.of("FR") == classes.of("DE"));
  CHECK(classes.of("FR") != classes.of("CH"));
  CHECK(classes.of("") != classes.of("FR"));  // unknown, not no
  CHECK(classes.of("C") == classes.of("FR"));
  CHECK(classes.of(std::string(16, 'x')) == classes.of("FR"));
  CHECK_FALSE(classes.of(std::string(17, 'x')));
  CHECK_FALSE(classes.of("\xC3\xA9"));
  for (int i = 0; i < 5'000; ++i) CHECK(classes.of(std::to_string(i)) == classes.of("FR"));
}

}  // namespace oubli::test
