#include "oubli/archive/folder.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace oubli {

namespace {

constexpr ::mode_t k_others = S_IRWXG | S_IRWXO;

void flush_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!flushed) throw Error(Cause::dataset, "archive folder " + folder.string() + ": " + std::strerror(reason));
}

// The mode given to mkdir is cut by the umask, never widened: 0700 stays 0700 or becomes narrower.
void make_private(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU) == 0) {
    flush_folder(folder.parent_path());
    return;
  }
  if (errno != EEXIST) {
    throw Error(Cause::dataset, "archive folder " + folder.string() + " can't be made: " + std::strerror(errno));
  }
}

void require_private(const std::filesystem::path& folder) {
  struct ::stat found {};
  if (::lstat(folder.c_str(), &found) != 0) {
    throw Error(Cause::dataset, "archive folder " + folder.string() + ": " + std::strerror(errno));
  }
  if (!S_ISDIR(found.st_mode)) {
    throw Error(Cause::refused, "archive folder " + folder.string() + " is not a folder", "name a folder of its own");
  }
  if (found.st_uid != ::geteuid()) {
    throw Error(Cause::refused, "archive folder " + folder.string() + " belongs to another user",
                "run oubli as its owner");
  }
  if ((found.st_mode & k_others) != 0) {
    throw Error(Cause::refused, "archive folder " + folder.string() + " is open to others",
                "chmod 0700 " + folder.string());
  }
}

}  // namespace

std::filesystem::path archive_folder(const std::filesystem::path& archive_dir, const std::string& policy) {
  return archive_dir / policy;
}

void make_archive_folder(const std::filesystem::path& archive_dir, const std::filesystem::path& folder) {
  // "archive/" names the folder "archive", whose parent is to be flushed.
  const auto top = archive_dir.has_filename() ? archive_dir : archive_dir.parent_path();
  for (const auto& each : {top, folder}) {
    make_private(each);
    require_private(each);
  }
}

}  // namespace oubli
