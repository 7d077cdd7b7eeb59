/// Whose records a table holds (S18).
#pragma once

#include "oubli/model/rules.hpp"
#include "policy/compile_scope.hpp"

#include <optional>
#include <vector>

namespace oubli {

/// Per table the way from its records to their data subject; nothing where none is stated. `tables` have
/// their names resolved. Reports a `via` that leads to a table which doesn't tell, or round in a circle.
[[nodiscard]] std::vector<std::optional<SubjectPath>> compile_subjects(const DatasetScope& dataset,
                                                                       const std::vector<TableConfig>& tables);

}  // namespace oubli
