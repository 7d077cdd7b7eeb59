/// Files that weren't there before.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace oubli {

struct NewFile {
  std::filesystem::path path;
  std::string text;
};

/// Writes all of them durably, or none: what is there already is never replaced, also where another program makes it
/// in the same moment. Throws Error, Cause::usage where one is there.
void write_new_files(const std::vector<NewFile>& files);

}  // namespace oubli
