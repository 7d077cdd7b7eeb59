/// The records of one dataset judged by two sets of rules.
#pragma once

#include "oubli/model/rule_diff.hpp"
#include "run/dataset_plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// A dataset's rules and what else its records are judged by; without rules where this side hasn't
/// got the dataset.
struct RuledSide {
  const RuledDataset* rules = nullptr;
  PlanRequest judged_by = {};
};

/// Plans one side of a dataset twice and compares the outcome of each record, a byte for every record of a table.
/// A side that doesn't govern a table leaves its records unassigned.
class OutcomeMoves {
 public:
  /// `side`: whether the live records are compared or those in the archive.
  OutcomeMoves(RuledSide before, RuledSide after, Side side = Side::live);

  /// Fills the moves of one table, or says why they aren't known.
  void add_to(TableDiff& table);
  /// Names the dataset where a side couldn't be judged at all.
  void add_failure(RuleDiff& diff) const;

 private:
  [[nodiscard]] std::optional<DatasetPlan> plan(const RuledSide& side) const;
  [[nodiscard]] const Error* failure() const;

  Side m_side;
  bool m_is_same_file = true;
  std::optional<DatasetPlan> m_before;
  std::optional<DatasetPlan> m_after;
};

}  // namespace oubli
