/// What every step of a run passes before it changes anything: nobody may add or lift a stop while it does,
/// and none may have been added or lifted since the plan was made.
#pragma once

#include "oubli/source/data_source.hpp"
#include "oubli/state/state.hpp"

#include <filesystem>
#include <memory>
#include <vector>

namespace oubli {

class StepGate {
 public:
  /// `state` is the one in `file`, and must outlive this; `planned` are all its stops as the plan knows them.
  StepGate(const State& state, std::filesystem::path file, std::vector<Stop> planned)
      : m_state(&state), m_file(std::move(file)), m_planned(std::move(planned)) {}

  /// Waits for whoever adds or lifts a stop. Throws PlanOutdated when that has happened.
  [[nodiscard]] std::unique_ptr<StepGuard> pass() const;

 private:
  const State* m_state;
  std::filesystem::path m_file;
  std::vector<Stop> m_planned;
};

}  // namespace oubli
