/// Looks at datasets that have no rules yet, with the sources that runs read them by.
#pragma once

#include "oubli/proposal/propose.hpp"
#include "run/init_sources.hpp"

#include <filesystem>
#include <string>

namespace oubli {

/// Throws Error (Cause::dataset) where the database can't be opened; a table that can't be read is left out.
[[nodiscard]] LookedAtDataset look_at_database(const std::string& name, const std::filesystem::path& file, Day today);
[[nodiscard]] LookedAtDataset look_at_csv(const std::string& name, const FoundCsvFolder& found, Day today);

}  // namespace oubli
