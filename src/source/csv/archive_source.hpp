/// The archive of a CSV dataset as a DataSource.
#pragma once

#include "oubli/source/data_source.hpp"

#include <memory>

namespace oubli {

/// Throws Error for an archive that can't be read or belongs to another state. Where none was made
/// yet, it has no records.
[[nodiscard]] std::unique_ptr<DataSource> open_csv_archive(const RuledDataset& dataset, const ArchiveTarget& target,
                                                           Access access);

}  // namespace oubli
