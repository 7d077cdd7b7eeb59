/// Emptying and masking columns of records that stay.
///
/// A step finds its records under a snapshot, then reads and judges each again inside its write
/// transaction, sets its columns and compares the whole record with what it was. Where one step
/// can't take all, everything is first tried in a transaction that is rolled back: a CHECK that
/// refuses the last record must not leave the first ones changed.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/sqlite/open_dataset.hpp"

#include <memory>

namespace oubli::sqlite {

/// All three outlive what is returned.
[[nodiscard]] std::unique_ptr<Rewriting> start_rewriting(OpenDataset& dataset, const TablePlan& plan,
                                                         const GoingRecords& going);

}  // namespace oubli::sqlite
