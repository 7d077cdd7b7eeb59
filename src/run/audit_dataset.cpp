#include "run/audit_dataset.hpp"

#include "model/ascii.hpp"
#include "run/planned_records.hpp"
#include "run/report_lines.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

constexpr auto k_technical = "technical";

/// Looks into the columns of every so many records, and counts the empty ones of all.
class ColumnSink : public RecordSink {
 public:
  explicit ColumnSink(TableFacts& facts) : m_columns(facts.columns), m_step(sample_step(facts.records)) {}

  void record(const JudgedRecord& record) override {
    const auto sample = m_ordinal++ % m_step == 0 ? ColumnSurvey::Sample::yes : ColumnSurvey::Sample::no;
    // A malformed line has no fields.
    if (record.more.size() != m_columns.size()) return;
    for (std::size_t i = 0; i < record.more.size(); ++i) m_columns[i].survey.add(record.more[i], sample);
  }

 private:
  std::vector<ColumnFacts>& m_columns;
  std::int64_t m_step;
  std::int64_t m_ordinal = 0;
};

/// Hands each judged record to the surveys of its table and its columns.
class SurveySink : public RecordSink {
 public:
  SurveySink(TableFacts& facts, const DatasetPlan& plan, const RuledTable& table)
      : m_families(*plan.families), m_table(table), m_records(table.rules, plan.side, plan.days), m_columns(facts) {}

  void record(const JudgedRecord& record) override {
    m_records.add(record.judgement, m_families.outcome(m_table, record));
    m_columns.record(record);
  }
  [[nodiscard]] const RecordCounts& counts() const { return m_records.counts(); }

 private:
  const Families& m_families;
  const RuledTable& m_table;
  RecordSurvey m_records;
  ColumnSink m_columns;
};

class CountingSink : public RecordSink {
 public:
  void record(const JudgedRecord& /*record*/) override { ++records; }
  std::int64_t records = 0;
};

CategorySet needed_in(const TableRules& rules) {
  CategorySet needed = rules.needed_below;
  for (const auto& purpose : rules.purposes) {
    for (const int category : purpose.categories) needed |= CategorySet{1} << category;
  }
  return needed;
}

bool is_needed(const TableRules& rules, const std::vector<std::string>& categories) {
  const auto needed = needed_in(rules);
  return std::ranges::any_of(categories, [&](const std::string& name) {
    const auto found = std::ranges::find(rules.categories, name);
    if (found == rules.categories.end()) return false;
    return (needed >> (found - rules.categories.begin()) & 1) != 0;
  });
}

void add_listing(ColumnFacts& column, const CategoryColumns& listed) {
  const auto found = std::ranges::find(listed.patterns, column.name, &NamedColumn::name);
  if (found == listed.patterns.end()) return;
  column.where = found->where;
  if (listed.category != k_technical)
    column.categories.push_back(listed.category);
  else if (column.coverage == Coverage::uncovered)
    column.coverage = Coverage::technical;
}

/// Every column of the table itself, and how the config covers it.
std::vector<ColumnFacts> covered_columns(const TableSchema& schema, const RuledTable& table) {
  std::vector<ColumnFacts> columns;
  for (const auto& live : schema.columns) {
    ColumnFacts column;
    column.name = live.name;
    for (const auto& listed : table.config.columns) add_listing(column, listed);
    if (!column.categories.empty()) column.coverage = Coverage::category;
    column.is_needed = is_needed(table.rules, column.categories);
    columns.push_back(std::move(column));
  }
  return columns;
}

std::vector<std::string> names_of(const std::vector<ColumnFacts>& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  return names;
}

TableFacts facts_of(const DatasetPlan& plan, const PlannedTable& planned) {
  const auto& table = *planned.table;
  TableFacts facts;
  facts.dataset = table.rules.dataset;
  facts.table = table.rules.table;
  facts.policy = table.rules.policy;
  facts.side = plan.side;
  facts.where = table.config.where;
  facts.follows = table.root != table.rules.table;
  facts.is_observed = table.config.mode == TableMode::observe;
  facts.records = planned.tally.rows;
  facts.tally = planned.tally;
  facts.purposes = table.rules.purposes;
  facts.unneeded = unneeded_categories(planned);
  return facts;
}

void survey(const DatasetPlan& plan, const PlannedTable& planned, TableFacts& facts) {
  auto pass = plan.families->pass(*planned.table, plan.matchers.at(planned.name()));
  pass.more = names_of(facts.columns);
  SurveySink sink(facts, plan, *planned.table);
  plan.source->for_each(pass, sink);
  facts.counts = sink.counts();
}

void add_planned(DatasetFacts& dataset, const DatasetPlan& plan, const PlannedTable& planned,
                 const std::vector<TableSchema>& schema) {
  if (planned.failure) {
    dataset.failures.emplace_back(plan.title(planned.name()), planned.failure->diagnostic());
    return;
  }
  auto facts = facts_of(plan, planned);
  const auto* live = plan.side == Side::live ? find_schema(schema, planned.name()) : nullptr;
  if (live) facts.columns = covered_columns(*live, *planned.table);
  survey(plan, planned, facts);
  dataset.tables.push_back(std::move(facts));
}

bool is_declared_free(const DatasetConfig& config, const std::string& table) {
  return std::ranges::any_of(config.no_personal_data, [&](const NamedColumn& declared) {
    return ascii_lower(declared.name) == ascii_lower(table);
  });
}

/// A table as the sources need it to read one that no rule knows.
RuledTable without_rules(const DatasetPlan& plan, const TableSchema& schema) {
  RuledTable table;
  table.rules.dataset = plan.name();
  table.rules.table = schema.name;
  table.rules.policy = plan.rules->config.policy;
  table.rules.timezone = "UTC";
  table.config.name = schema.name;
  table.root = schema.name;
  return table;
}

/// Counted first: the sample is spread over the whole table.
void survey_unmapped(const DatasetPlan& plan, const TableSchema& schema, TableFacts& facts) {
  const auto table = without_rules(plan, schema);
  const Matcher matcher(table.rules, plan.days);
  TablePass pass{&table, &matcher, {}, {}, false, false, {}, {}};
  CountingSink counting;
  plan.source->for_each(pass, counting);
  facts.records = counting.records;
  pass.more = names_of(facts.columns);
  ColumnSink sink(facts);
  plan.source->for_each(pass, sink);
}

void add_unmapped(DatasetFacts& dataset, const DatasetPlan& plan, const TableSchema& schema) {
  TableFacts facts;
  facts.dataset = plan.name();
  facts.table = schema.name;
  facts.policy = plan.rules->config.policy;
  facts.where = plan.rules->config.where;
  facts.standing =
      is_declared_free(plan.rules->config, schema.name) ? TableStanding::declared_free : TableStanding::unmapped;
  for (const auto& column : schema.columns) facts.columns.emplace_back().name = column.name;
  try {
    survey_unmapped(plan, schema, facts);
    dataset.tables.push_back(std::move(facts));
  } catch (const Error& error) {
    dataset.failures.emplace_back(plan.title(schema.name), error.diagnostic());
  }
}

/// The selected tables of an opened side.
void add_side(DatasetFacts& facts, const DatasetPlan& plan, const Selection& selection,
              const std::vector<TableSchema>& schema) {
  for (const auto& planned : plan.tables) {
    if (!is_selected(selection, *planned.table)) continue;
    try {
      add_planned(facts, plan, planned, schema);
    } catch (const Error& error) {
      facts.failures.emplace_back(plan.title(planned.name()), error.diagnostic());
    }
  }
}

}  // namespace

void add_live(DatasetFacts& facts, DatasetPlan& plan, const Selection& selection) {
  if (plan.failure) {
    facts.failures.emplace_back(plan.title(), plan.failure->diagnostic());
    return;
  }
  add_side(facts, plan, selection, plan.source->schema());
  if (!selection.tables.empty()) return;
  for (const auto& schema : unmapped_tables(plan)) {
    // A view shows records of other tables; a virtual table can't be governed.
    if (schema.is_plain_table) add_unmapped(facts, plan, schema);
  }
}

void add_archived(DatasetFacts& facts, DatasetPlan& plan, const Selection& selection) {
  if (plan.failure) {
    facts.failures.emplace_back(plan.title(), plan.failure->diagnostic());
    return;
  }
  add_side(facts, plan, selection, {});
  std::erase_if(facts.tables,
                [](const TableFacts& table) { return table.side == Side::archive && table.records == 0; });
}

}  // namespace oubli
