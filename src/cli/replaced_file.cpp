#include "cli/replaced_file.hpp"

#include "oubli/diag/diagnostic.hpp"
#include "state/private_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace oubli {

void replace_file(const std::filesystem::path& file, const std::string& content) {
  const std::filesystem::path beside = file.string() + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << content << std::flush;
  out.close();
  std::error_code failure;
  if (out) std::filesystem::rename(beside, file, failure);
  if (out && !failure) return;
  const std::string reason = failure ? failure.message() : std::strerror(errno);
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);
  throw Error(Cause::dataset, file.string() + " can't be written: " + reason, "check its folder's rights and its disk");
}

void replace_private_file(const std::filesystem::path& file, const std::string& content) {
  const std::filesystem::path beside = file.string() + ".new";
  std::error_code failure;
  std::filesystem::remove(beside, failure);
  try {
    state::create_private_file(beside, content);
    std::filesystem::rename(beside, file, failure);
    if (failure) throw Error(Cause::dataset, file.string() + " can't be written: " + failure.message());
    state::sync_folder_of(file);
  } catch (...) {
    std::filesystem::remove(beside, failure);
    throw;
  }
}

}  // namespace oubli
