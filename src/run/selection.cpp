#include "oubli/run/selection.hpp"

#include <algorithm>

namespace oubli {

bool is_selected(const Selection& selection, const RuledDataset& dataset) {
  return std::ranges::any_of(dataset.tables, [&](const RuledTable& table) {
    return is_selected(selection, dataset.config.name, table.rules.table);
  });
}

bool is_selected(const Selection& selection, const std::string& dataset, const std::string& table) {
  const auto names = [&](const std::string& asked) { return asked == table || asked == dataset + "." + table; };
  return (selection.datasets.empty() || std::ranges::count(selection.datasets, dataset) > 0) &&
         (selection.tables.empty() || std::ranges::any_of(selection.tables, names));
}

std::set<std::string> tables_taking_part(const RuledDataset& rules, const Selection& selection) {
  std::set<std::string> names;
  for (const auto& table : rules.tables) {
    const auto& name = table.rules.table;
    if (table.config.mode == TableMode::enforce && is_selected(selection, rules.config.name, name)) names.insert(name);
  }
  return names;
}

}  // namespace oubli
