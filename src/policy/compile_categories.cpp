/// Which data categories the columns of a table hold, and which of them its purposes need (S15).
#include "policy/compile_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

/// Columns listed under it hold no personal data.
constexpr auto k_technical = "technical";

void add_categories(const TableConfig& config, std::vector<std::string>& categories) {
  for (const auto& listed : config.columns) {
    const bool is_there = std::find(categories.begin(), categories.end(), listed.category) != categories.end();
    if (listed.category != k_technical && !is_there) categories.push_back(listed.category);
  }
}

}  // namespace

std::vector<std::string> categories_of(const TableScope& table, const std::vector<TableConfig>& tables,
                                       const std::vector<int>& roots) {
  std::vector<std::string> categories;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const bool is_decided_here = roots[i] >= 0 && tables[static_cast<std::size_t>(roots[i])].name == table.name;
    if (is_decided_here) add_categories(tables[i], categories);
  }
  if (categories.size() > k_most_categories) {
    table.dataset.findings.error(tables.front().where, "too-many",
                                 fmt::format("table '{}' and those that follow it hold {} data categories", table.name,
                                             categories.size()),
                                 fmt::format("let them hold no more than {}", k_most_categories));
    categories.resize(k_most_categories);
  }
  return categories;
}

std::vector<int> listed_categories(const Purpose& purpose, const TableRules& rules) {
  std::vector<int> listed;
  for (std::size_t i = 0; i < rules.categories.size(); ++i) {
    const auto& of_purpose = purpose.categories;
    const bool is_listed = std::find(of_purpose.begin(), of_purpose.end(), rules.categories[i]) != of_purpose.end();
    if (is_listed) listed.push_back(static_cast<int>(i));
  }
  return listed;
}

}  // namespace oubli
