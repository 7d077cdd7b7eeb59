/// What all parts of one run share: what was asked for, the clock, the ledger, and how a dataset is planned.
#pragma once

#include "oubli/archive/move.hpp"
#include "oubli/run/enforce.hpp"
#include "oubli/state/state.hpp"
#include "run/dataset_plan.hpp"
#include "run/key_notes.hpp"
#include "run/ledger_entries.hpp"
#include "run/run_pace.hpp"
#include "run/saved_plan.hpp"
#include "run/stops.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace oubli {

class EnforceRun {
 public:
  using TimePoint = std::chrono::system_clock::time_point;

  /// The three outlive this.
  EnforceRun(const Project& project, const EnforceRequest& request, State& state, TimePoint now);

  const Project& project;
  const EnforceRequest& request;
  State& state;
  const TimePoint now;
  const std::string id;
  LedgerWriter ledger;
  RunPace pace;
  const std::shared_ptr<KeyNotes> keys;
  const std::map<std::string, RunDays> days;  ///< by policy; of those alone that a selected dataset is under

  /// As they are at this moment: others may add and lift some during the run.
  [[nodiscard]] Stops stops() const { return {project, &state, now}; }
  [[nodiscard]] PlanRequest plan_request(const RuledDataset& dataset);
  /// Goes by the saved plan that the request brings, from here on; none: nothing happens. Throws Error
  /// (Cause::refused) where it doesn't fit. Called before anything is planned.
  void use_saved_plan();
  /// Null where any due record may go.
  [[nodiscard]] const SavedPlan* saved_plan() const { return m_saved ? &*m_saved : nullptr; }
  /// Told of every step over a plan; `use` of what each did.
  [[nodiscard]] StepObserver observer(const DatasetPlan& plan, std::function<void(const StepResult&)> use);

 private:
  void mark_erasure_pending(const DatasetPlan& plan);

  std::optional<SavedPlan> m_saved;
  RecordDigester::Key m_saved_key{};
  std::set<std::string> m_marked;  ///< datasets noted as having an erasure pending
};

/// A run ends when there is one.
[[nodiscard]] std::filesystem::path stop_file(const Config& config);

}  // namespace oubli
