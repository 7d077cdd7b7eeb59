/// The rewriting of one CSV file: what stays is copied byte for byte into a file beside it, which
/// then takes its name, owner, mode and extended attributes (access control lists among them).
/// Its times are those of the rewriting.
#pragma once

#include "source/csv/range_copier.hpp"
#include "source/csv/table_files.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace oubli::csv {

/// A lock on a folder against another run that rewrites files there: `flock` on the folder itself,
/// so that nothing is left behind and a crash releases it.
class FolderLock {
 public:
  /// Throws FileFault (Cause::locked) when another run holds it.
  explicit FolderLock(const std::filesystem::path& folder);

 private:
  Folder m_folder;
};

class Replacement {
 public:
  /// `original`: the file, held open; must be the one `file` tells of and have one hard link.
  /// Removes what an interrupted run left under the temporary name. Both must outlive this.
  Replacement(const Folder& folder, const TableFile& file, const Descriptor& original);
  /// Leaves the original as it is, unless it was put in place.
  ~Replacement();
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  /// The bytes [begin, end) of the original stay. In ascending order.
  void keep(std::int64_t begin, std::int64_t end);
  /// These bytes come in place of those passed over.
  void write(std::string_view bytes);
  /// Completes the file and flushes it to disk.
  void finish();
  /// The name it has until it is put in place.
  [[nodiscard]] const std::string& temporary() const { return m_temporary; }
  /// Takes the original's name, durably, if that is still unchanged; else throws FileFault and
  /// nothing is done.
  void put_in_place();
  [[nodiscard]] bool is_in_place() const { return m_in_place; }
  /// Appends what another program, which had the original open, appended to it before it noticed.
  /// `from`: the original's size; where its last line has no end and goes, that line's begin: its
  /// other half must not be torn from it. REQUIRES: put in place.
  void carry_over(std::int64_t from);

  /// Of the file that replaces: tells later whether it did.
  [[nodiscard]] std::uint64_t inode() const;
  /// The file as it is now. REQUIRES: put in place.
  [[nodiscard]] TableFile file() const;

 private:
  void copy_kept();
  void take_over_attributes(const struct ::stat& original);

  const Folder& m_folder;
  TableFile m_file;
  const Descriptor& m_original;
  std::string m_temporary;
  Descriptor m_replacement;
  RangeCopier m_copier;
  std::int64_t m_kept_begin = 0;  ///< the range at hand, not yet copied
  std::int64_t m_kept_end = 0;
  bool m_in_place = false;
};

/// Removes what a rewriting of the file that was cut off left beside it.
void remove_unfinished(const Folder& folder, const std::string& name);

}  // namespace oubli::csv
