/// What the sources of `oubli init` name: databases, and CSV files gathered to tables.
#pragma once

#include "oubli/model/proposal.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace oubli {

/// Files of one shape, as one table.
struct FoundCsvTable {
  std::string name;
  GuessedFiles files;  ///< the glob is absolute
};

/// The CSV files of one folder.
struct FoundCsvFolder {
  std::filesystem::path folder;
  std::vector<FoundCsvTable> tables;
  std::vector<Guess<std::string>> left_out;
};

struct FoundSources {
  std::vector<std::filesystem::path> databases;  ///< absolute, each once
  std::vector<FoundCsvFolder> csv;
};

/// Throws Error (Cause::dataset) for a source that isn't there, can't be read, or is neither a database nor text.
[[nodiscard]] FoundSources find_sources(const std::vector<std::string>& named);

}  // namespace oubli
