#include "run/archive_target.hpp"

#include "oubli/archive/folder.hpp"

#include <algorithm>
#include <system_error>

namespace oubli {

namespace {

using Paths = std::vector<std::filesystem::path>;

/// In a fixed order; nothing of a folder that can't be read: what needs it says so.
Paths entries_of(const std::filesystem::path& folder) {
  Paths entries;
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable)) entries.push_back(entry.path());
  std::ranges::sort(entries);
  return entries;
}

/// `DATASET.db`, or for CSV a folder `DATASET.TABLE`.
bool is_archive(const std::filesystem::path& path) {
  return std::filesystem::is_directory(path) || path.extension() == ".db";
}

bool belongs_to(const std::filesystem::path& path, const DatasetConfig& dataset) {
  const std::string name = path.filename().string();
  return dataset.kind == DatasetKind::csv ? name.starts_with(dataset.name + ".") : name == dataset.name + ".db";
}

ArchivedCounts known_counts(const State& state, const DatasetConfig& dataset) {
  auto known = state.archived_counts(dataset.policy, dataset.name);
  std::erase_if(known, [](const auto& each) { return each.second == ArchivedCount{}; });
  return known;
}

}  // namespace

Paths unclaimed_archives(const Config& config) {
  Paths unclaimed;
  for (const auto& folder : entries_of(config.archive_dir)) {
    for (const auto& path : entries_of(folder)) {
      const bool is_claimed = std::ranges::any_of(config.datasets, [&](const DatasetConfig& dataset) {
        // A config with one policy needn't say whose it is.
        const bool is_its_policy =
            dataset.policy.empty() || folder == archive_folder(config.archive_dir, dataset.policy);
        return is_its_policy && belongs_to(path, dataset);
      });
      if (is_archive(path) && !is_claimed) unclaimed.push_back(path);
    }
  }
  return unclaimed;
}

std::optional<ArchiveTarget> archive_to_read(const Config& config, const RuledDataset& dataset, const State* state) {
  if (!state) return std::nullopt;
  const auto folder = archive_folder(config.archive_dir, dataset.config.policy);
  auto known = known_counts(*state, dataset.config);
  if (known.empty() && !std::filesystem::exists(folder)) return std::nullopt;
  return ArchiveTarget{folder, state->id(), {}, state->digest_key(), std::move(known)};
}

ArchiveTarget archive_to_fill(const Config& config, const RuledDataset& dataset, const State& state,
                              const std::string& run) {
  const auto folder = archive_folder(config.archive_dir, dataset.config.policy);
  auto known = known_counts(state, dataset.config);
  // A folder made where a disk isn't mounted would hide that.
  if (known.empty() || std::filesystem::exists(folder)) make_archive_folder(config.archive_dir, folder);
  return {folder, state.id(), run, state.digest_key(), std::move(known)};
}

}  // namespace oubli
