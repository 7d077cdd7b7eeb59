#include "run/new_files.hpp"

#include "oubli/diag/diagnostic.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace oubli {

namespace {

constexpr ::mode_t k_mode = 0666;  // what the umask leaves of it: they hold no personal value and no secret

[[noreturn]] void fail(const std::filesystem::path& file, int error) {
  if (error == EEXIST)
    throw Error(Cause::usage, file.string() + " is there already, and is left as it is",
                "write elsewhere with --output DIR, or move it away");
  throw Error(Cause::dataset, file.string() + " can't be written: " + std::strerror(error),
              "check the rights of its folder, and the space there");
}

/// Removes again what it made, unless it is kept.
class NewFileOnDisk {
 public:
  explicit NewFileOnDisk(const NewFile& file) : m_path(file.path) {
    m_descriptor = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, k_mode);
    if (m_descriptor < 0) fail(m_path, errno);
  }
  ~NewFileOnDisk() {
    if (m_descriptor >= 0) ::close(m_descriptor);
    if (!m_is_kept) ::unlink(m_path.c_str());
  }
  NewFileOnDisk(const NewFileOnDisk&) = delete;
  NewFileOnDisk& operator=(const NewFileOnDisk&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const auto written = ::write(m_descriptor, text.data(), text.size());
      if (written < 0 && errno != EINTR) fail(m_path, errno);
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(m_descriptor) != 0) fail(m_path, errno);
  }
  void keep() { m_is_kept = true; }

 private:
  std::filesystem::path m_path;
  int m_descriptor = -1;
  bool m_is_kept = false;
};

}  // namespace

void write_new_files(const std::vector<NewFile>& files) {
  std::vector<std::unique_ptr<NewFileOnDisk>> made;
  for (const auto& file : files) made.push_back(std::make_unique<NewFileOnDisk>(file));
  for (std::size_t i = 0; i < files.size(); ++i) made[i]->write(files[i].text);
  for (const auto& file : made) file->keep();
}

}  // namespace oubli
