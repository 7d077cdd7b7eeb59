/// Which part of a config a command looks at.
#pragma once

#include "oubli/model/rules.hpp"

#include <set>
#include <string>
#include <vector>

namespace oubli {

/// Empty lists leave everything in. Tables are named `table` or `dataset.table`.
struct Selection {
  std::vector<std::string> datasets;
  std::vector<std::string> tables;
  std::vector<std::string> purposes;
};

/// True when the selection leaves a table of this dataset, or this table, in.
[[nodiscard]] bool is_selected(const Selection& selection, const RuledDataset& dataset);
[[nodiscard]] bool is_selected(const Selection& selection, const std::string& dataset, const std::string& table);

/// The tables of a dataset that a run may change: those selected, and in `mode: enforce`.
[[nodiscard]] std::set<std::string> tables_taking_part(const RuledDataset& dataset, const Selection& selection);

}  // namespace oubli
