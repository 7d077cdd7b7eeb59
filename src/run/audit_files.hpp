/// What an audit sees of the file system: who may read archive and state, and which databases and CSV files no
/// dataset names.
#pragma once

#include "oubli/audit/facts.hpp"
#include "oubli/model/config.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace oubli {

/// The archive's folders and files, the top folder first; nothing where it was never made.
[[nodiscard]] std::vector<PrivatePath> archive_paths(const Config& config);
/// The state and its key, those that are there.
[[nodiscard]] std::vector<PrivatePath> state_paths(const Config& config);

/// The SQLite databases, known by their first bytes, and the files named like CSV under some folders, sorted.
/// Symbolic links aren't followed.
[[nodiscard]] FoundFiles files_under(const std::vector<std::filesystem::path>& roots, const Config& config);

/// The files in the folders of the config's CSV tables that are named as theirs are: with the same extension,
/// or one of CSV. Nothing where there is no CSV table.
[[nodiscard]] std::optional<FoundFiles> files_beside_csv(const Config& config);

}  // namespace oubli
