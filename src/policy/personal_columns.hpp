/// The columns of a table's config that hold personal data.
#pragma once

#include "oubli/model/rules.hpp"
#include "policy/compile_scope.hpp"

#include <string>
#include <vector>

namespace oubli {

/// A column with every data category it is listed under.
struct ListedColumn {
  NamedColumn column;
  std::vector<std::string> categories;
};

/// The columns under data categories, in the config's order, each once. A pattern that stands for
/// no known column is left out.
[[nodiscard]] std::vector<ListedColumn> personal_columns(const TableConfig& config);

/// True when a purpose of the table anonymises.
[[nodiscard]] bool anonymises(const TableRules& rules);

/// True when the live schema says so.
[[nodiscard]] bool refuses_null(const TableScope& table, const std::string& column);

[[nodiscard]] bool is_among(const std::vector<std::string>& names, const std::string& name);
[[nodiscard]] bool is_among(const std::vector<NamedColumn>& columns, const std::string& name);

}  // namespace oubli
