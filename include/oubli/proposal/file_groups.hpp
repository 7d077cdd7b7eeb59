/// Which CSV files of a folder are one table. Pure.
#pragma once

#include "oubli/model/proposal.hpp"

#include <string>
#include <vector>

namespace oubli {

struct CsvFileShape {
  std::string name;
  GuessedFiles guess;      ///< how it is written
  std::string first_line;  ///< compared only
};

struct CsvTableGuess {
  std::string name;
  GuessedFiles files;  ///< the glob without a folder
};

/// Files are one table where their names differ by digits alone, as those of exports made day by day, and they are
/// written alike, under the same header. `all`: every name in the folder; a pattern never takes in another one of
/// these. Names of tables are unique.
[[nodiscard]] std::vector<CsvTableGuess> tables_of_files(std::vector<CsvFileShape> files,
                                                         const std::vector<std::string>& all);

}  // namespace oubli
