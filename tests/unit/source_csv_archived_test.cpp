/// The archive of a CSV dataset as a source: how its records are judged, what a purge takes, and
/// that a purge cut off anywhere is undone or finished by the next run.
#include "source/csv/archive_files.hpp"
#include "support/csv_dataset_fixture.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace oubli;
using namespace oubli::test;

namespace {

constexpr auto k_visits =
    "id,name,last\r\n"
    "1,Ada Sentinel,2016-05-01\r\n"
    "2,Bo,2021-05-01\r\n"
    "3,\"Cleo, quoted\",2016-06-01\r\n"
    "4,kept live,2025-01-01\r\n";

/// Archived on 1 January 2026: visits 1 to 3; due on 1 January 2027: 1 and 3.
class ArchivedCsv : public CsvDatasetFixture {
 public:
  ArchivedCsv() {
    write("visits.csv", k_visits);
    add_table("visits", "visits.csv", Then::archive);
    open();
    enforce({"visits"});
    judge_on("2027-01-01"_day);
  }

  void judge_on(Day day) { m_days = {day, day}; }

  DataSource& open_its_archive(Access access = Access::enforce) {
    m_archive = open_archive(rules(), {folder() / "archive", "state-1", "run2", {}}, access);
    m_matchers.clear();
    for (const auto& table : rules().tables) m_matchers.try_emplace(table.config.name, table.rules, m_days);
    return *m_archive;
  }

  [[nodiscard]] TablePass archive_pass(const std::string& table) {
    TablePass pass;
    pass.table = &ruled(table);
    pass.matcher = &m_matchers.at(table);
    pass.with_key = true;
    return pass;
  }

  /// "1 purge, 2 keep".
  [[nodiscard]] std::string archive_outcomes(const std::string& table) {
    open_its_archive(Access::read);
    Outcomes outcomes;
    m_archive->for_each(archive_pass(table), outcomes);
    return outcomes.text;
  }

  StepResult purge(const std::vector<std::string>& tables, std::int64_t expected = 100) {
    open_its_archive();
    GroupPlan plan;
    for (const auto& table : tables) plan.tables.push_back({archive_pass(table), expected});
    StepResult sum;
    while (const auto step = m_archive->next_step(plan, {})) {
      step->copy();
      for (const auto& [table, change] : step->remove()) sum[table] += change;
    }
    return sum;
  }

  [[nodiscard]] std::filesystem::path archived(const std::string& name) const {
    return folder().path() / "archive" / "crm.visits" / name;
  }

 private:
  struct Outcomes : RecordSink {
    std::string text;
    void record(const JudgedRecord& record) override {
      text += text.empty() ? "" : ", ";
      text += record.key.empty() ? "?" : std::string(record.key.front().bytes);
      text += " " + std::string(to_text(record.judgement.outcome));
    }
  };

  RunDays m_days{};
  std::unique_ptr<DataSource> m_archive;
  std::map<std::string, Matcher> m_matchers;
};

const std::string k_records = "visits.csv.run1.csv";
const std::string k_meta = "visits.csv.run1.meta.csv";

std::size_t lines(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

}  // namespace

TEST_CASE("csv archive: records are judged by their noted days", "[unit][csv][archive]") {
  ArchivedCsv csv;
  CHECK(csv.archive_outcomes("visits") == "1 purge, 2 keep, 3 purge");
  csv.ruled("visits").rules.purposes.front().archive->up_to = Period{20, 0, 0, 0};
  CHECK(csv.archive_outcomes("visits") == "1 keep, 2 keep, 3 keep");
  csv.ruled("visits").rules.columns.emplace_back("added_later");
  CHECK(csv.archive_outcomes("visits") == "1 keep, 2 keep, 3 keep");
  csv.ruled("visits").rules.purposes.front().purpose = "renamed";
  csv.ruled("visits").rules.events.front().name = "renamed";
  CHECK(csv.archive_outcomes("visits") == "1 keep, 2 keep, 3 keep");
}

TEST_CASE("csv archive: a purge leaves the other lines of both files byte for byte", "[unit][csv][archive]") {
  ArchivedCsv csv;
  const auto before = csv.archive("visits");
  CHECK(csv.purge({"visits"})["visits"].purged == 2);
  const auto after = csv.archive("visits");
  REQUIRE(after.size() == 2);
  CHECK(after.at(k_records) == "id,name,last\r\n2,Bo,2021-05-01\r\n");
  const std::string& meta = before.at(k_meta);
  const auto second = meta.find("run1,visits.csv,2,");
  const auto head = meta.substr(0, meta.find('\n') + 1);
  CHECK(after.at(k_meta) == head + meta.substr(second, meta.find('\n', second) + 1 - second));
  CHECK(csv.archive_outcomes("visits") == "2 keep");
  CHECK(csv.bytes("visits.csv") == "id,name,last\r\n4,kept live,2025-01-01\r\n");
}

TEST_CASE("csv archive: a pair of which nothing is left is removed", "[unit][csv][archive]") {
  ArchivedCsv csv;
  csv.judge_on("2050-01-01"_day);
  CHECK(csv.purge({"visits"})["visits"].purged == 3);
  CHECK(csv.archive("visits").empty());
  CHECK(csv.archive_outcomes("visits").empty());
}

TEST_CASE("csv archive: more than the plan expects stays", "[unit][csv][archive][I8]") {
  ArchivedCsv csv;
  CHECK(csv.purge({"visits"}, 1)["visits"].purged == 1);
  CHECK(lines(csv.archive("visits").at(k_records)) == 3);
}

TEST_CASE("csv archive: a purge that was cut off is undone or finished, both files as one", "[unit][csv][archive]") {
  ArchivedCsv csv;
  const auto before = csv.archive("visits");
  csv.purge({"visits"});
  const auto after = csv.archive("visits");
  // Every state a cut can leave, by what is on disk then.
  struct Cut {
    const char* name;
    std::string records, meta;
    bool has_next_records, has_next_meta, is_decided;
    const std::map<std::string, std::string>& expected;
  };
  const Cut cuts[] = {
      {"before anything", before.at(k_records), before.at(k_meta), false, false, false, before},
      {"new records written", before.at(k_records), before.at(k_meta), true, false, false, before},
      {"both written", before.at(k_records), before.at(k_meta), true, true, false, before},
      {"decided", before.at(k_records), before.at(k_meta), true, true, true, after},
      {"records in place", after.at(k_records), before.at(k_meta), false, true, true, after},
      {"both in place", after.at(k_records), after.at(k_meta), false, false, true, after},
  };
  for (const Cut& cut : cuts) {
    CAPTURE(cut.name);
    const auto put = [&](const std::string& name, const std::string& text, bool is_there) {
      std::filesystem::remove(csv.archived(name));
      if (is_there) static_cast<void>(csv.folder().write("archive/crm.visits/" + name, text));
    };
    put(k_records, cut.records, true);
    put(k_meta, cut.meta, true);
    put(k_records + ".next", after.at(k_records), cut.has_next_records);
    put(k_meta + ".next", after.at(k_meta), cut.has_next_meta);
    put("visits.csv.run1.rewriting", "", cut.is_decided);
    const bool is_undone = &cut.expected == &before;
    CHECK(csv.archive_outcomes("visits") == (is_undone ? "1 purge, 2 keep, 3 purge" : "2 keep"));
    csv.open_its_archive(Access::enforce);
    CHECK(csv.archive("visits") == cut.expected);
  }
}

TEST_CASE("csv archive: a pair whose last record went is removed after a cut, too", "[unit][csv][archive]") {
  ArchivedCsv csv;
  const auto before = csv.archive("visits");
  const auto head_of = [](const std::string& text) { return text.substr(0, text.find('\n') + 1); };
  static_cast<void>(csv.folder().write("archive/crm.visits/" + k_meta, head_of(before.at(k_meta))));
  std::filesystem::remove(csv.archived(k_records));
  static_cast<void>(csv.folder().write("archive/crm.visits/visits.csv.run1.rewriting", ""));
  csv.open_its_archive(Access::enforce);
  CHECK(csv.archive("visits").empty());
}

TEST_CASE("csv archive: a file of format 1 doesn't tell missing from unreadable", "[unit][csv][archive]") {
  ArchivedCsv csv;
  std::string meta = csv.archive("visits").at(k_meta);
  const auto cut = [&](const std::string& what) {
    for (auto at = meta.find(what); at != std::string::npos; at = meta.find(what)) meta.erase(at, what.size());
  };
  cut(",other_purposes");
  for (auto at = meta.find(",,last"); at != std::string::npos; at = meta.find(",,last")) meta.erase(at, 1);
  cut("2016-05-01");
  static_cast<void>(csv.folder().write("archive/crm.visits/" + k_meta, meta));
  CHECK(csv.archive_outcomes("visits") == "1 purge, 2 keep, 3 purge");
}

TEST_CASE("csv archive: a damaged pair is refused, not guessed", "[unit][csv][archive]") {
  ArchivedCsv csv;
  const auto before = csv.archive("visits");
  SECTION("bookkeeping that lacks a line") {
    std::string meta = before.at(k_meta);
    meta.erase(meta.rfind("run1,"));
    static_cast<void>(csv.folder().write("archive/crm.visits/" + k_meta, meta));
    CHECK_THROWS_WITH(csv.archive_outcomes("visits"), Catch::Contains("doesn't belong to the records beside it"));
  }
  SECTION("a record that was changed") {
    std::string records = before.at(k_records);
    records.replace(records.find("Bo"), 2, "Bi");
    static_cast<void>(csv.folder().write("archive/crm.visits/" + k_records, records));
    CHECK_THROWS_WITH(csv.purge({"visits"}), Catch::Contains("isn't as it was written"));
  }
}

TEST_CASE("csv archive: what follows goes with its root", "[unit][csv][archive][S12]") {
  ArchivedCsv csv;
  csv.write("clicks.csv", "id,parent_id\nc1,9\nc2,8\n");
  csv.write("visits.csv", "id,name,last\n8,old,2016-02-01\n9,newer,2021-02-01\n");
  csv.add_table("clicks", "clicks.csv", Then::archive);
  csv.follow("clicks", "visits");
  csv.open(Access::enforce, "run3");
  csv.enforce({"clicks", "visits"});
  CHECK(csv.archive_outcomes("clicks") == "c1 keep, c2 purge");
  auto result = csv.purge({"clicks", "visits"});
  CHECK(result["clicks"].purged == 1);
  CHECK(result["visits"].purged == 3);
  CHECK(csv.archive_outcomes("clicks") == "c1 keep");
  csv.ruled("clicks").rules.events.front().name = "not noted";
  CHECK(csv.archive_outcomes("clicks") == "c1 keep");
}
