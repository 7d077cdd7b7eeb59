/// SQLite databases as a DataSource.
#pragma once

#include "oubli/source/data_source.hpp"

#include <memory>

namespace oubli {

/// Throws Error (Cause::dataset) when the file is missing, isn't a database, or can't be opened.
[[nodiscard]] std::unique_ptr<DataSource> open_sqlite_source(const DatasetConfig& dataset, Access access);

}  // namespace oubli
