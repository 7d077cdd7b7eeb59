/// What must be in the archive. Records in it keep others from going, so one that is gone, not mounted, or put
/// back from an older backup must be noticed before anything is judged without it.
#pragma once

#include "oubli/model/archived_count.hpp"
#include "oubli/model/run_report.hpp"
#include "oubli/state/state.hpp"
#include "run/dataset_plan.hpp"

#include <set>
#include <string>

namespace oubli {

/// Throws Error (Cause::refused) where an archive's folder is gone although there must be records in it.
void require_archive_folder(const RuledDataset& rules, const ArchiveTarget& archive);

/// Throws Error (Cause::refused) where fewer records are found in the archive than there must be.
void require_all_archived(const DatasetPlan& archive, const ArchivedCounts& known);

/// Keeps what the state knows true, wherever a run ends: never more records than there are, never fewer
/// arrivals than wait to be minimised.
class ArchivedRecords {
 public:
  /// `state` and `rules` outlive this.
  ArchivedRecords(State& state, const RuledDataset& rules) : m_state(state), m_dataset(rules.config) {}

  /// What is gone is lost for good.
  void accept_lost();
  /// What the plan of the archive shows is there; none: nothing is.
  void found(const PlannedDataset& planned);
  /// What is planned may go from now on.
  void before_purge(const DatasetPlan& archive);
  /// What is planned may arrive from now on.
  void before_archiving(const DatasetPlan& live);
  /// Records of a root table go back to the source from now on, with what came with them…
  void before_restore(const DatasetPlan& archive, const std::string& root);
  /// …and have gone: so many of each table.
  void after_restore(const DatasetPlan& archive, const std::map<std::string, std::int64_t>& restored);
  /// What the run archived is there to stay.
  void after_archiving(const RunReport& report);
  /// What arrived in these tables has been minimised.
  void after_minimising(const std::set<std::string>& tables);

 private:
  [[nodiscard]] ArchivedCounts counts() const;
  void note(const ArchivedCounts& counts);

  State& m_state;
  const DatasetConfig& m_dataset;
};

}  // namespace oubli
