/// Where a dataset's archived records are, for a run.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/source/data_source.hpp"
#include "oubli/state/state.hpp"

#include <optional>

namespace oubli {

/// For reading: nothing where the policy's folder or the state (null) doesn't exist.
[[nodiscard]] std::optional<ArchiveTarget> archive_to_read(const Config& config, const RuledDataset& dataset,
                                                           const State* state);

/// For enforcing: makes the policy's folder where it is missing.
[[nodiscard]] ArchiveTarget archive_to_fill(const Config& config, const RuledDataset& dataset, const State& state,
                                            const std::string& run);

}  // namespace oubli
