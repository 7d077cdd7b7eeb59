#include "run/archive_target.hpp"

#include "oubli/archive/folder.hpp"

namespace oubli {

std::optional<ArchiveTarget> archive_to_read(const Config& config, const RuledDataset& dataset, const State* state) {
  const auto folder = archive_folder(config.archive_dir, dataset.config.policy);
  if (!state || !std::filesystem::exists(folder)) return std::nullopt;
  return ArchiveTarget{folder, state->id(), {}, state->digest_key()};
}

ArchiveTarget archive_to_fill(const Config& config, const RuledDataset& dataset, const State& state,
                              const std::string& run) {
  const auto folder = archive_folder(config.archive_dir, dataset.config.policy);
  make_archive_folder(config.archive_dir, folder);
  return {folder, state.id(), run, state.digest_key()};
}

}  // namespace oubli
