/// The two-step move of a group of tables: archive first, durably, then remove from the source
/// exactly what the archive holds and is still due. Never one transaction over both: in
/// write-ahead mode that loses records. A crash at any point leaves each record in the source, in
/// the archive, or between the steps in both; the next run settles those.
#pragma once

#include "oubli/source/data_source.hpp"

#include <functional>

namespace oubli {

/// Asked and told around every step. `goes_on`: false ends the move where it is; `before` runs before anything
/// of the step is changed.
struct StepObserver {
  std::function<bool()> goes_on;
  std::function<StepLimit()> limit;
  std::function<void()> before;
  std::function<void(const StepResult&)> after;
};

/// Finishes what an earlier, interrupted run of this group began, unless it doesn't go on. True when there was
/// something to finish, and it is.
bool settle_pending(DataSource& source, const GroupPlan& plan, const StepObserver& observer);

/// Carries the plan out, step by step, until nothing due is left or it doesn't go on. Throws Error when a step fails:
/// the steps before it stand, that one is undone.
void move_group(DataSource& source, const GroupPlan& plan, const StepObserver& observer);

/// Rewrites a table's records step by step, likewise.
void rewrite_table(DataSource& source, const TablePlan& plan, const GoingRecords& going, const StepObserver& observer);

}  // namespace oubli
