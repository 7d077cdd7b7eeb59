/// Which columns of a table are emptied or masked in records that stay (S15, S17).
#pragma once

#include "oubli/model/rules.hpp"
#include "policy/compile_scope.hpp"

namespace oubli {

/// Says how an anonymised record of a root table is known again. Before what follows it gets its
/// rules; `config` has its names resolved. Reports a mark that is missing or of no use.
void assign_anonymised_rule(const TableScope& table, const TableConfig& config, TableRules& rules);

/// The table's own columns that hold personal data, each with what is left of it; none where nothing
/// is ever emptied.
void assign_personal_columns(const TableScope& table, RuledTable& ruled);

/// The categories that purposes of other records may need because they point to the table's own, or
/// to one judged with them, over any number of steps. All of them where nobody rules such a record:
/// its need can't be known (S20). A table declared free of personal data needs none.
[[nodiscard]] CategorySet categories_needed_below(const DatasetScope& scope, const RuledDataset& dataset,
                                                  const RuledTable& table);

}  // namespace oubli
