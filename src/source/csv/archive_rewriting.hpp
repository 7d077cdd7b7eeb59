/// Emptying and masking fields of records that stay in the archive (S15, S17): a pair of files at a
/// time, its bookkeeping with the digests of the new contents. Of an anonymised record nothing there
/// names the person.
#pragma once

#include "source/csv/archived_dataset.hpp"

#include <memory>

namespace oubli::csv {

/// All three outlive what is returned.
[[nodiscard]] std::unique_ptr<Rewriting> start_rewriting(ArchivedDataset& archive, const TablePlan& plan,
                                                         const GoingRecords& going);

}  // namespace oubli::csv
