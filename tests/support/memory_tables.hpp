/// A dataset in memory with rules, for tests of what happens between tables.
///
/// Every table has the columns `id`, `up` (the id of a parent, or null) and `last` (ISO). Records are
/// judged on 1 January 2026: kept for three years from `last`, then purged, or archived for ten.
#pragma once

#include "oubli/source/memory_source.hpp"
#include "support/day_literal.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace oubli::test {

struct Row {
  int id = 0;
  int up = 0;  ///< 0: points to nothing
  bool due = false;
};

enum class Then { purge, archive };

class MemoryTables {
 public:
  MemoryTables() { m_rules.config.name = "shop"; }

  /// A table with rules.
  void add(const std::string& name, const std::vector<Row>& rows, Then then = Then::purge) {
    add_unmapped(name, rows);
    TableConfig config;
    config.name = name;
    m_rules.tables.push_back({rules_of(name, then), config, name});
  }

  /// A table no rule knows.
  void add_unmapped(const std::string& name, const std::vector<Row>& rows) {
    m_memory.tables.push_back(table_of(name, rows));
  }

  void add_archived(const std::string& name, const std::vector<Row>& rows) {
    m_memory.archive.push_back(table_of(name, rows));
  }

  void relate(const std::string& child, const std::string& parent) {
    m_rules.relations.push_back({child, {"up"}, parent, {"id"}, false});
  }

  void follow(const std::string& child, const std::string& parent) {
    m_rules.relations.push_back({child, {"up"}, parent, {"id"}, true});
    auto& table = ruled(child);
    const auto& followed = ruled(parent);
    table.rules = followed.rules;
    table.rules.table = child;
    table.root = followed.root;
    table.config.follows = DeclaredRelation{{parent, {}}, {{{"up", {}}, {"id", {}}}}};
  }

  [[nodiscard]] const RuledDataset& rules() const { return m_rules; }
  [[nodiscard]] RuledTable& ruled(const std::string& name) {
    for (auto& table : m_rules.tables) {
      if (table.rules.table == name) return table;
    }
    throw std::out_of_range(name);
  }

  /// Opens it; call when everything is added.
  DataSource& open(Side side = Side::live) {
    m_source = side == Side::live ? open_memory_source(m_memory) : open_memory_archive(m_memory);
    m_source->set_rules(m_rules);
    m_matchers.clear();
    for (const auto& table : m_rules.tables) m_matchers.try_emplace(table.rules.table, table.rules, k_days);
    return *m_source;
  }
  [[nodiscard]] const std::map<std::string, Matcher>& matchers() const { return m_matchers; }

 private:
  static constexpr RunDays k_days{Day(date::days{20454}), Day(date::days{20454})};  // 2026-01-01

  static OwnedValue text(const std::string& bytes) { return {Value::Type::text, 0, 0, bytes}; }
  static OwnedValue number(int value) {
    return value == 0 ? OwnedValue{} : OwnedValue{Value::Type::integer, value, 0, {}};
  }

  static MemoryTable table_of(const std::string& name, const std::vector<Row>& rows) {
    MemoryTable table;
    table.schema.name = name;
    for (const auto* column : {"id", "up", "last"}) table.schema.columns.push_back({column, {}, false, false});
    for (const auto& row : rows) {
      table.rows.push_back({number(row.id), number(row.up), text(row.due ? "2020-01-01" : "2025-01-01")});
    }
    return table;
  }

  static TableRules rules_of(const std::string& name, Then then) {
    TableRules rules;
    rules.dataset = "shop";
    rules.table = name;
    rules.policy = "test";
    rules.timezone = "UTC";
    rules.plausible_from = "1980-01-01"_day;
    rules.columns = {"last"};
    EventRule last;
    last.name = "last";
    last.zone = "UTC";
    last.formats = {ColumnFormat{}};
    rules.events = {last};
    PurposeRule purpose;
    purpose.purpose = "sales";
    purpose.active = ActiveRule{{EventExpression::Combine::single, {{0, false}}}, false, {3, 0, 0, 0}, {}, {}};
    if (then == Then::archive) purpose.archive = ArchiveRule{{10, 0, 0, 0}, "legal_claims", {}};
    rules.purposes = {purpose};
    return rules;
  }

  MemoryDataset m_memory;
  RuledDataset m_rules;
  std::unique_ptr<DataSource> m_source;
  std::map<std::string, Matcher> m_matchers;
};

}  // namespace oubli::test
