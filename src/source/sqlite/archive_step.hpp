/// Purging archived records whose purposes have ended, each with its bookkeeping.
///
/// One file, one transaction: a record and its bookkeeping go together or stay. Nobody but oubli
/// writes to an archive, and a run holds the lock; yet every record is judged again inside the
/// transaction, for a hold may have come in the meantime.
#pragma once

#include "source/sqlite/archived_children.hpp"
#include "source/sqlite/open_archive.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace oubli::sqlite {

/// A record of the archive that is to go.
struct ArchivedMember {
  std::size_t table = 0;  ///< index into GroupPlan::tables
  std::int64_t rowid = 0;
  std::int64_t record = 0;  ///< its line in oubli_records
};

/// Followers before the root they came with; goes or stays as one.
using ArchivedFamily = std::vector<ArchivedMember>;

/// How far the steps of a group have come.
struct ArchiveProgress {
  std::size_t table = 0;   ///< index into GroupPlan::tables
  std::int64_t after = 0;  ///< rowid of the last record of it that was looked at; 0: none yet
  bool has_begun = false;  ///< `after` counts
  bool at_end = false;
  std::map<std::string, std::int64_t> taken;  ///< by table, never more than expected
};

struct CollectedFromArchive {
  std::vector<ArchivedFamily> families;
  StepResult left_out;       ///< due, but together more than the plan expects: kept
  ArchiveProgress progress;  ///< once the step is done
};

[[nodiscard]] CollectedFromArchive collect(OpenArchive& archive, const GroupPlan& plan, StepLimit limit,
                                           ArchiveProgress progress);

/// `progress` is set to the step's own once it is done. All arguments outlive the step.
[[nodiscard]] std::unique_ptr<Step> make_archive_step(OpenArchive& archive, ArchivedChildCounts& children,
                                                      const GroupPlan& plan, CollectedFromArchive collected,
                                                      ArchiveProgress& progress);

}  // namespace oubli::sqlite
