/// From a judged dataset to the plans its source carries out.
#pragma once

#include "run/dataset_plan.hpp"
#include "run/groups.hpp"

#include <cstdint>
#include <vector>

namespace oubli {

/// The removals from those of the group's tables that are allowed to change; empty when its root isn't.
[[nodiscard]] GroupPlan group_plan(const DatasetPlan& plan, const TableGroup& group, const GoingRecords& going,
                                   const std::set<std::string>& allowed);

/// The same for what is rewritten, tables without such records left out. A record is masked before
/// the one it follows is marked, so that a crash between the two is made good by the next run.
[[nodiscard]] std::vector<TablePlan> rewriting_plans(const DatasetPlan& plan, const TableGroup& group,
                                                     const std::set<std::string>& allowed);

/// Of the records that may go, those that became due on or before a day.
class OldestRecords : public GoingRecords {
 public:
  OldestRecords(const GoingRecords& going, Day until) : m_going(going), m_until(until) {}
  [[nodiscard]] bool goes(const RuledTable& table, const JudgedRecord& record) const override;
  /// A record that is minimised is due since no one day, and taken as it comes.
  [[nodiscard]] bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const override;
  [[nodiscard]] std::unique_ptr<StepGuard> begin_step() const override { return m_going.begin_step(); }

 private:
  const GoingRecords& m_going;
  Day m_until;
};

/// Of the records that may be rewritten, those that are minimised; none that goes.
class MinimisedRecords : public GoingRecords {
 public:
  explicit MinimisedRecords(const GoingRecords& going) : m_going(going) {}
  [[nodiscard]] bool goes(const RuledTable& /*table*/, const JudgedRecord& /*record*/) const override { return false; }
  [[nodiscard]] bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const override;
  [[nodiscard]] std::unique_ptr<StepGuard> begin_step() const override { return m_going.begin_step(); }

 private:
  const GoingRecords& m_going;
};

/// So many of the records due until a day.
struct OldestShare {
  Day until;
  std::int64_t records = 0;
};

/// The `most` oldest records as at most two shares, to be taken one after the other: all that
/// became due before some day, then part of that day's. One share where all fit.
[[nodiscard]] std::vector<OldestShare> oldest_shares(const std::map<Day, std::int64_t>& due_since, std::int64_t most);

}  // namespace oubli
