/// How many archived records there must be. Records in the archive keep others from going, so one that is gone,
/// not mounted, or put back from an older backup must be noticed before anything is judged without it.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/state/state.hpp"
#include "run/dataset_plan.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace oubli {

/// Throws Error (Cause::refused) where an archive's folder is gone although there must be records in it.
void require_archive_folder(const RuledDataset& rules, const ArchiveTarget& archive);

/// Throws Error (Cause::refused) where fewer records are found in the archive than there must be.
void require_all_archived(const DatasetPlan& archive, const std::map<std::string, std::int64_t>& at_least);

/// Keeps the state's counts below or at what is really there, wherever a run ends.
class ArchivedRecords {
 public:
  /// `state` outlives this.
  explicit ArchivedRecords(State& state) : m_state(state) {}

  /// What is gone from a dataset's archive is lost for good.
  void accept_lost(const DatasetConfig& dataset);
  /// `planned.archive` shows what is there.
  void found(const PlannedDataset& planned);
  /// What is planned may go from now on.
  void before_purge(const DatasetPlan& archive);
  /// What the run archived is there to stay.
  void after_archiving(const DatasetPlan& live, const RunReport& report);

 private:
  void note(const DatasetPlan& plan, const std::map<std::string, std::int64_t>& records);

  State& m_state;
};

}  // namespace oubli
