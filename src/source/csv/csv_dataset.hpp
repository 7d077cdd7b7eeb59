/// A CSV dataset as its passes and steps share it: tables, rules, and which columns each table's
/// records are read with.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/events/events_elsewhere.hpp"
#include "source/csv/table_files.hpp"
#include "source/csv/table_scan.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oubli::csv {

class FollowIndex;
class SubjectIndex;

/// Where a table's columns are in its records. The same for every pass, so that a record whose key
/// can't be decoded is malformed in all of them.
struct TableLayout {
  ColumnChoice choice;
  std::size_t rule_columns = 0;  ///< the first slots; none for a table that follows
  std::vector<std::size_t> key;
  std::vector<std::size_t> subject;  ///< the data subject's, or the first step's on the way to it; none without one
  std::vector<std::size_t> personal;               ///< by TableRules::personal
  std::map<std::string, std::size_t> rewritable;   ///< by column: what rewriting may set
  std::vector<std::size_t> follows;                           ///< this table's side
  std::map<std::size_t, std::vector<std::size_t>> as_parent;  ///< by relation
  std::map<std::size_t, std::vector<std::size_t>> as_child;
};

[[nodiscard]] TableLayout table_layout(const RuledDataset& rules, const std::string& table);

class CsvDataset {
 public:
  /// Throws Error for a table whose files can't be found.
  explicit CsvDataset(const DatasetConfig& config);

  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] std::vector<CsvTable>& tables() { return m_tables; }
  [[nodiscard]] const std::vector<CsvTable>& tables() const { return m_tables; }
  [[nodiscard]] CsvTable& table(const std::string& name);

  void set_rules(const RuledDataset& rules) { m_rules = &rules; }
  [[nodiscard]] const RuledDataset& rules() const { return *m_rules; }
  void set_events(events::EventsElsewhere& events) { m_events = &events; }
  [[nodiscard]] events::EventsElsewhere& events() { return *m_events; }
  /// REQUIRES: set_rules, with this table in them.
  [[nodiscard]] const RuledTable& ruled(const std::string& table) const;
  /// REQUIRES: set_rules.
  [[nodiscard]] TableLayout layout(const std::string& table) const;

  /// Read once for all passes between two changes. REQUIRES: `child` follows a table.
  [[nodiscard]] std::shared_ptr<const FollowIndex> follow_index(const std::string& child, const Matcher& matcher);
  /// The same for whose records those are that `table`'s point to. REQUIRES: its path has steps.
  [[nodiscard]] std::shared_ptr<const SubjectIndex> subject_index(const RuledTable& table);
  /// To be called after every change of a file.
  void forget_indices();

 private:
  struct KnownIndex {
    RunDays days;
    std::shared_ptr<const FollowIndex> index;
  };
  std::string m_name;
  std::vector<CsvTable> m_tables;
  const RuledDataset* m_rules = nullptr;
  events::EventsElsewhere* m_events = nullptr;
  std::map<std::string, KnownIndex> m_follow_indices;                             ///< by child table
  std::map<std::string, std::shared_ptr<const SubjectIndex>> m_subject_indices;  ///< by table
};

/// The table's columns: its first file's, or where no file has a header line, those the config
/// counts on. Throws FileFault where there must be one.
[[nodiscard]] TableSchema schema_of(const CsvTable& table);

/// The key of a record for a relation; null when one of its columns is (S20). Keys are equal when
/// the decoded texts are, byte for byte.
[[nodiscard]] RecordKey record_key(std::span<const Value> fields, const std::vector<std::size_t>& slots);

[[nodiscard]] std::vector<std::string> names_of(const std::vector<NamedColumn>& columns);

}  // namespace oubli::csv
