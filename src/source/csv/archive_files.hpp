/// The archive of one CSV table: a folder `<dataset>.<table>` with, per run and source file,
/// `<file>.<run>.csv` (the records byte for byte, under the source's own header line) and
/// `<file>.<run>.meta.csv` (the bookkeeping), called `….meta.csv.pending` until the records are
/// gone from the source. `oubli_archive` in it tells whose state it belongs to.
///
/// Both files of a pair are rewritten as one. The new ones are written in full beside them, as
/// `….next`; from the moment a file `<file>.<run>.rewriting` stands there they count, and take the old
/// ones' places. Cut off before that moment, nothing has happened; after it, the next run finishes.
#pragma once

#include "oubli/source/data_source.hpp"
#include "source/csv/file_writer.hpp"
#include "source/csv/table_files.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace oubli::csv {

/// The names of one archive file and of what stands beside it.
struct ArchiveNames {
  std::string records;  ///< "visits.csv.<run>.csv"
  std::string meta;     ///< "visits.csv.<run>.meta.csv"
  std::string pending;  ///< "visits.csv.<run>.meta.csv.pending"
  std::string rewriting;  ///< "visits.csv.<run>.rewriting"
  std::string restoring;  ///< "visits.csv.<run>.restoring": see restoring.hpp
};

/// An archive file with its bookkeeping, under the names that count now.
struct ArchivedPair {
  ArchiveNames names;
  std::string records;
  std::string meta;
};

class ArchiveFolder {
 public:
  /// Looks; makes nothing. Throws FileFault for the archive of another state. A target without
  /// folder is an archive without records.
  ArchiveFolder(const ArchiveTarget& target, const std::string& dataset, const std::string& table);

  /// Makes the folder where it is missing.
  [[nodiscard]] const Folder& make();
  /// Nothing while there is no folder.
  [[nodiscard]] const Folder* folder() const { return m_folder ? &*m_folder : nullptr; }

  /// Names for a file of this run; numbered from the second on. REQUIRES: a folder.
  [[nodiscard]] ArchiveNames free_names(const std::string& source) const;

  /// Files of records, whether these are gone from the source or not.
  [[nodiscard]] std::vector<ArchivedPair> copies() const;
  /// Files whose records are gone from the source.
  [[nodiscard]] std::vector<ArchivedPair> settled() const;
  /// Those of which an interrupted restore was putting records back.
  [[nodiscard]] std::vector<ArchiveNames> restoring() const;
  /// Everything that lies in the folder.
  [[nodiscard]] std::vector<std::string> names() const;
  /// Those still waiting to be settled.
  [[nodiscard]] std::vector<ArchiveNames> pending() const;
  /// Finishes what an interrupted run had decided, and removes what it had not put in place.
  /// REQUIRES: nobody else writes here.
  void tidy_up() const;

 private:
  [[nodiscard]] ArchivedPair present(const ArchiveNames& names) const;
  void require_own_state() const;
  [[nodiscard]] std::vector<ArchiveNames> with_suffix(const std::string& suffix) const;

  const ArchiveTarget& m_target;
  std::filesystem::path m_path;
  std::optional<Folder> m_folder;
};

/// Writes one archive file with its bookkeeping, durably.
class ArchiveWriter {
 public:
  /// `head`: what comes before the source's records, byte for byte. Throws FileFault when these
  /// names are taken.
  ArchiveWriter(const Folder& folder, ArchiveNames names, std::string_view head);

  void add(std::string_view record, std::string_view bookkeeping_line);
  /// Puts both in place, as pending, and reads them back.
  void publish();
  /// The records are gone from the source.
  void confirm() const;
  /// They stay there.
  void withdraw() const;

  [[nodiscard]] std::filesystem::path file() const { return m_folder.path() / m_names.records; }

 private:
  const Folder& m_folder;
  ArchiveNames m_names;
  FileWriter m_records;
  FileWriter m_meta;
};

/// Writes both files of a pair anew, and puts them in place as one.
class PairRewrite {
 public:
  /// `meta`: the name of the bookkeeping, pending or not. The heads are what comes before the lines.
  PairRewrite(const Folder& folder, ArchiveNames names, std::string meta, std::string_view records_head,
              std::string_view meta_head);

  void keep(std::string_view record, std::string_view bookkeeping_line);
  /// Both are complete and on disk; nothing counts yet.
  void finish();
  /// From here on they count. A pair without records is removed.
  void put_in_place() const;

 private:
  const Folder& m_folder;
  ArchiveNames m_names;
  std::string m_meta_name;
  FileWriter m_records;
  FileWriter m_meta;
};

/// `….meta.csv.pending` becomes `….meta.csv`, durably.
void confirm(const Folder& folder, const ArchiveNames& names);
/// Erases a pending copy.
void withdraw(const Folder& folder, const ArchiveNames& names);

}  // namespace oubli::csv
