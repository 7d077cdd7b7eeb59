#include "contract/crm.hpp"

namespace oubli::test {

namespace {

const std::vector<TableText> k_tables = {
    {"contacts",
     {"id", "email", "last_contact"},
     {{"c1", "a@example.org", "2020-01-01"},
      {"c2", "b@example.org", "2025-06-01"},
      {"c3", "c@example.org", "2021-03-04"},
      {"c4", "d@example.org", ""},
      {"c5", "e@example.org", "2019-12-31"}}},
    {"notes",
     {"id", "contact_id", "body"},
     {{"n1", "c1", "one"}, {"n2", "c2", "two"}, {"n3", "c1", "three"}, {"n4", "gone", "four"}, {"n5", "c5", "five"}}},
};

Day day(int year, unsigned month, unsigned day_of_month) {
  return date::year{year} / static_cast<int>(month) / static_cast<int>(day_of_month);
}

TableConfig table_config(const std::string& name) {
  TableConfig config;
  config.name = name;
  config.key = {{"id", {}}};
  return config;
}

std::vector<std::string> texts(std::span<const Value> values) {
  std::vector<std::string> result;
  for (const Value& value : values) result.emplace_back(value.bytes);
  return result;
}

std::string text_of(const RecordSubject& subject) {
  switch (subject.state) {
    case RecordSubject::State::nobody:
      return "-";
    case RecordSubject::State::known:
      return to_text(subject.value);
    case RecordSubject::State::digest:
      return to_hex(subject.digest);
    case RecordSubject::State::unknown:
      return "?";
  }
  return {};
}

class Collector : public RecordSink {
 public:
  explicit Collector(std::vector<SeenRecord>& records) : m_records(records) {}
  void record(const JudgedRecord& seen) override {
    m_records.push_back({seen.judgement.outcome,
                         seen.row,
                         texts(seen.facts.values),
                         texts(seen.key),
                         {seen.as_parent.begin(), seen.as_parent.end()},
                         {seen.as_child.begin(), seen.as_child.end()},
                         text_of(seen.subject),
                         texts(seen.more),
                         std::string(seen.file)});
  }

 private:
  std::vector<SeenRecord>& m_records;
};

std::vector<TableText> tables_for(Crm::Then then) {
  auto tables = k_tables;
  if (then != Crm::Then::anonymise) return tables;
  tables[0].columns.emplace_back("gone_on");
  for (auto& row : tables[0].rows) row.emplace_back();
  return tables;
}

}  // namespace

Crm::Crm(SourceKind kind, Then then) : m_harness(make_harness(kind, tables_for(then))) {
  change_rules(then);
  judge_on(day(2026, 1, 1));
  open("run-1");
}

void Crm::change_rules(Then then) {
  m_source.reset();
  m_rules = {};
  make_rules(then);
  m_harness->describe(m_rules.config);
  for (std::size_t i = 0; i < m_rules.tables.size(); ++i) m_rules.tables[i].config = m_rules.config.tables[i];
}

void Crm::judge_on(Day as_of) {
  m_matchers.clear();
  for (const RuledTable& table : m_rules.tables) m_matchers.emplace_back(table.rules, RunDays{as_of, as_of});
}

void Crm::open(const std::string& run) {
  m_source.reset();
  m_source = m_harness->open(m_rules.config);
  m_source->set_rules(m_rules);
  m_source->set_archive({m_harness->archive_folder(), "state-1", run, {}});
}

void Crm::open_archive(const std::string& run, Day as_of) {
  judge_on(as_of);
  m_source.reset();
  m_source = m_harness->open_archive(m_rules, {m_harness->archive_folder(), "state-1", run, {}});
}

void Crm::make_rules(Then then) {
  EventRule last_contact;
  last_contact.name = "last_contact";
  last_contact.formats = {ColumnFormat{}};
  last_contact.zone = "Europe/Paris";
  PurposeRule prospecting;
  prospecting.purpose = "prospecting";
  prospecting.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {3, 0, 0, 0}, {}, {}};
  if (then == Then::archive) prospecting.archive = ArchiveRule{{10, 0, 0, 0}, {}, {}};
  TableRules rules;
  rules.dataset = "crm";
  rules.table = "contacts";
  rules.policy = "acme";
  rules.timezone = "Europe/Paris";
  rules.plausible_from = day(1980, 1, 1);
  rules.columns = {"last_contact", "email"};
  rules.events = {last_contact};
  rules.purposes = {prospecting};
  add_rewriting(then, rules);
  m_rules.config.name = "crm";
  m_rules.config.policy = "acme";
  m_rules.config.tables = {table_config("contacts"), table_config("notes")};
  m_rules.config.tables[1].follows = DeclaredRelation{{"contacts", {}}, {{{"contact_id", {}}, {"id", {}}}}};
  m_rules.relations = {{"notes", {"contact_id"}, "contacts", {"id"}, true}};
  m_rules.tables.push_back({rules, m_rules.config.tables[0], "contacts", SubjectPath{{}, "email"}});
  rules.table = "notes";
  rules.mark.clear();
  if (!rules.personal.empty()) rules.personal = {{"body", 1}};
  m_rules.tables.push_back({rules, m_rules.config.tables[1], "contacts", SubjectPath{m_rules.relations, "email"}});
}

void Crm::add_rewriting(Then then, TableRules& contacts) {
  if (then != Then::minimise && then != Then::anonymise) return;
  contacts.categories = {"contact", "accounting"};
  contacts.personal = {{"email", 1}};
  contacts.purposes[0].categories = {0};
  if (then == Then::minimise) {
    contacts.minimises = true;
    PurposeRule& accounting = contacts.purposes.emplace_back(contacts.purposes[0]);
    accounting.purpose = "accounting";
    accounting.active->period = {10, 0, 0, 0};
    accounting.categories = {1};
    return;
  }
  contacts.purposes[0].then = Disposition::anonymise;
  contacts.mark = "gone_on";
  contacts.columns.emplace_back("gone_on");
  contacts.anonymised = AnonymisedRule{2, {{1, {}}}};
}

TablePass Crm::pass(const std::string& table) const {
  TablePass pass;
  pass.table = table == "contacts" ? &m_rules.tables[0] : &m_rules.tables[1];
  pass.matcher = &m_matchers[table == "contacts" ? 0 : 1];
  return pass;
}

std::vector<SeenRecord> Crm::records(const TablePass& pass) {
  std::vector<SeenRecord> records;
  Collector collector(records);
  m_source->for_each(pass, collector);
  return records;
}

Restored Crm::restore(const std::string& table, const std::string& key) {
  class Anything : public GoingRecords {
   public:
    [[nodiscard]] bool goes(const RuledTable&, const JudgedRecord&) const override { return true; }
    [[nodiscard]] bool is_rewritten(const RuledTable&, const JudgedRecord&) const override { return false; }
  };
  open_archive("restore", m_matchers.front().days().as_of);
  auto chosen = pass(table);
  chosen.only = RecordChoice{{key}, {}};
  const auto found = records(chosen);
  open("restore");
  m_source->settle_restored();
  const auto place = found.empty() ? ArchivedPlace{chosen.table, 99} : ArchivedPlace{chosen.table, found[0].row, found[0].file};
  return m_source->restore(place, Anything());
}

GroupPlan Crm::group(std::int64_t expected, const GoingRecords* going) const {
  return {{{pass("notes"), expected}, {pass("contacts"), expected}}, false, going};
}

StepResult Crm::enforce(const GroupPlan& plan) {
  StepResult total;
  const auto add = [&](const StepResult& result) {
    for (const auto& [table, change] : result) total[table] += change;
  };
  if (const auto pending = m_source->pending_step(plan)) add(pending->remove());
  while (const auto step = m_source->next_step(plan, {})) {
    step->copy();
    add(step->remove());
  }
  return total;
}

TableChange Crm::rewrite(const std::string& table, const GoingRecords& going, std::int64_t expected) {
  const TablePlan plan{pass(table), expected};
  const auto rewriting = m_source->rewriting(plan, going);
  TableChange total;
  while (const auto change = rewriting->next({})) total += *change;
  return total;
}

}  // namespace oubli::test
