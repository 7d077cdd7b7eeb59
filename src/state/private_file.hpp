/// Files of the state that are nobody else's business: made with mode 0600 whatever the umask,
/// durably, and never through a symbolic link.
#pragma once

#include <filesystem>
#include <string_view>

namespace oubli::state {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return m_number; }
  [[nodiscard]] bool is_open() const { return m_number >= 0; }

 private:
  int m_number;
};

/// True when `file` is there and a regular file, false when there is nothing of that name. Throws
/// Error (Cause::dataset) for a symbolic link, a folder, a device, or when one can't tell.
[[nodiscard]] bool has_regular_file(const std::filesystem::path& file);

/// Makes a new file with these bytes, mode 0600, and waits until they are on the medium. Throws
/// Error (Cause::dataset) where a file of that name exists.
void create_private_file(const std::filesystem::path& file, std::string_view bytes);

/// Waits until the names in the folder of `file` are on the medium.
void sync_folder_of(const std::filesystem::path& file);

/// Throws Error (Cause::dataset): "`what` <file>: <text of errno>".
[[noreturn]] void throw_errno(std::string_view what, const std::filesystem::path& file, std::string_view hint = {});

}  // namespace oubli::state
