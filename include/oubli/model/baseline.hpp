/// Known findings that a person accepts for a while (`oubli audit --baseline`).
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/day.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace oubli {

/// Accepts the findings of one check about all that it names; an empty name stands for any.
struct BaselineEntry {
  int check = 0;
  std::string dataset;
  std::string table;
  std::string column;
  std::string purpose;
  std::string reason;
  Day until;  ///< the last day it counts
  SourceLocation where;
};

struct Baseline {
  std::filesystem::path file;
  std::vector<BaselineEntry> entries;
};

}  // namespace oubli
