#include "oubli/run/selection.hpp"

#include <algorithm>

namespace oubli {

namespace {

bool is_named(const std::vector<std::string>& names, const std::string& dataset, const std::string& table) {
  return std::ranges::any_of(names, [&](const auto& name) { return name == table || name == dataset + "." + table; });
}

bool is_dataset_selected(const Selection& selection, const std::string& dataset) {
  return selection.datasets.empty() || std::ranges::count(selection.datasets, dataset) > 0;
}

bool is_policy_selected(const Selection& selection, const std::string& policy) {
  return selection.policies.empty() || std::ranges::count(selection.policies, policy) > 0;
}

}  // namespace

bool is_selected(const Selection& selection, const Policy& policy) { return is_policy_selected(selection, policy.id); }

bool is_selected(const Selection& selection, const std::string& purpose) {
  return selection.purposes.empty() || std::ranges::count(selection.purposes, purpose) > 0;
}

bool is_selected(const Selection& selection, const RuledTable& table) {
  const auto& dataset = table.rules.dataset;
  return is_policy_selected(selection, table.rules.policy) && is_dataset_selected(selection, dataset) &&
         (selection.tables.empty() || is_named(selection.tables, dataset, table.rules.table) ||
          is_named(selection.tables, dataset, table.root));
}

bool is_selected(const Selection& selection, const RuledDataset& dataset) {
  return std::ranges::any_of(dataset.tables, [&](const RuledTable& table) { return is_selected(selection, table); });
}

std::set<std::string> tables_taking_part(const RuledDataset& dataset, const Selection& selection) {
  std::set<std::string> selected;
  std::set<std::string> observed;
  for (const auto& table : dataset.tables) {
    if (is_selected(selection, table)) selected.insert(table.root);
    if (table.config.mode == TableMode::observe) observed.insert(table.root);
  }
  std::set<std::string> names;
  for (const auto& table : dataset.tables) {
    if (selected.contains(table.root) && !observed.contains(table.root)) names.insert(table.rules.table);
  }
  return names;
}

}  // namespace oubli
