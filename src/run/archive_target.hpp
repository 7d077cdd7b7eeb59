/// Where a dataset's archived records are, for a run.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/source/data_source.hpp"
#include "oubli/state/state.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace oubli {

/// For reading: nothing without a state (null), or where the policy's folder doesn't exist and needn't.
[[nodiscard]] std::optional<ArchiveTarget> archive_to_read(const Config& config, const RuledDataset& dataset,
                                                           const State* state);

/// For enforcing: makes the policy's folder where it is missing and needn't be there.
[[nodiscard]] ArchiveTarget archive_to_fill(const Config& config, const RuledDataset& dataset, const State& state,
                                            const std::string& run);

/// What lies in the archive of datasets that the config doesn't have, or has under another policy.
[[nodiscard]] std::vector<std::filesystem::path> unclaimed_archives(const Config& config);

}  // namespace oubli
