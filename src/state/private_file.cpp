#include "state/private_file.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace oubli::state {

namespace {

constexpr mode_t k_owner_only = S_IRUSR | S_IWUSR;

void write_all(const Descriptor& descriptor, std::string_view bytes, const std::filesystem::path& file) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("cannot write", file);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Descriptor::~Descriptor() {
  if (is_open()) ::close(m_number);
}

bool has_regular_file(const std::filesystem::path& file) {
  struct stat status {};
  if (::lstat(file.c_str(), &status) != 0) {
    if (errno == ENOENT) return false;
    throw_errno("cannot look at", file);
  }
  if (S_ISLNK(status.st_mode)) {
    throw Error(Cause::dataset, fmt::format("{} is a symbolic link", file.string()),
                "name the file itself: a link may be turned to another state");
  }
  if (!S_ISREG(status.st_mode)) throw Error(Cause::dataset, fmt::format("{} is not a regular file", file.string()));
  return true;
}

void create_private_file(const std::filesystem::path& file, std::string_view bytes) {
  const Descriptor descriptor(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, k_owner_only));
  if (!descriptor.is_open()) throw_errno("cannot create", file, "create the folder first and let oubli write in it");
  // The umask may have taken away even the owner's rights.
  if (::fchmod(descriptor.number(), k_owner_only) != 0) throw_errno("cannot protect", file);
  write_all(descriptor, bytes, file);
  if (::fsync(descriptor.number()) != 0) throw_errno("cannot write", file);
}

void sync_folder_of(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0) throw_errno("cannot sync the folder", folder);
}

void throw_errno(std::string_view what, const std::filesystem::path& file, std::string_view hint) {
  const std::string reason = std::generic_category().message(errno);
  throw Error(Cause::dataset, fmt::format("{} {}: {}", what, file.string(), reason), std::string(hint));
}

}  // namespace oubli::state
