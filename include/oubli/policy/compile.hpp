/// From checked policies, a config and the live schema to compiled rules. Pure.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/policy.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/policy/read.hpp"

#include <map>
#include <string>
#include <vector>

namespace oubli {

/// The live schema of one dataset as the compiler needs it.
struct LiveTable {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> unique;  ///< sets of columns that identify a row
  bool is_plain_table = true;
  std::vector<std::string> primary_key{};
  std::vector<std::string> not_null{};   ///< columns that refuse NULL
  std::vector<std::string> generated{};  ///< columns computed from others
};
struct LiveSchema {
  std::vector<LiveTable> tables;
  std::vector<Relation> foreign_keys;
  bool enforces_keys = true;  ///< false for CSV: nothing is known to be unique
};

/// Resolves every name of the config in its policy and, where given, in the live schema, and
/// compiles one RuledDataset per SQLite or CSV dataset, in the config's order. `schemas` by dataset
/// name; a dataset without one (it can't be reached) is compiled unchecked. A misspelt name is an
/// error that names the nearest right one.
[[nodiscard]] Checked<std::vector<RuledDataset>> compile(const std::vector<Policy>& policies, const Config& config,
                                                         const std::map<std::string, LiveSchema>& schemas);

}  // namespace oubli
