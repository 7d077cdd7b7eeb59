/// What stands against emptying or masking a table's columns (S15, S17).
#pragma once

#include "oubli/model/rules.hpp"
#include "policy/compile_scope.hpp"

#include <vector>

namespace oubli {

/// Reports what can't be done as its personal columns ask; `ruled` has them.
void check_rewriting(const TableScope& table, const std::vector<Relation>& relations, const RuledTable& ruled);

}  // namespace oubli
