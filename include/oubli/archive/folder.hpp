/// The intermediate archive's place in the file system: apart, and for its owner alone (CNIL, guide on
/// retention periods, 2020: restricted access, apart from the active database).
#pragma once

#include <filesystem>
#include <string>

namespace oubli {

/// One folder per policy below `archive_dir`.
[[nodiscard]] std::filesystem::path archive_folder(const std::filesystem::path& archive_dir, const std::string& policy);

/// Makes both folders where they are missing, mode 0700, flushed to disk. Throws Error
/// (Cause::refused) where one is there already but is a symlink, not ours, or open to others.
void make_archive_folder(const std::filesystem::path& archive_dir, const std::filesystem::path& folder);

}  // namespace oubli
