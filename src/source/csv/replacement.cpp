#include "source/csv/replacement.hpp"

#include <sys/file.h>
#include <sys/xattr.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace oubli::csv {

namespace {

constexpr ::mode_t k_permissions = 07777;

std::string temporary_name(const std::string& name) { return '.' + name + ".oubli.tmp"; }

// Two calls for each: the first tells the size.
std::string attribute_names(const Descriptor& file, const std::string& name) {
  const ::ssize_t size = ::flistxattr(file.number(), nullptr, 0);
  if (size < 0 && errno == ENOTSUP) return {};
  std::string names(size < 0 ? 0 : static_cast<std::size_t>(size), '\0');
  if (size < 0 || ::flistxattr(file.number(), names.data(), names.size()) != size) {
    throw_system_fault("the attributes of " + name, "listed");
  }
  return names;
}

std::string attribute(const Descriptor& file, const char* attribute_name, const std::string& name) {
  const ::ssize_t size = ::fgetxattr(file.number(), attribute_name, nullptr, 0);
  std::string value(size < 0 ? 0 : static_cast<std::size_t>(size), '\0');
  if (size < 0 || ::fgetxattr(file.number(), attribute_name, value.data(), value.size()) != size) {
    throw_system_fault("an attribute of " + name, "read");
  }
  return value;
}

bool has_attribute(const Descriptor& file, const char* attribute_name, const std::string& value) {
  std::string found(value.size() + 1, '\0');
  const ::ssize_t size = ::fgetxattr(file.number(), attribute_name, found.data(), found.size());
  return size == static_cast<::ssize_t>(value.size()) && found.starts_with(value);
}

void copy_attributes(const Descriptor& from, const Descriptor& to, const std::string& name) {
  const std::string names = attribute_names(from, name);
  for (std::size_t at = 0; at < names.size(); at = names.find('\0', at) + 1) {
    const char* const attribute_name = names.c_str() + at;
    const std::string value = attribute(from, attribute_name, name);
    // A security label is set by the system already, and often can't be set by us.
    if (has_attribute(to, attribute_name, value)) continue;
    if (::fsetxattr(to.number(), attribute_name, value.data(), value.size(), 0) != 0) {
      throw_system_fault("an attribute of " + name, "kept");
    }
  }
}

// Fails early on a full disk; a file system that can't reserve says so when it is written.
void reserve(const Descriptor& file, std::int64_t size, const std::string& name) {
  if (size == 0 || ::fallocate(file.number(), FALLOC_FL_KEEP_SIZE, 0, size) == 0) return;
  if (errno == EOPNOTSUPP || errno == ENOSYS) return;
  throw_system_fault(name, "made");
}

void give_back_the_rest(const Descriptor& file, const std::string& name) {
  if (::ftruncate(file.number(), status_of(file, name).st_size) != 0) throw_system_fault(name, "written");
}

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& folder) : m_folder(folder) {
  if (::flock(m_folder.descriptor(), LOCK_EX | LOCK_NB) == 0) return;
  if (errno == EWOULDBLOCK) {
    throw FileFault("another run is changing files in " + folder.string(), "wait for it to end", Cause::locked);
  }
  throw_system_fault("folder " + folder.string(), "locked");
}

Replacement::Replacement(const Folder& folder, const TableFile& file, const Descriptor& original)
    : m_folder(folder),
      m_file(file),
      m_original(original),
      m_temporary(temporary_name(file.name)),
      m_copier(original, file.name, m_replacement, m_temporary) {
  if (status_of(original, file.name).st_nlink != 1) {
    throw FileFault(file.name + " has a second name (a hard link), under which its records would stay",
                    "remove one of the names");
  }
  m_folder.remove(m_temporary);
  m_replacement = m_folder.create_file(m_temporary);
  try {
    reserve(m_replacement, m_file.identity.size, m_temporary);
  } catch (const FileFault&) {
    // What was reserved would keep a full disk full.
    m_folder.remove(m_temporary);
    throw;
  }
}

Replacement::~Replacement() {
  if (m_in_place || !m_replacement.is_open()) return;
  try {
    m_folder.remove(m_temporary);
  } catch (const FileFault&) {
    // The next run does: the name is fixed.
  }
}

void Replacement::keep(std::int64_t begin, std::int64_t end) {
  if (begin != m_kept_end) {
    copy_kept();
    m_kept_begin = begin;
  }
  m_kept_end = end;
}

void Replacement::copy_kept() {
  m_copier.copy(m_kept_begin, m_kept_end);
  m_kept_begin = m_kept_end;
}

void Replacement::write(std::string_view bytes) {
  copy_kept();
  m_copier.write(bytes);
}

void Replacement::finish() {
  copy_kept();
  m_copier.write_out();
  give_back_the_rest(m_replacement, m_temporary);
  take_over_attributes(status_of(m_original, m_file.name));
  flush_file(m_replacement, m_temporary);
}

// The owner before the rest: a change of owner clears mode bits; the mode last, so that nobody who
// may not read the original ever can.
void Replacement::take_over_attributes(const struct ::stat& original) {
  const struct ::stat now = status_of(m_replacement, m_temporary);
  const bool same_owner = now.st_uid == original.st_uid && now.st_gid == original.st_gid;
  if (!same_owner && ::fchown(m_replacement.number(), original.st_uid, original.st_gid) != 0) {
    throw_system_fault("the owner of " + m_file.name, "kept");
  }
  copy_attributes(m_original, m_replacement, m_file.name);
  if (::fchmod(m_replacement.number(), original.st_mode & k_permissions) != 0) {
    throw_system_fault("the mode of " + m_file.name, "kept");
  }
}

void Replacement::put_in_place() {
  require_unchanged(m_folder, m_file);
  m_folder.rename(m_temporary, m_file.name);
  m_in_place = true;
  m_folder.flush();
}

// Looked at until nothing more comes.
void Replacement::carry_over(std::int64_t from) {
  std::int64_t known = m_file.identity.size;
  for (std::int64_t size = status_of(m_original, m_file.name).st_size; size > known;
       size = status_of(m_original, m_file.name).st_size) {
    copy_range(m_original, from, size, m_replacement, m_file.name);
    flush_file(m_replacement, m_file.name);
    from = known = size;
  }
}

void remove_unfinished(const Folder& folder, const std::string& name) { folder.remove(temporary_name(name)); }

std::uint64_t Replacement::inode() const { return status_of(m_replacement, m_temporary).st_ino; }

TableFile Replacement::file() const { return {m_file.name, identity(m_folder.status(m_file.name))}; }

}  // namespace oubli::csv
