/// Emptying and masking fields of records that stay.
///
/// One step writes one file anew: a record that is rewritten gets its new fields in the file's own
/// dialect and encoding, quoted as before; every other byte, and every other record, is copied.
#pragma once

#include "source/csv/csv_dataset.hpp"

#include <memory>

namespace oubli::csv {

/// All three outlive what is returned.
[[nodiscard]] std::unique_ptr<Rewriting> start_rewriting(CsvDataset& dataset, const TablePlan& plan,
                                                         const GoingRecords& going);

}  // namespace oubli::csv
