#include "oubli/archive/folder.hpp"

#include <sys/stat.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <pwd.h>
#include <unistd.h>

namespace oubli {

namespace {

constexpr ::mode_t k_permissions = 07777;
constexpr ::mode_t k_others = S_IRWXG | S_IRWXO;

struct ::stat status_of(const std::filesystem::path& path) {
  struct ::stat found {};
  if (::lstat(path.c_str(), &found) != 0)
    throw Error(Cause::dataset, fmt::format("{} can't be looked at: {}", path.string(), std::strerror(errno)));
  return found;
}

std::string name_of(::uid_t user) {
  const auto* const known = ::getpwuid(user);
  return known == nullptr ? std::to_string(user) : known->pw_name;
}

Diagnostic fault(const std::filesystem::path& path, const std::string& what, const std::string& hint) {
  return Diagnostic{Severity::finding, "archive-rights", {}, path.string() + " " + what, hint, {}};
}

}  // namespace

Rights rights_of(const std::filesystem::path& path) {
  const auto status = status_of(path);
  return {fmt::format("{:04o}", status.st_mode & k_permissions), name_of(status.st_uid)};
}

std::optional<Diagnostic> rights_fault(const std::filesystem::path& path) {
  const auto status = status_of(path);
  const bool is_folder = S_ISDIR(status.st_mode);
  if (!is_folder && !S_ISREG(status.st_mode))
    return fault(path, "is neither a file nor a folder", "see how it came there; a link may lead out of the archive");
  if (status.st_uid != ::geteuid())
    return fault(path, "belongs to " + name_of(status.st_uid), "run oubli as the archive's owner, or give it to who runs oubli");
  if ((status.st_mode & k_others) != 0)
    return fault(path, fmt::format("is open to others: mode {:04o}", status.st_mode & k_permissions),
                 fmt::format("chmod {} {}", is_folder ? "0700" : "0600", path.string()));
  return std::nullopt;
}

}  // namespace oubli
