/// The few system calls a byte-preserving rewrite is made of, each checked.
///
/// Files are opened relative to a folder that is held open, never through a symbolic link, so that
/// nobody can slip another file under a name between two calls.
#pragma once

#include "oubli/diag/diagnostic.hpp"

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace oubli::csv {

/// What went wrong with a file; the source adds dataset and table and throws it on as Error.
struct FileFault : std::runtime_error {
  FileFault(const std::string& message, std::string what_to_do = {}, Cause why = Cause::dataset)
      : std::runtime_error(message), hint(std::move(what_to_do)), cause(why) {}
  std::string hint;
  Cause cause;
};

/// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : m_number(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;

  [[nodiscard]] int number() const { return m_number; }
  [[nodiscard]] bool is_open() const { return m_number >= 0; }
  /// Closes and says whether the system is content; some file systems tell of a lost write only here.
  void close(const std::string& name);

 private:
  int m_number = -1;
};

/// Tells whether a file is still the one that was looked at. ctime is part of it: a writer that
/// restores size and mtime still changes it.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t changed_ns = 0;
  std::int64_t status_changed_ns = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
[[nodiscard]] FileIdentity identity(const struct ::stat& status);

/// A folder held open.
class Folder {
 public:
  Folder() = default;
  /// Throws FileFault when it can't be opened.
  explicit Folder(std::filesystem::path path);

  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
  [[nodiscard]] int descriptor() const { return m_descriptor.number(); }

  /// A regular file, for reading. Refuses symbolic links, FIFOs and whatever else isn't one.
  [[nodiscard]] Descriptor open_file(const std::string& name) const;
  /// A new file of mode 0600, for writing and reading; refuses one that is there.
  [[nodiscard]] Descriptor create_file(const std::string& name) const;

  [[nodiscard]] bool has(const std::string& name) const;
  /// Of the name itself, not of what a link points to.
  [[nodiscard]] struct ::stat status(const std::string& name) const;
  void rename(const std::string& from, const std::string& to) const;
  /// False when there was none.
  bool remove(const std::string& name) const;
  /// Makes the names durable.
  void flush() const;

 private:
  std::filesystem::path m_path;
  Descriptor m_descriptor;
};

[[nodiscard]] struct ::stat status_of(const Descriptor& file, const std::string& name);
/// Reads until `size` bytes are there or the file ends; returns how many.
[[nodiscard]] std::size_t read_at(const Descriptor& file, char* to, std::size_t size, std::int64_t offset,
                                  const std::string& name);
void write_all(const Descriptor& file, std::string_view bytes, const std::string& name);
/// Appends the bytes [begin, end) of `from` to `to`.
void copy_range(const Descriptor& from, std::int64_t begin, std::int64_t end, const Descriptor& to,
                const std::string& name);
void flush_file(const Descriptor& file, const std::string& name);

/// "NAME could not be WHAT: REASON", from errno.
[[noreturn]] void throw_system_fault(const std::string& name, std::string_view what);

}  // namespace oubli::csv
