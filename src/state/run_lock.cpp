// One run at a time: an flock(2) on `<state>.lock`, which the kernel releases when the process
// ends, however it ends. The file stays: removing it would let two runs lock two files of one name.

#include "oubli/diag/diagnostic.hpp"
#include "oubli/state/state.hpp"
#include "state/private_file.hpp"

#include <fmt/format.h>
#include <sys/file.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>

namespace oubli {

namespace {

using state::throw_errno;

int open_lock_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0)
    throw_errno("cannot open the lock file", file, "create the folder first and let oubli write in it");
  return descriptor;
}

/// The process id a holder has left in the file; empty when there is none to read.
std::string holder_in(int descriptor) {
  std::array<char, 16> text{};
  const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
  if (size <= 0) return {};
  int pid = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + size, pid);
  return fault == std::errc() && pid > 0 ? std::to_string(pid) : std::string();
}

/// Only helps a person to find the holder, so a failure to write it is no failure of the lock.
void leave_process_id(int descriptor) {
  const std::string text = fmt::format("{}\n", ::getpid());
  if (::ftruncate(descriptor, 0) == 0) static_cast<void>(::pwrite(descriptor, text.data(), text.size(), 0) < 0);
}

[[noreturn]] void throw_locked(const std::filesystem::path& file, const std::string& holder) {
  const std::string by = holder.empty() ? std::string() : fmt::format(" (process {})", holder);
  throw Error(Cause::locked, fmt::format("another run holds the lock {}{}", file.string(), by),
              "wait until it has ended and try again");
}

}  // namespace

RunLock State::lock(const std::filesystem::path& file) {
  const std::filesystem::path lock_file = file.string() + ".lock";
  RunLock lock(open_lock_file(lock_file));
  if (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) throw_locked(lock_file, holder_in(lock.m_descriptor));
    throw_errno("cannot lock", lock_file);
  }
  leave_process_id(lock.m_descriptor);
  return lock;
}

RunLock::~RunLock() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

RunLock::RunLock(RunLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(m_descriptor, other.m_descriptor);
  return *this;
}

}  // namespace oubli
