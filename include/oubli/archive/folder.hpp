/// The intermediate archive's place in the file system: apart, and for its owner alone (CNIL, guide on
/// retention periods, 2020: restricted access, apart from the active database).
#pragma once

#include "oubli/diag/diagnostic.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace oubli {

/// One folder per policy below `archive_dir`.
[[nodiscard]] std::filesystem::path archive_folder(const std::filesystem::path& archive_dir, const std::string& policy);

/// Makes both folders where they are missing, mode 0700, flushed to disk. Throws Error
/// (Cause::refused) where one is there already but is a symlink, not ours, or open to others.
void make_archive_folder(const std::filesystem::path& archive_dir, const std::filesystem::path& folder);

/// Who may do what with a file or folder, in words.
struct Rights {
  std::string mode;   ///< "0700"
  std::string owner;  ///< its name, or its number where it has none
};
/// Of the name itself, not of what a link points to. Throws Error where it can't be looked at.
[[nodiscard]] Rights rights_of(const std::filesystem::path& path);

/// What is wrong with the rights of a file or folder of the archive: it is a link, or neither file nor folder, or
/// another user's, or others have access to it. Nothing where all is well.
[[nodiscard]] std::optional<Diagnostic> rights_fault(const std::filesystem::path& path);

}  // namespace oubli
