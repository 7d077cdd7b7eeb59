/// A database file with rules, for the tests of the SQLite source: make it by SQL, enforce, look.
#pragma once

#include "oubli/engine/decide.hpp"
#include "oubli/source/data_source.hpp"
#include "source/sqlite/sqlite_source.hpp"
#include "support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <filesystem>
#include <initializer_list>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::test {

inline const RunDays k_days{date::year{2026} / 11 / 22, date::year{2026} / 11 / 22};

inline void execute(const std::filesystem::path& file, const std::string& sql) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(sql);
}

/// Every row on a line, its fields joined by `|`.
[[nodiscard]] inline std::string query(const std::filesystem::path& file, const std::string& sql) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  SQLite::Statement rows(database, sql);
  std::string text;
  while (rows.executeStep()) {
    for (int i = 0; i < rows.getColumnCount(); ++i) text += (i == 0 ? "" : "|") + rows.getColumn(i).getString();
    text += '\n';
  }
  return text;
}

/// How often `bytes` stand in a file; 0 when there is no file.
[[nodiscard]] inline std::size_t occurrences(const std::filesystem::path& file, std::string_view bytes) {
  if (!std::filesystem::exists(file)) return 0;
  const std::string content = read_file(file);
  std::size_t count = 0;
  for (auto at = content.find(bytes); at != std::string::npos; at = content.find(bytes, at + 1)) ++count;
  return count;
}

/// One purpose: active for three years from the day in `column`, then archived up to ten years, then
/// purged. So 2010 is purged, 2020 archived, 2026 kept.
[[nodiscard]] inline TableRules rules_from(const std::string& table, const std::string& column) {
  TableRules rules;
  rules.dataset = "crm";
  rules.table = table;
  rules.policy = "test";
  rules.timezone = "Europe/Paris";
  rules.plausible_from = date::year{1980} / 1 / 1;
  rules.columns = {column};
  EventRule event;
  event.name = "last_contact";
  event.formats = {ColumnFormat{}};
  event.zone = rules.timezone;
  rules.events = {event};
  PurposeRule purpose;
  purpose.purpose = "prospecting";
  const EventTerm start{EventExpression::Combine::single, {{0, false}}};
  purpose.active = ActiveRule{start, false, Period{3, 0, 0, 0}, EndOf::none, {}};
  purpose.archive = ArchiveRule{Period{10, 0, 0, 0}, "legal_claims", {}};
  rules.purposes = {purpose};
  return rules;
}

/// A record as a sink saw it.
struct SeenRecord {
  std::int64_t row = 0;
  Outcome outcome = Outcome::keep;
  std::string key;
  std::vector<RecordKey> as_parent;
  std::vector<RecordKey> as_child;
};

[[nodiscard]] inline std::string shown(const Value& value) {
  switch (value.type) {
    case Value::Type::null:
      return "null";
    case Value::Type::integer:
      return std::to_string(value.integer);
    case Value::Type::real:
      return std::to_string(value.real);
    case Value::Type::text:
      return "'" + std::string(value.bytes) + "'";
    case Value::Type::blob:
      return "x'" + std::string(value.bytes) + "'";
  }
  return {};
}

class Seen : public RecordSink {
 public:
  void record(const JudgedRecord& record) override {
    SeenRecord seen{record.row, record.judgement.outcome, {}, {}, {}};
    for (const Value& value : record.key) seen.key += (seen.key.empty() ? "" : ",") + shown(value);
    seen.as_parent.assign(record.as_parent.begin(), record.as_parent.end());
    seen.as_child.assign(record.as_child.begin(), record.as_child.end());
    records.push_back(std::move(seen));
  }
  std::vector<SeenRecord> records;
};

class SqliteWorkbench {
 public:
  explicit SqliteWorkbench(const std::string& sql, std::filesystem::path file = {}) {
    config.name = "crm";
    config.kind = DatasetKind::sqlite;
    config.path = file.empty() ? folder / "crm.db" : std::move(file);
    config.rowids_unused = true;
    execute(config.path, sql);
    std::filesystem::create_directory(archive_folder());
    rules.config = config;
  }

  /// A table with purposes of its own, judged by the day in `column`.
  void rule(const std::string& table, const std::string& column, std::vector<std::string> key = {}) {
    add(table, table, rules_from(table, column), std::move(key));
  }
  void follow(const std::string& table, const std::string& root, const std::string& column) {
    add(table, root, rules_from(table, column), {});
  }

  [[nodiscard]] std::unique_ptr<DataSource> open(Access access, const std::string& run = "run-1") {
    auto source = open_sqlite_source(config, access);
    if (rules.relations.empty()) rules.relations = source->foreign_keys();
    for (Relation& relation : rules.relations) relation.follows = is_follower(relation);
    source->set_rules(rules);
    source->set_archive(target(run));
    return source;
  }

  [[nodiscard]] TablePass pass(const std::string& table) const {
    TablePass pass;
    auto matcher = matchers.begin();
    for (const RuledTable& ruled : rules.tables) {
      if (ruled.config.name == table) {
        pass.table = &ruled;
        pass.matcher = &*matcher;
      }
      ++matcher;
    }
    return pass;
  }

  /// Children before parents.
  [[nodiscard]] GroupPlan plan(std::initializer_list<std::string> tables, std::int64_t expected = 1'000) const {
    GroupPlan plan;
    for (const std::string& table : tables) plan.tables.push_back({pass(table), expected});
    return plan;
  }

  [[nodiscard]] std::vector<SeenRecord> read(DataSource& source, const std::string& table) const {
    Seen seen;
    source.for_each(pass(table), seen);
    return seen.records;
  }

  /// Settles what is pending, then takes every step.
  StepResult enforce(DataSource& source, const GroupPlan& plan, StepLimit limit = {}) const {
    StepResult sum;
    const auto take = [&](Step& step) {
      step.copy();
      for (const auto& [table, change] : step.remove()) sum[table] += change;
    };
    if (const auto step = source.pending_step(plan)) take(*step);
    while (const auto step = source.next_step(plan, limit)) take(*step);
    return sum;
  }

  [[nodiscard]] std::string live(const std::string& sql) const { return query(config.path, sql); }
  [[nodiscard]] std::string archived(const std::string& sql) const { return query(archive(), sql); }
  [[nodiscard]] std::filesystem::path archive() const { return archive_folder() / "crm.db"; }
  [[nodiscard]] std::filesystem::path archive_folder() const { return folder / "archive"; }
  [[nodiscard]] ArchiveTarget target(const std::string& run) const { return {archive_folder(), "state-1", run, {}}; }

  TemporaryFolder folder;
  DatasetConfig config;
  RuledDataset rules;
  std::list<Matcher> matchers;  ///< of the ruled tables, in their order

 private:
  void add(const std::string& table, const std::string& root, TableRules table_rules, std::vector<std::string> key) {
    RuledTable ruled{std::move(table_rules), {}, root};
    ruled.config.name = table;
    for (std::string& column : key) ruled.config.key.push_back({std::move(column), {}});
    matchers.emplace_back(ruled.rules, k_days);
    rules.tables.push_back(std::move(ruled));
  }

  [[nodiscard]] bool is_follower(const Relation& relation) const {
    for (const RuledTable& table : rules.tables) {
      if (table.config.name == relation.child && table.root != table.config.name && relation.parent != relation.child)
        return true;
    }
    return false;
  }
};

}  // namespace oubli::test
