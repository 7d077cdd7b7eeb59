#include "run/step_gate.hpp"

#include <utility>

namespace oubli {

namespace {

class LockedStops : public StepGuard {
 public:
  explicit LockedStops(StopLock lock) : m_lock(std::move(lock)) {}

 private:
  StopLock m_lock;
};

}  // namespace

std::unique_ptr<StepGuard> StepGate::pass() const {
  auto guard = std::make_unique<LockedStops>(State::lock_stops(m_file, StopLock::Hold::shared));
  if (m_state->stops() != m_planned) throw PlanOutdated();
  return guard;
}

}  // namespace oubli
