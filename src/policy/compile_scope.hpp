/// What the compiler knows while it is at one table.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/policy.hpp"
#include "policy/compiler_findings.hpp"
#include "policy/live_names.hpp"

namespace oubli {

struct DatasetScope {
  const Policy& policy;
  const LiveNames& names;
  CompilerFindings& findings;
};

/// The table a config's name stands for. `live` is null where the schema isn't known or lacks the
/// table, which has been reported then: its columns are taken as written.
struct TableScope {
  const DatasetScope& dataset;
  std::string name;
  const LiveTable* live = nullptr;
};

/// Finds a table by its name; reports one that isn't there, or isn't a plain table.
[[nodiscard]] TableScope find_table(const DatasetScope& dataset, const std::string& name, const SourceLocation& where);

/// The column's name in the schema's spelling; reports one that isn't there.
[[nodiscard]] NamedColumn find_column(const TableScope& table, const NamedColumn& column);

/// A table's config with every table and column named as the schema spells it and patterns replaced
/// by the columns they stand for. Conditions keep their spelling: the rules have slots instead.
[[nodiscard]] TableConfig resolve_names(const TableScope& table, TableConfig config);

}  // namespace oubli
