/// Which tables' records go together (S12).
#pragma once

#include "oubli/model/rules.hpp"

#include <string>
#include <vector>

namespace oubli {

/// The table of a dataset with this name, then those that follow it, each after the one it follows. REQUIRES: it is
/// there.
[[nodiscard]] std::vector<const RuledTable*> with_followers(const RuledDataset& rules, const std::string& root);

/// The relation by which a table follows another, or nullptr.
[[nodiscard]] const Relation* followed_relation(const RuledDataset& rules, const std::string& child);

}  // namespace oubli
