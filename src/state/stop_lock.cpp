// Locks on two bytes of `<state>.stops`. The second is the lock itself, held by several at once or by
// one alone. The first is a turnstile that everyone passes on the way to it: one who waits for the lock
// alone stands in it, so that a run whose steps follow close upon each other can't keep it from its turn.
//
// These are locks of the open file, as flock(2) makes them: the state file itself must not be opened a
// second time, since closing it would end SQLite's own locks on it.

#include "oubli/diag/diagnostic.hpp"
#include "oubli/state/state.hpp"
#include "state/private_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace oubli {

namespace {

constexpr ::off_t k_turnstile = 0;
constexpr ::off_t k_lock = 1;

void set_lock(int descriptor, ::off_t byte, short type, const std::filesystem::path& file) {
  struct ::flock wanted {};
  wanted.l_type = type;
  wanted.l_whence = SEEK_SET;
  wanted.l_start = byte;
  wanted.l_len = 1;
  while (::fcntl(descriptor, F_OFD_SETLKW, &wanted) != 0) {
    if (errno != EINTR) state::throw_errno("cannot lock", file);
  }
}

}  // namespace

StopLock State::lock_stops(const std::filesystem::path& file, StopLock::Hold hold) {
  const std::filesystem::path lock_file = file.string() + ".stops";
  StopLock lock(::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock.m_descriptor < 0) {
    state::throw_errno("cannot open the lock file", lock_file, "create the folder first and let oubli write in it");
  }
  const auto type = static_cast<short>(hold == StopLock::Hold::alone ? F_WRLCK : F_RDLCK);
  set_lock(lock.m_descriptor, k_turnstile, type, lock_file);
  set_lock(lock.m_descriptor, k_lock, type, lock_file);
  if (hold == StopLock::Hold::shared) set_lock(lock.m_descriptor, k_turnstile, F_UNLCK, lock_file);
  return lock;
}

StopLock::~StopLock() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

StopLock::StopLock(StopLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}

StopLock& StopLock::operator=(StopLock&& other) noexcept {
  std::swap(m_descriptor, other.m_descriptor);
  return *this;
}

}  // namespace oubli
