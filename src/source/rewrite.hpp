/// What is written into a record that stays, whatever the kind of its source.
#pragma once

#include "oubli/source/data_source.hpp"

#include <span>
#include <string>
#include <vector>

namespace oubli {

/// A column and what it is set to.
struct NewField {
  std::string column;
  const Mask* mask = nullptr;  ///< null: the mark
  Value value{};
  std::string bytes{};  ///< what `value` points to
};

/// The columns a record's judgement names, and the mark where it is anonymised.
class RecordRewrite {
 public:
  /// `days`: the as-of day is what a mark says.
  RecordRewrite(const TableRules& rules, RunDays days) : m_rules(rules), m_days(days) {}

  /// Prepares what is set in this record; lives until the next call.
  [[nodiscard]] std::span<const NewField> of(const JudgedRecord& record);
  /// Counts a record as rewritten.
  void count(const JudgedRecord& record, TableChange& change) const;

 private:
  const TableRules& m_rules;
  RunDays m_days;
  std::vector<NewField> m_fields;
};

/// The columns that rewriting may set, the mark included.
[[nodiscard]] std::vector<std::string> rewritable_columns(const TableRules& rules);

}  // namespace oubli
