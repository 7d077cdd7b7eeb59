#include "policy/personal_columns.hpp"

#include <algorithm>

namespace oubli {

namespace {

/// Columns listed under it hold no personal data.
constexpr auto k_technical = "technical";

}  // namespace

std::vector<ListedColumn> personal_columns(const TableConfig& config) {
  std::vector<ListedColumn> listed;
  for (const auto& category : config.columns) {
    if (category.category == k_technical) continue;
    for (const auto& column : category.patterns) {
      if (column.name.find('*') != std::string::npos) continue;
      auto known = std::find_if(listed.begin(), listed.end(),
                                [&](const ListedColumn& other) { return other.column.name == column.name; });
      if (known == listed.end()) known = listed.insert(listed.end(), {column, {}});
      known->categories.push_back(category.category);
    }
  }
  return listed;
}

bool anonymises(const TableRules& rules) {
  return std::any_of(rules.purposes.begin(), rules.purposes.end(), [](const PurposeRule& rule) {
    return rule.active.has_value() && rule.then == Disposition::anonymise;
  });
}

bool refuses_null(const TableScope& table, const std::string& column) {
  return table.live != nullptr && is_among(table.live->not_null, column);
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_among(const std::vector<NamedColumn>& columns, const std::string& name) {
  return std::any_of(columns.begin(), columns.end(), [&](const NamedColumn& column) { return column.name == name; });
}

}  // namespace oubli
