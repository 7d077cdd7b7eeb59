/// Which part of a config a command looks at.
#pragma once

#include "oubli/model/policy.hpp"
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
  std::vector<std::string> policies = {};  ///< ids: each stands for one controller
};

/// True when the selection leaves this policy in.
[[nodiscard]] bool is_selected(const Selection& selection, const Policy& policy);
/// True when the selection leaves this table in: named itself, or following one that is.
[[nodiscard]] bool is_selected(const Selection& selection, const RuledTable& table);
/// True when it leaves any table of this dataset in.
[[nodiscard]] bool is_selected(const Selection& selection, const RuledDataset& dataset);

/// True when it leaves this purpose in.
[[nodiscard]] bool is_selected(const Selection& selection, const std::string& purpose);

/// The tables of a dataset that a run may change: whole families, a root with all that follow it,
/// of which a table is selected and none is in `mode: observe`.
[[nodiscard]] std::set<std::string> tables_taking_part(const RuledDataset& dataset, const Selection& selection);

}  // namespace oubli
