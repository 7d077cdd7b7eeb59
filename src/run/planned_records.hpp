/// The records of a saved plan (I9), as the planning of one side of a dataset asks for them: which of those that are
/// due now may go.
///
/// Equal records are told apart by nothing, so all of them go or none: where there are more of them now than the
/// plan counted, nobody can say which were meant, and they stay.
#pragma once

#include "oubli/source/data_source.hpp"
#include "run/record_digest.hpp"
#include "run/saved_plan.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// What a plan is held against.
enum class PlanPart : std::uint8_t {
  as_saved,   ///< the records the plan names on this side
  arrivals,   ///< in the archive: the live records the plan names as going there
};

class PlannedRecords {
 public:
  /// Throws Error (Cause::refused) where a table that the plan names isn't what it was. `schema`: of the side's
  /// source; for arrivals of the live one.
  PlannedRecords(const SavedPlan& plan, const RecordDigester::Key& key, const RuledDataset& rules, Side side,
                 const std::vector<TableSchema>& schema, PlanPart part = PlanPart::as_saved);

  /// The same pass, which then tells what `lets_go` and `lets_rewrite` need.
  [[nodiscard]] TablePass widened(TablePass pass) const;

  /// Counts the table's records that are in the plan; to be told of all tables, before any is asked for.
  void count(DataSource& source, const RuledTable& table, const Matcher& matcher);

  /// Whether a record whose own outcome is to be archived or purged is in the plan as such.
  [[nodiscard]] bool lets_go(const RuledTable& table, const JudgedRecord& record) const;
  /// Whether it is there as one to be anonymised or minimised, in just these columns.
  [[nodiscard]] bool lets_rewrite(const RuledTable& table, const JudgedRecord& record) const;

 private:
  struct Table {
    RecordDigester digester;
    std::vector<SavedRecord> records;  ///< by digest
    std::vector<std::int64_t> found;   ///< of each of them
    bool is_counted = false;

    /// Which of `records` it is.
    [[nodiscard]] std::optional<std::size_t> find(const JudgedRecord& record, std::string_view fate) const;
  };
  [[nodiscard]] std::string rewriting_fate(const RuledTable& table, const JudgedRecord& record) const;
  [[nodiscard]] bool holds(const RuledTable& table, const JudgedRecord& record, std::string_view fate) const;

  PlanPart m_part;
  std::map<std::string, Table> m_tables;  ///< by name: those the plan names
};

/// Of a table, in its order.
[[nodiscard]] std::vector<std::string> column_names(const TableSchema& table);
/// Null where the side has no such table, or none any more.
[[nodiscard]] const TableSchema* find_schema(const std::vector<TableSchema>& schema, const std::string& table);

}  // namespace oubli
