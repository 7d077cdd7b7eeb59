/// Which rules of a table differ, in words.
#pragma once

#include "oubli/model/rule_diff.hpp"
#include "oubli/model/rules.hpp"

#include <vector>

namespace oubli {

/// The rules that are new, gone or worded otherwise; null for a side without this table.
[[nodiscard]] std::vector<RuleChange> rule_changes(const RuledTable* before, const RuledTable* after);

}  // namespace oubli
