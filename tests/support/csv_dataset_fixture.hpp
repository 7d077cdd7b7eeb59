/// A CSV dataset in a temporary folder, with rules for it, as tests of the CSV source want it.
///
/// Every table's records are judged on 1 January 2026 by their column `last` (ISO): kept for three
/// years from it, and then purged, or archived until ten years from it.
#pragma once

#include "oubli/source/data_source.hpp"
#include "support/day_literal.hpp"
#include "support/temporary_folder.hpp"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace oubli::test {

enum class Then { purge, archive };

/// What a pass saw of a record.
struct SeenRecord {
  std::int64_t row = 0;
  std::string file;
  std::string outcome;
  std::vector<std::string> key;  ///< "NULL" for null
  std::vector<std::string> values;
  std::vector<RecordKey> as_parent;
  std::vector<RecordKey> as_child;
};

class CsvDatasetFixture {
 public:
  CsvDatasetFixture() {
    m_rules.config.name = "crm";
    m_rules.config.kind = DatasetKind::csv;
    m_rules.config.policy = "test";
    std::filesystem::create_directory(m_folder / "data");
    std::filesystem::create_directory(m_folder / "archive");
  }

  [[nodiscard]] const TemporaryFolder& folder() const { return m_folder; }
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return m_folder.path() / "data" / name; }
  [[nodiscard]] std::string bytes(const std::string& name) const { return read_file(file(name)); }
  void write(const std::string& name, std::string_view text) const {
    static_cast<void>(m_folder.write("data/" + name, text));
  }

  /// Adds a table of the files `glob`, with `id` as its key.
  TableConfig& add_table(const std::string& name, const std::string& glob, Then then = Then::purge) {
    TableConfig config;
    config.name = name;
    config.key = {{"id", {}}};
    config.files.emplace();
    config.files->glob = file(glob);
    m_rules.config.tables.push_back(config);
    m_rules.tables.push_back({rules_of(name, then), config, name});
    return m_rules.config.tables.back();
  }

  /// Makes `child` follow `parent`, by the child's column `parent_id`.
  void follow(const std::string& child, const std::string& parent) {
    relate(child, parent, true);
    RuledTable& table = ruled(child);
    table.rules = ruled(parent).rules;
    table.rules.table = child;
    table.root = ruled(parent).root;
  }
  void relate(const std::string& child, const std::string& parent, bool follows = false) {
    m_rules.relations.push_back({child, {"parent_id"}, parent, {"id"}, follows});
  }

  [[nodiscard]] RuledDataset& rules() { return m_rules; }
  [[nodiscard]] RuledTable& ruled(const std::string& name) {
    for (auto& table : m_rules.tables) {
      if (table.config.name == name) return table;
    }
    throw std::out_of_range(name);
  }

  /// Opens it anew. What was added to a table's config counts.
  DataSource& open(Access access = Access::enforce, const std::string& run = "run1") {
    for (std::size_t i = 0; i < m_rules.tables.size(); ++i) m_rules.tables[i].config = m_rules.config.tables[i];
    m_source.reset();
    m_source = open_source(m_rules.config, access);
    m_source->set_rules(m_rules);
    m_source->set_archive({m_folder / "archive", "state-1", run, {}});
    m_matchers.clear();
    for (const auto& table : m_rules.tables) m_matchers.try_emplace(table.config.name, table.rules, k_days);
    return *m_source;
  }
  [[nodiscard]] DataSource& source() { return *m_source; }

  [[nodiscard]] TablePass pass(const std::string& name) {
    TablePass pass;
    pass.table = &ruled(name);
    pass.matcher = &m_matchers.at(name);
    pass.with_key = true;
    return pass;
  }
  [[nodiscard]] std::vector<SeenRecord> records(const TablePass& pass) {
    Collector collector;
    m_source->for_each(pass, collector);
    return std::move(collector.records);
  }
  [[nodiscard]] std::vector<SeenRecord> records(const std::string& table) { return records(pass(table)); }
  /// The outcomes in order.
  [[nodiscard]] std::vector<std::string> outcomes(const std::string& table) {
    std::vector<std::string> result;
    for (auto& record : records(table)) result.push_back(record.outcome);
    return result;
  }

  /// A plan for these tables, followers first, expecting what is due in them.
  [[nodiscard]] GroupPlan plan(const std::vector<std::string>& tables) {
    GroupPlan group;
    for (const auto& name : tables) {
      std::int64_t due = 0;
      for (const auto& outcome : outcomes(name)) due += outcome == "purge" || outcome == "archive" ? 1 : 0;
      group.tables.push_back({pass(name), due});
    }
    return group;
  }
  /// Carries the plan out to its end.
  StepResult enforce(const GroupPlan& plan) {
    StepResult sum;
    while (const auto step = m_source->next_step(plan, {})) {
      step->copy();
      for (const auto& [table, change] : step->remove()) sum[table] += change;
    }
    return sum;
  }
  StepResult enforce(const std::vector<std::string>& tables) { return enforce(plan(tables)); }

  /// The bytes of every file of a table's archive, by name.
  [[nodiscard]] std::map<std::string, std::string> archive(const std::string& table) const {
    std::map<std::string, std::string> files;
    const auto path = m_folder.path() / "archive" / ("crm." + table);
    if (!std::filesystem::exists(path)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      files[entry.path().filename()] = read_file(entry.path());
    }
    files.erase("oubli_archive");
    return files;
  }

 private:
  static constexpr RunDays k_days{date::sys_days{date::year{2026} / 1 / 1}, date::sys_days{date::year{2026} / 1 / 1}};

  struct Collector : RecordSink {
    std::vector<SeenRecord> records;
    static std::vector<std::string> texts(std::span<const Value> values) {
      std::vector<std::string> result;
      for (const auto& value : values) result.emplace_back(value.is_null() ? "NULL" : value.bytes);
      return result;
    }
    void record(const JudgedRecord& record) override {
      records.push_back({record.row,
                         std::string(record.file),
                         std::string(to_text(record.judgement.outcome)),
                         texts(record.key),
                         texts(record.facts.values),
                         {record.as_parent.begin(), record.as_parent.end()},
                         {record.as_child.begin(), record.as_child.end()}});
    }
  };

  static TableRules rules_of(const std::string& table, Then then) {
    TableRules rules;
    rules.dataset = "crm";
    rules.table = table;
    rules.policy = "test";
    rules.timezone = "UTC";
    rules.plausible_from = "1980-01-01"_day;
    rules.columns = {"last"};
    EventRule event;
    event.name = "last_contact";
    event.formats = {{ColumnFormat::Kind::iso, {}}};
    event.zone = "UTC";
    rules.events = {event};
    PurposeRule purpose;
    purpose.purpose = "prospecting";
    purpose.active.emplace();
    purpose.active->start.members = {{0, false}};
    purpose.active->period = {3, 0, 0, 0};
    if (then == Then::archive) purpose.archive = ArchiveRule{{10, 0, 0, 0}, "legal_claims", {}};
    rules.purposes = {purpose};
    return rules;
  }

  TemporaryFolder m_folder;
  RuledDataset m_rules;
  std::unique_ptr<DataSource> m_source;
  std::map<std::string, Matcher> m_matchers;
};

}  // namespace oubli::test
