#include "state/key_file.hpp"

#include "oubli/diag/diagnostic.hpp"
#include "state/private_file.hpp"
#include "state/random_bytes.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace oubli::state {

namespace {

void check_rights(const Descriptor& descriptor, const std::filesystem::path& file) {
  struct stat status {};
  if (::fstat(descriptor.number(), &status) != 0) throw_errno("cannot look at", file);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Error(Cause::dataset,
                fmt::format("the key {} can be read or written by others than its owner", file.string()),
                fmt::format("run chmod 600 {}", file.string()));
  }
  if (status.st_size != static_cast<off_t>(DigestKey{}.size())) {
    throw Error(
        Cause::dataset,
        fmt::format("the key {} has {} bytes instead of 32", file.string(), static_cast<long long>(status.st_size)),
        "put the right key file back from a backup");
  }
}

}  // namespace

std::filesystem::path key_file_of(const std::filesystem::path& state_file) { return state_file.string() + ".key"; }

DigestKey read_key(const std::filesystem::path& state_file) {
  const std::filesystem::path file = key_file_of(state_file);
  if (!has_regular_file(file)) {
    throw Error(Cause::dataset, fmt::format("the key {} is missing", file.string()),
                "put it back from a backup: archived records cannot be matched to a data subject without it");
  }
  const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!descriptor.is_open()) throw_errno("cannot open the key", file);
  check_rights(descriptor, file);
  DigestKey key{};
  if (::read(descriptor.number(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
    throw_errno("cannot read the key", file);
  }
  return key;
}

void create_key(const std::filesystem::path& state_file) {
  const std::filesystem::path file = key_file_of(state_file);
  if (has_regular_file(file)) {
    static_cast<void>(read_key(state_file));
    return;
  }
  create_private_file(file, random_bytes(DigestKey{}.size()));
}

}  // namespace oubli::state
