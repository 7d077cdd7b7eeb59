/// Moving records out of the source in two transactions, each over one file alone.
///
/// One transaction over two attached files loses records when power fails in WAL mode. So the
/// archive is committed first, its copies pending; then the source, in a transaction that reads and
/// judges every record again; then the copies are confirmed. Cut off anywhere, a record is in the
/// source, in the archive, or in both, and the next run settles which.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/archive_file.hpp"
#include "source/sqlite/families.hpp"
#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/references.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace oubli::sqlite {

/// What steps share beyond the dataset; outlives them.
struct StepContext {
  OpenDataset& dataset;
  std::optional<ArchiveFile>& archive;
  ArchivedChildren& archived_children;
};

/// Whether a step makes the copies it removes by, or settles an earlier run's.
enum class Copies { made_here, of_earlier_run };

/// `progress` is set to the step's own once it is done. The plan outlives the step.
[[nodiscard]] std::unique_ptr<Step> make_step(const StepContext& context, const GroupPlan& plan, Collected collected,
                                              Copies copies, Progress& progress);

/// The families of an earlier run's pending copies.
[[nodiscard]] std::vector<Family> pending_families(const StepContext& context, const GroupPlan& plan);

}  // namespace oubli::sqlite
