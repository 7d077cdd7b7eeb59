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

/// Some of the records that others may go by; what they note, these do.
class SomeRecords : public GoingRecords {
 public:
  explicit SomeRecords(const GoingRecords& all) : m_going(all) {}
  [[nodiscard]] std::unique_ptr<StepGuard> begin_step() const override { return m_going.begin_step(); }
  [[nodiscard]] std::optional<KeyDigest> key_digest(const RuledTable& table, const JudgedRecord& record) const override {
    return m_going.key_digest(table, record);
  }
  void before_change(const RuledTable& table, RecordChange change, const std::vector<KeyDigest>& keys) const override {
    m_going.before_change(table, change, keys);
  }

 protected:
  const GoingRecords& m_going;
};

/// Of the records that may go, those that became due on or before a day.
class OldestRecords : public SomeRecords {
 public:
  OldestRecords(const GoingRecords& going, Day until) : SomeRecords(going), m_until(until) {}
  [[nodiscard]] bool goes(const RuledTable& table, const JudgedRecord& record) const override;
  /// A record that is minimised is due since no one day, and taken as it comes.
  [[nodiscard]] bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const override;

 private:
  Day m_until;
};

/// Of the records that may be rewritten, those that are minimised; none that goes.
class MinimisedRecords : public SomeRecords {
 public:
  using SomeRecords::SomeRecords;
  [[nodiscard]] bool goes(const RuledTable& /*table*/, const JudgedRecord& /*record*/) const override { return false; }
  [[nodiscard]] bool is_rewritten(const RuledTable& table, const JudgedRecord& record) const override;
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
