/// Which tables are changed together, and in which order (S20): children before parents.
#pragma once

#include "oubli/model/rules.hpp"

#include <set>
#include <string>
#include <vector>

namespace oubli {

/// A root table with those that follow it; or all tables of a cycle of relations, `as_one`.
struct TableGroup {
  std::vector<const RuledTable*> tables;  ///< followers before what they follow
  bool as_one = false;
};

/// The groups of a dataset, those of children before those of their parents. The pointers live as
/// long as `dataset`.
[[nodiscard]] std::vector<TableGroup> table_groups(const RuledDataset& dataset);

/// The ruled tables a foreign key ties to `table`, over any number of steps, itself included (I8).
[[nodiscard]] std::set<std::string> tied_tables(const RuledDataset& dataset, const std::string& table);

}  // namespace oubli
