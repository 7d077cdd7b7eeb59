/// A file that others read at any time: they see the old one or the new one, never half of it.
#pragma once

#include <filesystem>
#include <string>

namespace oubli {

/// Writes beside the file and renames. Throws Error (Cause::dataset) where that can't be done; the file is then
/// as it was.
void replace_file(const std::filesystem::path& file, const std::string& content);

/// The same for what is its owner's alone: mode 0600 whatever the umask, and on the medium when it returns.
void replace_private_file(const std::filesystem::path& file, const std::string& content);

}  // namespace oubli
