#include "run/init_survey.hpp"

#include "oubli/proposal/survey.hpp"
#include "oubli/source/data_source.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

/// Ends a pass before its end; a source knows no other way to stop.
struct EnoughSeen {};

class SurveySink : public RecordSink {
 public:
  explicit SurveySink(TableSurvey& survey) : m_survey(survey) {}

  void record(const JudgedRecord& record) override {
    if (m_survey.is_enough()) throw EnoughSeen{};
    if (record.judgement.outcome == Outcome::malformed) {
      m_survey.add_unreadable();
    } else {
      m_survey.add(record.more);
    }
  }

 private:
  TableSurvey& m_survey;
};

SurveyedTable unseen(const TableSchema& schema) {
  SurveyedTable table{schema.name};
  for (const auto& column : schema.columns) {
    const auto same = std::ranges::count(schema.columns, column.name, &ColumnSchema::name);
    if (column.name.empty() || same > 1) {
      table.nameless.push_back(column.name);
      continue;
    }
    auto& surveyed = table.columns.emplace_back();
    surveyed.name = column.name;
    surveyed.declared_type = column.declared_type;
    surveyed.not_null = column.not_null;
  }
  table.primary_key = schema.primary_key;
  table.unique = schema.unique;
  return table;
}

/// The tables of one open dataset as its source needs them to be read, without a rule.
class Survey {
 public:
  Survey(DatasetConfig config, Day today) : m_days{today, today} {
    m_rules.config = std::move(config);
    m_source = open_source(m_rules.config, Access::read);
    m_schema = m_source->schema();
    for (const auto& schema : m_schema) m_rules.tables.push_back(without_rules(schema));
    m_source->set_rules(m_rules);
  }

  [[nodiscard]] const std::vector<TableSchema>& schema() const { return m_schema; }
  [[nodiscard]] std::vector<Relation> foreign_keys() const { return m_source->foreign_keys(); }

  [[nodiscard]] SurveyedTable of(std::size_t index) {
    TableSurvey survey(unseen(m_schema[index]));
    const auto& table = m_rules.tables[index];
    const Matcher matcher(table.rules, m_days);
    TablePass pass{&table, &matcher, {}, {}, false, false, {}, {}};
    for (const auto& column : unseen(m_schema[index]).columns) pass.more.push_back(column.name);
    SurveySink sink(survey);
    try {
      m_source->for_each(pass, sink);
    } catch (const EnoughSeen&) {
      return std::move(survey).finish(true);
    }
    return std::move(survey).finish(false);
  }

 private:
  [[nodiscard]] RuledTable without_rules(const TableSchema& schema) const {
    RuledTable table;
    table.rules.dataset = m_rules.config.name;
    table.rules.table = schema.name;
    table.rules.timezone = "UTC";
    table.config.name = schema.name;
    table.root = schema.name;
    return table;
  }

  RunDays m_days;
  RuledDataset m_rules;
  std::unique_ptr<DataSource> m_source;
  std::vector<TableSchema> m_schema;
};

void look_at_tables(Survey& survey, LookedAtDataset& dataset) {
  for (std::size_t i = 0; i < survey.schema().size(); ++i) {
    const auto& schema = survey.schema()[i];
    if (!schema.is_plain_table) {
      dataset.left_out.push_back({schema.name, "a view, a virtual table or a part of one: it can't be governed"});
      continue;
    }
    try {
      dataset.survey.tables.push_back(survey.of(i));
    } catch (const Error& error) {
      dataset.left_out.push_back({schema.name, error.diagnostic().message});
    }
  }
}

}  // namespace

LookedAtDataset look_at_database(const std::string& name, const std::filesystem::path& file, Day today) {
  DatasetConfig config;
  config.name = name;
  config.path = file;
  Survey survey(config, today);
  LookedAtDataset dataset{name, DatasetKind::sqlite};
  dataset.survey.foreign_keys = survey.foreign_keys();
  look_at_tables(survey, dataset);
  return dataset;
}

LookedAtDataset look_at_csv(const std::string& name, const FoundCsvFolder& found, Day today) {
  LookedAtDataset dataset{name, DatasetKind::csv};
  dataset.left_out = found.left_out;
  for (const auto& table : found.tables) {
    DatasetConfig config;
    config.name = name;
    config.kind = DatasetKind::csv;
    config.tables.emplace_back().name = table.name;
    config.tables.back().files = table.files.files;
    try {
      Survey survey(config, today);
      look_at_tables(survey, dataset);
      dataset.files.emplace(table.name, table.files);
    } catch (const Error& error) {
      dataset.left_out.push_back({table.name, error.diagnostic().message});
    }
  }
  return dataset;
}

}  // namespace oubli
