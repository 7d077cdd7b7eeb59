#include "oubli/archive/move.hpp"

namespace oubli {

bool settle_pending(DataSource& source, const GroupPlan& plan, const StepObserver& observer) {
  const auto step = source.pending_step(plan);
  if (!step || !observer.goes_on()) return false;
  observer.before();
  observer.after(step->remove());
  return true;
}

void move_group(DataSource& source, const GroupPlan& plan, const StepObserver& observer) {
  while (const auto step = source.next_step(plan, observer.limit())) {
    if (!observer.goes_on()) return;
    observer.before();
    step->copy();
    observer.after(step->remove());
  }
}

void rewrite_table(DataSource& source, const TablePlan& plan, const GoingRecords& going,
                   const StepObserver& observer) {
  const auto rewriting = source.rewriting(plan, going);
  while (observer.goes_on()) {
    observer.before();
    const auto change = rewriting->next(observer.limit());
    if (!change) return;
    observer.after({{plan.pass.table->rules.table, *change}});
  }
}

}  // namespace oubli
