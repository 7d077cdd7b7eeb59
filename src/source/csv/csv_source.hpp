/// CSV files as a DataSource.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/csv/parallel_pass.hpp"

#include <memory>

namespace oubli {

/// Finds the files of every table; reads none of their records yet. Throws Error (Cause::dataset).
[[nodiscard]] std::unique_ptr<DataSource> open_csv_source(const DatasetConfig& config, Access access);
/// The same, read in a way of one's own.
[[nodiscard]] std::unique_ptr<DataSource> open_csv_source(const DatasetConfig& config, Access access,
                                                          const csv::PassWay& way);

}  // namespace oubli
