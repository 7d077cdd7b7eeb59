/// What an audit sees of the file system: who may read archive and state, and which databases and CSV files no
/// dataset names.
#pragma once

#include "oubli/audit/facts.hpp"
#include "oubli/model/config.hpp"

#include <filesystem>
#include <vector>

namespace oubli {

/// The archive's folders and files, the top folder first; nothing where it was never made.
[[nodiscard]] std::vector<PrivatePath> archive_paths(const Config& config);
/// The state and its key, those that are there.
[[nodiscard]] std::vector<PrivatePath> state_paths(const Config& config);

/// The SQLite databases, known by their first bytes, and the files named like CSV under some folders.
struct FoundFiles {
  std::size_t looked_at = 0;
  std::vector<std::filesystem::path> strays;  ///< those that neither a dataset nor oubli itself owns, sorted
};
/// Symbolic links aren't followed. Throws Error (Cause::dataset) for a folder that can't be read: what
/// wasn't looked at isn't free of copies.
[[nodiscard]] FoundFiles files_under(const std::vector<std::filesystem::path>& roots, const Config& config);

}  // namespace oubli
