// What every source promises of events that no column of their table gives (S11): rows of other
// tables, live, archived and gone, and states that oubli saw first.
#include "contract/harness.hpp"
#include "support/day_literal.hpp"
#include "support/remembered_days.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace oubli;
using namespace oubli::test;

namespace {

SourceKind any_kind() { return GENERATE(SourceKind::memory, SourceKind::sqlite, SourceKind::csv); }

const std::vector<TableText> k_tables = {
    {"contacts", {"id", "opted_out", "note"},
     {{"c1", "no", ""}, {"c2", "no", ""}, {"c3", "yes", ""}, {"c4", "no", ""},
      {"c5", "no", ""}, {"c6", "no", ""}, {"c7", "", ""}, {"c8", "no", ""}}},
    {"notes", {"id", "contact_id"}, {{"n1", "c1"}, {"n2", "c2"}}},
    {"interactions",
     {"id", "contact_id", "at", "direction"},
     {{"i1", "c1", "2020-01-01", "in"},
      {"i2", "c2", "2019-01-01", "in"},
      {"i3", "c2", "2025-06-01", "in"},
      {"i4", "c3", "2020-01-01", "out"},
      {"i5", "c4", "2020-01-01", "in"},
      {"i6", "c4", "last summer", "in"},
      {"i7", "c5", "2020-01-01", "in"},
      {"i8", "c5", "", "in"},
      {"i9", "c6", "2020-01-01", "in"},
      {"i10", "c6", "2031-01-01", "in"},
      {"i11", "c7", "2020-01-01", ""},
      {"i12", "", "2025-06-01", "in"}}},
    {"orders",
     {"id", "contact_id", "closed"},
     {{"o1", "c1", "2020-03-03"}, {"o2", "c1", "2020-03-03"}, {"o3", "c2", "2020-03-03"}, {"o4", "c3", "2025-03-03"}}},
    {"lines",
     {"id", "order_id", "at"},
     {{"l1", "o1", "2019-05-05"}, {"l2", "o2", "2020-02-02"}, {"l3", "o3", "2025-01-01"}, {"l4", "none", "2025-01-01"}}},
};

Condition equals(const std::string& column, int slot, const std::string& text) {
  Condition leaf;
  leaf.kind = Condition::Kind::compare;
  leaf.name = column;
  leaf.slot = slot;
  leaf.literals = {text};
  return leaf;
}

OtherTableRule interactions(RowPick pick) {
  OtherTableRule rule;
  rule.pick = pick;
  rule.table = "interactions";
  rule.columns = {"at", "contact_id", "direction"};
  rule.links = 1;
  rule.where = equals("direction", 2, "in");
  rule.key = {0};
  return rule;
}

OtherTableRule lines_via_orders() {
  OtherTableRule rule;
  rule.table = "lines";
  rule.columns = {"at", "order_id"};
  rule.links = 1;
  rule.via = OtherTableRule::Via{"orders", {"id"}, {"contact_id"}};
  rule.key = {0};
  return rule;
}

EventRule event_named(const std::string& name, EventKind kind = EventKind::dated) {
  EventRule event;
  event.name = name;
  event.kind = kind;
  event.column = -1;
  event.formats = {ColumnFormat{}};
  event.zone = "UTC";
  return event;
}

EventRule first_seen() {
  EventRule event = event_named("opted_out", EventKind::end);
  event.when = equals("opted_out", 1, "yes");
  event.first_seen = FirstSeenRule{{0}};
  return event;
}

EventRule from_rows(OtherTableRule rule, EventKind kind = EventKind::dated) {
  EventRule event = event_named("last_contact", kind);
  event.other_table = std::move(rule);
  return event;
}

/// Contacts are kept for three years from their event; interactions, orders and lines by their own.
class Shop {
 public:
  Shop(SourceKind kind, const EventRule& event) : m_harness(make_harness(kind, k_tables)) {
    m_rules.config.name = "crm";
    TableRules contacts = rules_of("contacts", {"id", "opted_out"}, event);
    add("contacts", contacts, "contacts");
    contacts.table = "notes";
    add("notes", contacts, "contacts");
    for (const auto& [table, column] : std::map<std::string, std::string>{
             {"interactions", "at"}, {"lines", "at"}, {"orders", "closed"}}) {
      EventRule own = event_named(column);
      own.column = 0;
      add(table, rules_of(table, {column}, own), table);
    }
    m_rules.relations = {{"notes", {"contact_id"}, "contacts", {"id"}, true}};
    m_harness->describe(m_rules.config);
    for (std::size_t i = 0; i < m_rules.tables.size(); ++i) m_rules.tables[i].config = m_rules.config.tables[i];
    open("run-1");
  }

  /// As a run of its own, on this day.
  void open(const std::string& run, Day today = "2026-01-01"_day) {
    m_source.reset();
    m_source = m_harness->open(m_rules.config);
    m_source->set_rules(m_rules);
    m_source->set_archive({m_harness->archive_folder(), "state-1", run, {}});
    m_source->set_day_memory(&memory, std::filesystem::temp_directory_path());
    m_matchers.clear();
    for (const auto& table : m_rules.tables) m_matchers.try_emplace(table.rules.table, table.rules, RunDays{today, today});
  }

  [[nodiscard]] TablePass pass(const std::string& table) const {
    TablePass pass;
    pass.table = &*std::ranges::find(m_rules.tables, table, [](const RuledTable& each) { return each.rules.table; });
    pass.matcher = &m_matchers.at(table);
    pass.with_key = true;
    return pass;
  }

  /// "purge 2020-01-01", by key.
  [[nodiscard]] std::map<std::string, std::string> readings(const std::string& table = "contacts") {
    struct Sink : RecordSink {
      std::map<std::string, std::string> seen;
      void record(const JudgedRecord& record) override {
        const auto& reading = record.judgement.events.at(0);
        const auto day = written_day(reading);
        seen[std::string(record.key.front().bytes)] =
            std::string(to_text(record.judgement.outcome)) + (day ? " " + to_text(*day) : "");
      }
    } sink;
    m_source->for_each(pass(table), sink);
    return sink.seen;
  }

  [[nodiscard]] GroupPlan plan(const std::vector<std::string>& tables) const {
    GroupPlan plan;
    for (const auto& table : tables) plan.tables.push_back({pass(table), 100});
    return plan;
  }

  StepResult enforce(const std::vector<std::string>& tables) {
    const GroupPlan all = plan(tables);
    StepResult total;
    while (const auto step = m_source->next_step(all, {})) {
      step->copy();
      for (const auto& [table, change] : step->remove()) total[table] += change;
    }
    return total;
  }

  void refresh() { m_source->refresh_day_memory(pass("contacts")); }

  void archive_after(const std::string& table) {
    for (auto& each : m_rules.tables) {
      if (each.rules.table == table) each.rules.purposes.front().archive = ArchiveRule{{30, 0, 0, 0}, {}, {}};
    }
  }

  [[nodiscard]] Harness& harness() { return *m_harness; }
  [[nodiscard]] DataSource& source() { return *m_source; }

  RememberedDays memory;

 private:
  static TableRules rules_of(const std::string& table, std::vector<std::string> columns, const EventRule& event) {
    PurposeRule purpose;
    purpose.purpose = "prospecting";
    purpose.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {3, 0, 0, 0}, {}, {}};
    TableRules rules;
    rules.dataset = "crm";
    rules.table = table;
    rules.policy = "acme";
    rules.timezone = "UTC";
    rules.plausible_from = "1980-01-01"_day;
    rules.columns = std::move(columns);
    rules.events = {event};
    rules.purposes = {purpose};
    return rules;
  }

  void add(const std::string& name, const TableRules& rules, const std::string& root) {
    TableConfig config;
    config.name = name;
    config.key = {{"id", {}}};
    m_rules.config.tables.push_back(config);
    m_rules.tables.push_back({rules, config, root});
  }

  std::unique_ptr<Harness> m_harness;
  RuledDataset m_rules;
  std::map<std::string, Matcher> m_matchers;
  std::unique_ptr<DataSource> m_source;
};

using Seen = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("the latest row that counts gives the day; an odd one keeps the record", "[contract][events][S11]") {
  Shop shop(any_kind(), from_rows(interactions(RowPick::latest)));
  CHECK(shop.readings() == Seen{{"c1", "purge 2020-01-01"},
                                {"c2", "keep 2025-06-01"},
                                {"c3", "undated"},     // it went out
                                {"c4", "unreadable"},  // one of its rows is
                                {"c5", "undated"},     // one of its rows has no day: it may be the latest
                                {"c6", "future 2031-01-01"},
                                {"c7", "unreadable"},  // whether its row counts is unknown
                                {"c8", "undated"}});
}

TEST_CASE("the earliest row passes over one without a day", "[contract][events][S11]") {
  Shop shop(any_kind(), from_rows(interactions(RowPick::earliest)));
  const Seen seen = shop.readings();
  CHECK(seen.at("c2") == "purge 2019-01-01");
  CHECK(seen.at("c4") == "unreadable");
  CHECK(seen.at("c5") == "purge 2020-01-01");
  CHECK(seen.at("c6") == "future 2031-01-01");
}

TEST_CASE("a planned event of other rows may lie in the future", "[contract][events][S7][S11]") {
  Shop shop(any_kind(), from_rows(interactions(RowPick::latest), EventKind::planned));
  const Seen seen = shop.readings();
  CHECK(seen.at("c6") == "keep 2031-01-01");
  CHECK(seen.at("c5") == "keep");
}

TEST_CASE("rows may point to a record through a table between", "[contract][events][S11]") {
  Shop shop(any_kind(), from_rows(lines_via_orders()));
  const Seen seen = shop.readings();
  CHECK(seen.at("c1") == "purge 2020-02-02");
  CHECK(seen.at("c2") == "keep 2025-01-01");
  CHECK(seen.at("c3") == "undated");
  CHECK(seen.at("c8") == "undated");
}

TEST_CASE("what follows a record goes by the same rows", "[contract][events][S11][S12]") {
  Shop shop(any_kind(), from_rows(interactions(RowPick::latest)));
  CHECK(shop.readings("notes") == Seen{{"n1", "purge 2020-01-01"}, {"n2", "keep 2025-06-01"}});
}

TEST_CASE("rows that are removed go on giving the day they gave", "[contract][events][S11]") {
  const auto then = GENERATE(Outcome::purge, Outcome::archive);
  const bool via_orders = GENERATE(false, true);
  Shop shop(any_kind(), from_rows(via_orders ? lines_via_orders() : interactions(RowPick::latest)));
  const std::string table = via_orders ? "lines" : "interactions";
  if (then == Outcome::archive) shop.archive_after(table);
  shop.open("run-1");
  const Seen before = shop.readings();
  const std::size_t rows = shop.harness().rows(table).size();
  StepResult result = shop.enforce({table});
  CHECK(result[table].purged + result[table].archived > 0);
  CHECK(shop.harness().rows(table).size() < rows);
  CHECK(shop.readings() == before);
  shop.open("run-2");
  CHECK(shop.readings() == before);
  CHECK_FALSE(shop.memory.days().empty());
  // What is archived is read there, too: of rows archived before the event was mapped nothing is remembered.
  shop.memory.forget_all();
  shop.open("run-3");
  CHECK((shop.readings() == before) == (then == Outcome::archive));
}

TEST_CASE("removed rows of a table between go on passing the day", "[contract][events][S11]") {
  Shop shop(any_kind(), from_rows(lines_via_orders()));
  const Seen before = shop.readings();
  StepResult result = shop.enforce({"orders"});
  CHECK(result["orders"].purged == 3);
  shop.open("run-2");
  CHECK(shop.readings() == before);
  // Their lines may go after them.
  shop.enforce({"lines"});
  shop.open("run-3");
  CHECK(shop.readings() == before);
}

TEST_CASE("a row that arrives between the plan and the step keeps the record", "[contract][events][S11]") {
  Shop shop(any_kind(), from_rows(interactions(RowPick::latest)));
  const GroupPlan plan = shop.plan({"notes", "contacts"});
  CHECK(shop.readings().at("c1") == "purge 2020-01-01");
  bool refused = false;
  StepResult result;
  while (const auto step = shop.source().next_step(plan, {})) {
    step->copy();
    shop.harness().add("interactions", {"i13", "c1", "2025-12-30", "in"});
    try {
      for (const auto& [table, change] : step->remove()) result[table] += change;
    } catch (const Error& error) {
      CHECK(error.cause() == Cause::dataset);
      refused = true;
      break;
    }
  }
  const Rows contacts = shop.harness().rows("contacts");
  CHECK(std::ranges::count(contacts, std::vector<std::string>{"c1", "no", ""}) == 1);
  // A file that changed is not judged by; otherwise the record alone stays.
  CHECK((refused || result["contacts"].changed == 1));
}

TEST_CASE("a record and the rows that give its day may go together", "[contract][events][S11]") {
  Shop shop(any_kind(), from_rows(interactions(RowPick::latest)));
  shop.enforce({"interactions"});
  StepResult result = shop.enforce({"notes", "contacts"});
  CHECK(result["contacts"].purged == 1);
  CHECK(result["notes"].purged == 1);
  shop.refresh();
  // What was remembered of c1 went with it: another record with its key is another one.
  shop.harness().add("contacts", {"c1", "no", ""});
  shop.open("run-2");
  CHECK(shop.readings().at("c1") == "undated");
  CHECK(shop.readings().at("c2") == "keep 2025-06-01");
}

TEST_CASE("what removed rows said of a record outlives the nights it is away", "[contract][events][S11]") {
  const bool via_orders = GENERATE(false, true);
  Shop shop(any_kind(), from_rows(via_orders ? lines_via_orders() : interactions(RowPick::latest)));
  shop.enforce({via_orders ? "orders" : "interactions"});
  shop.refresh();
  const Seen before = shop.readings();
  REQUIRE(before.at("c1").starts_with("purge 2020"));
  shop.harness().change("contacts", "c1", "id", "away");
  shop.open("run-2", "2026-01-02"_day);
  shop.refresh();
  shop.harness().change("contacts", "away", "id", "c1");

  SECTION("it comes back as it went") {
    shop.open("run-3", "2026-01-03"_day);
    shop.refresh();
    CHECK(shop.readings() == before);
  }
  SECTION("what comes back under its key may be another") {
    shop.harness().change("contacts", "c1", "note", "another");
    shop.open("run-3", "2026-01-03"_day);
    shop.refresh();
    CHECK(shop.readings().at("c1") == "unreadable");
    shop.open("run-4", "2026-01-04"_day);
    shop.refresh();
    CHECK(shop.readings().at("c1") == "unreadable");
    if (via_orders) return;
    // A row of its own tells, and the later day keeps longer.
    shop.harness().add("interactions", {"i13", "c1", "2019-01-01", "in"});
    shop.open("run-5", "2026-01-05"_day);
    CHECK(shop.readings().at("c1") == "purge 2020-01-01");
    shop.harness().add("interactions", {"i14", "c1", "2024-01-01", "in"});
    shop.open("run-6", "2026-01-06"_day);
    CHECK(shop.readings().at("c1") == "keep 2024-01-01");
  }
}

TEST_CASE("what removed rows said of a record that is away for a season is forgotten", "[contract][events][S11]") {
  Shop shop(any_kind(), from_rows(interactions(RowPick::latest)));
  shop.enforce({"interactions"});
  shop.refresh();
  shop.harness().change("contacts", "c1", "id", "away");
  for (const Day day : {"2026-01-02"_day, "2026-04-03"_day, "2026-04-04"_day}) {
    CHECK(shop.memory.knows("c1"));
    shop.open("run on " + to_text(day), day);
    shop.refresh();
  }
  CHECK_FALSE(shop.memory.knows("c1"));
  CHECK(shop.memory.knows("c4"));
}

TEST_CASE("a malformed record may be the one that is away", "[contract][events][S11]") {
  Shop shop(SourceKind::csv, from_rows(interactions(RowPick::latest)));
  shop.enforce({"interactions"});
  shop.refresh();
  shop.harness().change("contacts", "c1", "id", "away");
  shop.harness().add("contacts", {"odd", "a", "field", "too many"});
  for (const Day day : {"2026-01-02"_day, "2026-06-01"_day}) {
    shop.open("run on " + to_text(day), day);
    shop.refresh();
  }
  CHECK(shop.memory.knows("c1"));
}

TEST_CASE("a state of a record that was away goes on, unless the record may be another", "[contract][events][S11]") {
  Shop shop(any_kind(), first_seen());
  shop.refresh();
  shop.open("run-2", "2026-06-01"_day);
  shop.refresh();
  shop.harness().change("contacts", "c3", "id", "away");
  shop.open("run-3", "2026-06-02"_day);
  shop.refresh();
  const bool is_another = GENERATE(false, true);
  if (is_another) shop.harness().change("contacts", "away", "note", "another");
  shop.harness().change("contacts", "away", "id", "c3");
  shop.open("run-4", "2026-06-03"_day);
  shop.refresh();
  CHECK(shop.readings().at("c3") == (is_another ? "keep 2026-06-03" : "keep 2026-01-01"));
}

TEST_CASE("a state without a date counts from the day it was first seen", "[contract][events][S11]") {
  Shop shop(any_kind(), first_seen());
  CHECK(shop.readings() == Seen{{"c1", "keep"},
                                {"c2", "keep"},
                                {"c3", "keep 2026-01-01"},  // seen today
                                {"c4", "keep"},
                                {"c5", "keep"},
                                {"c6", "keep"},
                                {"c7", "unreadable"},
                                {"c8", "keep"}});
  CHECK(shop.memory.days().empty());
  shop.refresh();
  CHECK(shop.memory.days().size() == 1);

  shop.open("run-2", "2029-06-01"_day);
  shop.refresh();
  CHECK(shop.readings().at("c3") == "purge 2026-01-01");
}

TEST_CASE("a state that went away and comes back counts anew", "[contract][events][S11]") {
  Shop shop(any_kind(), first_seen());
  shop.refresh();
  shop.harness().change("contacts", "c3", "opted_out", "no");
  shop.open("run-2", "2027-01-01"_day);
  shop.refresh();
  CHECK(shop.memory.days().empty());
  shop.harness().change("contacts", "c3", "opted_out", "yes");
  shop.open("run-3", "2029-06-01"_day);
  shop.refresh();
  CHECK(shop.readings().at("c3") == "keep 2029-06-01");
}
