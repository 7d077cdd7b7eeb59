/// The files a CSV table stands for, as they were when the dataset was opened.
#pragma once

#include "oubli/model/config.hpp"
#include "source/csv/file_system.hpp"

#include <memory>
#include <string>
#include <vector>

namespace oubli::csv {

struct TableFile {
  std::string name;
  FileIdentity identity;  ///< renewed only by our own change
};

/// One table. Every pass sees these files and no other: one that appears later is for the next run.
struct CsvTable {
  std::string dataset;
  TableConfig config;
  Folder folder;
  bool is_glob = false;
  std::vector<TableFile> files;     ///< by name
  std::vector<TableFile> spared;    ///< matching files that are left alone (`leave_newest`)

  [[nodiscard]] const CsvDialect& dialect() const { return config.files->dialect; }
};

/// Finds the files. Throws FileFault when the folder can't be read, when nothing matches and
/// that isn't allowed, and for a match that isn't a regular file.
[[nodiscard]] CsvTable find_files(const std::string& dataset, const TableConfig& config);

/// The names of all its files, spared ones included.
[[nodiscard]] std::vector<std::string> all_files(const CsvTable& table);

/// Throws FileFault when a file, spared ones included, was changed, went or has come since.
void require_same_files(const CsvTable& table);

/// A file of a folder as it is now.
[[nodiscard]] TableFile present_file(const Folder& folder, const std::string& name);

/// Throws FileFault when the name, or the open file, isn't the one `file` tells of any more.
void require_unchanged(const Folder& folder, const TableFile& file);
void require_unchanged(const Descriptor& descriptor, const TableFile& file);

}  // namespace oubli::csv
