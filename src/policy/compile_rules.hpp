/// From one table's config and its policy to the table's rules.
#pragma once

#include "oubli/model/rules.hpp"
#include "policy/compile_scope.hpp"

#include <string>
#include <vector>

namespace oubli {

/// The rules of a table that serves purposes; `config` has its names resolved. Reports every
/// purpose or event that isn't there, is there twice or is of no use. `categories` are the rules'.
[[nodiscard]] TableRules compile_rules(const TableScope& table, const DatasetConfig& dataset, const TableConfig& config,
                                       std::vector<std::string> categories);

/// The data categories whose columns a table or one that follows it has, each once. `tables` are all
/// of the dataset and `roots` says for each which one decides.
[[nodiscard]] std::vector<std::string> categories_of(const TableScope& table, const std::vector<TableConfig>& tables,
                                                     const std::vector<int>& roots);

/// Those of a table's categories that a purpose lists, as indices.
[[nodiscard]] std::vector<int> listed_categories(const Purpose& purpose, const TableRules& rules);

/// The events a purpose goes by in a table of these data categories, each once: starts, caps,
/// endings and their exceptions, the mark of new records.
[[nodiscard]] std::vector<std::string> events_of(const Purpose& purpose, const std::vector<std::string>& categories);

/// A table's purposes that its policy has, in the config's order.
struct Served {
  const ServedPurpose* served;
  const Purpose* purpose;
};

/// Which columns give the events of a table, and where each has its place in the rules.
class TableEvents {
 public:
  /// Adds to `rules` every mapped event that a purpose or its condition needs.
  TableEvents(const TableScope& table, const TableConfig& config, const std::vector<Served>& purposes,
              TableRules& rules);

  /// Index into TableRules::events of what gives `event` for `purpose`; reports at `where` that
  /// the table doesn't map it. A mapping of the purpose's own comes before the table's.
  [[nodiscard]] int find(const std::string& purpose, const std::string& event, const SourceLocation& where) const;

 private:
  void check(const EventMapping& mapping) const;
  [[nodiscard]] bool is_needed(const EventMapping& mapping) const;
  [[nodiscard]] bool gives(const EventMapping& mapping, const Served& purpose) const;
  void add(const EventMapping& mapping, TableRules& rules);
  [[nodiscard]] const EventMapping* mapping_of(const std::string& purpose, const std::string& event) const;
  [[nodiscard]] EventKind kind_of(const std::string& event) const;

  const TableScope& m_table;
  const TableConfig& m_config;
  const std::vector<Served>& m_purposes;
  std::vector<std::string> m_categories;
  std::vector<const EventMapping*> m_added;  ///< in the order of TableRules::events
};

/// Which rows of another table give an event, `other` having its names resolved.
[[nodiscard]] OtherTableRule compile_other_table(const TableScope& table, const OtherTable& other, TableRules& rules);

/// By what the records of a state without a date are remembered; reports a table without key.
[[nodiscard]] FirstSeenRule compile_first_seen(const TableScope& table, const TableConfig& config,
                                               const EventMapping& mapping, TableRules& rules);

/// Finds the columns by which rows point to a table between theirs and the record's, where the config
/// names that table alone: those of the one relation there is.
void resolve_tables_between(const DatasetScope& dataset, std::vector<TableConfig>& tables,
                            const std::vector<Relation>& relations);

/// True when rows of the table give an event of one of `tables`, or lead to those that do.
[[nodiscard]] bool gives_an_event(const DatasetScope& dataset, const std::vector<TableConfig>& tables,
                                  const std::string& table);

/// Columns by which rows give events of other tables are left when rows are minimised; reports those
/// that anonymising would mask, for the day they gave would be gone.
void spare_columns_of_events(const DatasetScope& dataset, const RuledDataset& rules, RuledTable& table);

/// The slot a column has in the rules, given one where it has none yet.
[[nodiscard]] int slot_of(TableRules& rules, const std::string& column);

/// A condition with its columns resolved to slots. Its first character stands at `where`; `events`
/// are those of `purpose`, or null where a condition may name none.
[[nodiscard]] Condition compile_condition(const TableScope& table, Condition condition, const SourceLocation& where,
                                          TableRules& rules, const TableEvents* events, const std::string& purpose);

}  // namespace oubli
