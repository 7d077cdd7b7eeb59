#include "oubli/archive/move.hpp"

namespace oubli {

bool settle_pending(DataSource& source, const GroupPlan& plan, const StepObserver& observer) {
  const auto step = source.pending_step(plan);
  if (!step) return false;
  observer.before();
  observer.after(step->remove());
  return true;
}

void move_group(DataSource& source, const GroupPlan& plan, StepLimit limit, const StepObserver& observer) {
  while (const auto step = source.next_step(plan, limit)) {
    observer.before();
    step->copy();
    observer.after(step->remove());
  }
}

}  // namespace oubli
