#include "source/csv/file_system.hpp"

#include <fmt/format.h>
#include <sys/types.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace oubli::csv {

namespace {

constexpr std::size_t k_copy_bytes = 256 * 1024;
constexpr std::int64_t k_ns_per_s = 1'000'000'000;

std::int64_t nanoseconds(const struct ::timespec& time) { return time.tv_sec * k_ns_per_s + time.tv_nsec; }

void require_regular(const Descriptor& file, const std::string& name) {
  if (!S_ISREG(status_of(file, name).st_mode)) {
    throw FileFault(name + " is not a regular file", "let the glob match files only");
  }
}

}  // namespace

void throw_system_fault(const std::string& name, std::string_view what) {
  const std::string reason = std::generic_category().message(errno);
  throw FileFault(fmt::format("{} could not be {}: {}", name, what, reason));
}

Descriptor::~Descriptor() {
  if (m_number >= 0) ::close(m_number);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(m_number, other.m_number);
  return *this;
}

void Descriptor::close(const std::string& name) {
  const int number = std::exchange(m_number, -1);
  if (number >= 0 && ::close(number) != 0) throw_system_fault(name, "written");
}

FileIdentity identity(const struct ::stat& status) {
  return {status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

Folder::Folder(std::filesystem::path path)
    : m_path(std::move(path)), m_descriptor(::open(m_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (!m_descriptor.is_open()) throw_system_fault("folder " + m_path.string(), "opened");
}

Descriptor Folder::open_file(const std::string& name) const {
  // Without O_NONBLOCK, opening a FIFO would wait for a writer for ever.
  Descriptor file(::openat(descriptor(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
  if (!file.is_open() && errno == ELOOP) {
    throw FileFault(name + " is a symbolic link", "name the file it points to");
  }
  if (!file.is_open()) throw_system_fault(name, "opened");
  require_regular(file, name);
  return file;
}

Descriptor Folder::create_file(const std::string& name) const {
  constexpr int k_flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  Descriptor file(::openat(descriptor(), name.c_str(), k_flags, S_IRUSR | S_IWUSR));
  if (!file.is_open()) throw_system_fault(name + " in " + m_path.string(), "made");
  return file;
}

bool Folder::has(const std::string& name) const {
  struct ::stat status {};
  if (::fstatat(descriptor(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return true;
  if (errno != ENOENT) throw_system_fault(name, "looked at");
  return false;
}

struct ::stat Folder::status(const std::string& name) const {
  struct ::stat status {};
  if (::fstatat(descriptor(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) throw_system_fault(name, "looked at");
  return status;
}

void Folder::rename(const std::string& from, const std::string& to) const {
  if (::renameat(descriptor(), from.c_str(), descriptor(), to.c_str()) != 0) throw_system_fault(to, "put in place");
}

bool Folder::remove(const std::string& name) const {
  if (::unlinkat(descriptor(), name.c_str(), 0) == 0) return true;
  if (errno != ENOENT) throw_system_fault(name, "removed");
  return false;
}

void Folder::flush() const {
  if (::fsync(descriptor()) != 0) throw_system_fault("folder " + m_path.string(), "flushed to disk");
}

struct ::stat status_of(const Descriptor& file, const std::string& name) {
  struct ::stat status {};
  if (::fstat(file.number(), &status) != 0) throw_system_fault(name, "looked at");
  return status;
}

std::size_t read_at(const Descriptor& file, char* to, std::size_t size, std::int64_t offset, const std::string& name) {
  std::size_t done = 0;
  while (done < size) {
    const ::ssize_t got = ::pread(file.number(), to + done, size - done, offset + static_cast<std::int64_t>(done));
    if (got == 0) break;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_system_fault(name, "read");
    done += static_cast<std::size_t>(got);
  }
  return done;
}

void write_all(const Descriptor& file, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ::ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_system_fault(name, "written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void copy_range(const Descriptor& from, std::int64_t begin, std::int64_t end, const Descriptor& to,
                const std::string& name) {
  std::string buffer;
  while (begin < end) {
    buffer.resize(std::min(k_copy_bytes, static_cast<std::size_t>(end - begin)));
    if (read_at(from, buffer.data(), buffer.size(), begin, name) != buffer.size()) {
      throw FileFault(name + " became shorter while it was copied", "run again later");
    }
    write_all(to, buffer, name);
    begin += static_cast<std::int64_t>(buffer.size());
  }
}

void flush_file(const Descriptor& file, const std::string& name) {
  if (::fsync(file.number()) != 0) throw_system_fault(name, "flushed to disk");
}

}  // namespace oubli::csv
