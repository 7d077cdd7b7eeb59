/// A step over archived CSV records: all that is purged from one pair of files, or where a group
/// goes as one, from all its pairs.
///
/// Nobody but oubli writes to an archive, and a run holds the lock. Every new pair is written, in
/// full and on disk, before the first takes its place.
#pragma once

#include "source/csv/archived_dataset.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace oubli::csv {

/// What a source remembers of the steps of the plan at hand.
struct PurgeHistory {
  std::map<std::string, std::int64_t> taken;               ///< records, by table
  std::set<std::pair<std::string, std::string>> finished;  ///< table and records file: nothing more goes from it
};

/// One pair of a plan.
struct PairChoice {
  const TablePlan* plan = nullptr;
  const GoingRecords* going = nullptr;
  ArchivedPair pair;

  [[nodiscard]] const std::string& table() const { return plan->pass.table->config.name; }
};

/// True when a record of the pair goes, `already` others of its table being taken.
[[nodiscard]] bool has_going_record(ArchivedDataset& archive, const PairChoice& choice, std::int64_t already);

/// All arguments outlive the step.
[[nodiscard]] std::unique_ptr<Step> make_purge_step(ArchivedDataset& archive, PurgeHistory& history,
                                                    std::vector<PairChoice> choices);

}  // namespace oubli::csv
