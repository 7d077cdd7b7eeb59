/// Events that rows of other tables give: every source agrees with the oracle on generated rows, before
/// and after the rows themselves are purged.
#include "contract/harness.hpp"
#include "support/day_literal.hpp"
#include "support/oracle_rows.hpp"
#include "support/remembered_days.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <iostream>
#include <map>
#include <random>

using namespace oubli;
using namespace oubli::test;

namespace {

constexpr int k_datasets = 60;
constexpr int k_contacts = 40;
constexpr Day k_today = Day(date::days{20454});  // 2026-01-01

/// Days around what decides, and what is no day.
const std::vector<std::string> k_days = {"2020-01-01", "2021-06-30", "2022-12-31", "2023-01-01", "2025-01-01",
                                         "2025-12-31", "2026-01-02", "2031-01-01", "",           "soon",
                                         "1970-01-01", "2019-02-29", "2020-02-02", "2021-02-02", "2022-02-02"};
const std::vector<std::string> k_directions = {"in", "in", "in", "out", ""};

class Generated {
 public:
  Generated(std::mt19937& random, SourceKind kind) : m_random(random), via(chance(2)), latest(chance(2)) {
    make_tables();
    m_harness = make_harness(kind, m_tables);
    make_rules();
    m_harness->describe(m_rules.config);
    for (std::size_t i = 0; i < m_rules.tables.size(); ++i) m_rules.tables[i].config = m_rules.config.tables[i];
    open();
  }

  void open() {
    m_source.reset();
    m_source = m_harness->open(m_rules.config);
    m_source->set_rules(m_rules);
    m_source->set_archive({m_harness->archive_folder(), "state-1", fmt::format("run-{}", ++m_runs), {}});
    m_source->set_day_memory(&m_memory, std::filesystem::temp_directory_path());
    m_matchers.clear();
    for (const auto& table : m_rules.tables) {
      m_matchers.try_emplace(table.rules.table, table.rules, RunDays{k_today, k_today});
    }
  }

  /// "known 2020-01-01", by contact.
  [[nodiscard]] std::map<std::string, std::string> said() {
    struct Sink : RecordSink {
      std::map<std::string, std::string> seen;
      void record(const JudgedRecord& record) override {
        const EventReading& reading = record.judgement.events.at(0);
        constexpr const char* k_states[] = {"missing", "known", "unreadable", "future"};
        const auto day = written_day(reading);
        seen[std::string(record.key.front().bytes)] =
            std::string(k_states[static_cast<std::size_t>(reading.state)]) + (day ? " " + to_text(*day) : "");
      }
    } sink;
    m_source->for_each(pass("contacts"), sink);
    return sink.seen;
  }

  [[nodiscard]] std::map<std::string, std::string> expected() const {
    oracle::Rules rules;
    rules.timezone = "UTC";
    rules.plausible_from = oracle::day_number(1980, 1, 1);
    std::map<std::string, std::string> all;
    for (const auto& contact : m_tables[0].rows) {
      const auto reading = oracle::said_by_rows(rows_for_oracle(), rules, field(contact[0]),
                                                k_today.time_since_epoch().count() + 1);
      const bool has_day = reading.state == "known" || reading.state == "future";
      all[contact[0]] = reading.state + (has_day ? " " + to_text(Day(date::days(static_cast<int>(reading.day)))) : "");
    }
    return all;
  }

  std::int64_t purge(const std::string& table) {
    const GroupPlan plan{{{pass(table), 1'000}}, false, nullptr};
    std::int64_t purged = 0;
    while (const auto step = m_source->next_step(plan, {7})) {
      step->copy();
      for (const auto& [name, change] : step->remove()) purged += change.purged;
    }
    return purged;
  }

 private:
  [[nodiscard]] bool chance(unsigned of) { return m_random() % of == 0; }
  const std::string& one_of(const std::vector<std::string>& texts) { return texts[m_random() % texts.size()]; }
  std::string some(const std::string& prefix, int count) {
    return chance(12) ? "" : fmt::format("{}{}", prefix, m_random() % static_cast<unsigned>(count));
  }

  void make_tables() {
    m_tables = {{"contacts", {"id", "name"}, {}},
                {"orders", {"id", "contact_id", "closed"}, {}},
                {"rows", {"id", "owner", "at", "direction", "own"}, {}}};
    for (int i = 0; i < k_contacts; ++i) m_tables[0].rows.push_back({fmt::format("c{}", i), "x"});
    for (int i = 0; i < 60; ++i) {
      m_tables[1].rows.push_back({fmt::format("o{}", i), some("c", k_contacts), one_of(k_days)});
    }
    for (int i = 0; i < 90; ++i) {
      m_tables[2].rows.push_back({fmt::format("r{}", i), via ? some("o", 60) : some("c", k_contacts), one_of(k_days),
                                  one_of(k_directions), one_of(k_days)});
    }
  }

  [[nodiscard]] static oracle::Field field(const std::string& text) {
    return text.empty() ? oracle::Field{} : oracle::Field{'t', 0, 0, text};
  }
  [[nodiscard]] static std::vector<oracle::Record> records(const Rows& rows) {
    std::vector<oracle::Record> all;
    for (const auto& row : rows) {
      all.emplace_back();
      for (const auto& text : row) all.back().push_back(field(text));
    }
    return all;
  }
  [[nodiscard]] oracle::Rows rows_for_oracle() const {
    oracle::Rows rows;
    rows.latest = latest;
    rows.day.column = 2;
    rows.day.formats = {"iso"};
    rows.day.zone = "UTC";
    rows.where = oracle::Condition{"=", {}, 3, {oracle::Literal{'t', "in", 0, 0}}};
    rows.points_by = 1;
    rows.rows = records(m_tables[2].rows);
    rows.has_between = via;
    rows.between_points_by = 1;
    rows.between = records(m_tables[1].rows);
    return rows;
  }

  void add(const std::string& table, std::vector<std::string> columns, EventRule event) {
    event.formats = {ColumnFormat{}};
    event.zone = "UTC";
    PurposeRule purpose;
    purpose.purpose = "sales";
    purpose.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {3, 0, 0, 0}, {}, {}};
    TableRules rules;
    rules.table = table;
    rules.timezone = "UTC";
    rules.plausible_from = "1980-01-01"_day;
    rules.columns = std::move(columns);
    rules.events = {std::move(event)};
    rules.purposes = {purpose};
    TableConfig config;
    config.name = table;
    config.key = {{"id", {}}};
    m_rules.config.tables.push_back(config);
    m_rules.tables.push_back({rules, config, table});
  }

  void make_rules() {
    m_rules.config.name = "crm";
    EventRule event;
    event.name = "last";
    event.column = -1;
    OtherTableRule& rows = event.other_table.emplace();
    rows.pick = latest ? RowPick::latest : RowPick::earliest;
    rows.table = "rows";
    rows.columns = {"at", "owner", "direction"};
    rows.links = 1;
    Condition in;
    in.kind = Condition::Kind::compare;
    in.name = "direction";
    in.slot = 2;
    in.literals = {std::string("in")};
    rows.where = in;
    if (via) rows.via = OtherTableRule::Via{"orders", {"id"}, {"contact_id"}};
    rows.key = {0};
    add("contacts", {"id"}, event);
    EventRule own;
    own.name = "own";
    add("orders", {"closed"}, own);
    add("rows", {"own"}, own);
  }

  [[nodiscard]] TablePass pass(const std::string& table) const {
    TablePass pass;
    for (const auto& each : m_rules.tables) {
      if (each.rules.table == table) pass.table = &each;
    }
    pass.matcher = &m_matchers.at(table);
    pass.with_key = true;
    return pass;
  }

  std::mt19937& m_random;
  const bool via;
  const bool latest;
  std::vector<TableText> m_tables;
  std::unique_ptr<Harness> m_harness;
  RuledDataset m_rules;
  RememberedDays m_memory;
  int m_runs = 0;
  std::map<std::string, Matcher> m_matchers;
  std::unique_ptr<DataSource> m_source;
};

/// "c3: known 2020-01-01 instead of future 2031-01-01".
std::string differences(const std::map<std::string, std::string>& said,
                        const std::map<std::string, std::string>& expected) {
  std::string text;
  for (const auto& [contact, words] : expected) {
    const auto found = said.find(contact);
    const std::string heard = found == said.end() ? "nothing" : found->second;
    if (heard != words) text += fmt::format("{}: {} instead of {}\n", contact, heard, words);
  }
  return text;
}

}  // namespace

TEST_CASE("rows of other tables say what the oracle hears, also once they are gone", "[contract][differential][S11]") {
  const auto kind = GENERATE(SourceKind::memory, SourceKind::sqlite, SourceKind::csv);
  std::mt19937 random(20'261'125);
  std::map<std::string, int> states;
  std::int64_t purged = 0;
  for (int i = 0; i < k_datasets; ++i) {
    CAPTURE(static_cast<int>(kind), i);
    Generated dataset(random, kind);
    const auto expected = dataset.expected();
    REQUIRE(differences(dataset.said(), expected) == "");
    for (const auto& [contact, said] : expected) ++states[said.substr(0, said.find(' '))];
    for (const auto* table : {"rows", "orders"}) {
      purged += dataset.purge(table);
      CHECK(differences(dataset.said(), expected) == "");
      dataset.open();
      REQUIRE(differences(dataset.said(), expected) == "");
    }
  }
  for (const auto* state : {"missing", "known", "unreadable", "future"}) {
    std::cout << fmt::format("{:>11} {}\n", state, states[state]);
    CHECK(states[state] > 0);
  }
  CHECK(purged > 1'000);
}
