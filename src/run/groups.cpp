#include "run/groups.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace oubli {

namespace {

/// Which roots point to which: an arrow from the child's root to the parent's.
using Arrows = std::map<std::string, std::set<std::string>>;

std::map<std::string, std::string> roots_by_table(const RuledDataset& dataset) {
  std::map<std::string, std::string> roots;
  for (const auto& table : dataset.tables) roots[table.rules.table] = table.root;
  return roots;
}

Arrows arrows_between_roots(const RuledDataset& dataset) {
  const auto roots = roots_by_table(dataset);
  Arrows arrows;
  for (const auto& [table, root] : roots) arrows[root];
  for (const auto& relation : dataset.relations) {
    const auto child = roots.find(relation.child);
    const auto parent = roots.find(relation.parent);
    if (relation.follows || child == roots.end() || parent == roots.end()) continue;
    arrows[child->second].insert(parent->second);
  }
  return arrows;
}

std::set<std::string> reachable(const Arrows& arrows, const std::string& from) {
  std::set<std::string> seen;
  std::vector<std::string> waiting{from};
  while (!waiting.empty()) {
    const auto root = waiting.back();
    waiting.pop_back();
    for (const auto& next : arrows.at(root)) {
      if (seen.insert(next).second) waiting.push_back(next);
    }
  }
  return seen;
}

/// A follower stands before what it follows: the longer its way to the root, the earlier.
int steps_to_root(const RuledDataset& dataset, const RuledTable& table) {
  int steps = 0;
  const auto* at = &table;
  while (at->config.follows && at->rules.table != at->root) {
    const auto next = std::ranges::find_if(
        dataset.tables, [&](const RuledTable& t) { return t.rules.table == at->config.follows->parent.name; });
    if (next == dataset.tables.end()) break;
    at = &*next;
    ++steps;
  }
  return steps;
}

TableGroup group_of(const RuledDataset& dataset, const std::set<std::string>& roots, bool as_one) {
  TableGroup group;
  group.as_one = as_one;
  for (const auto& table : dataset.tables) {
    if (roots.contains(table.root)) group.tables.push_back(&table);
  }
  std::ranges::stable_sort(group.tables, std::ranges::greater{},
                           [&](const RuledTable* table) { return steps_to_root(dataset, *table); });
  return group;
}

}  // namespace

std::vector<TableGroup> table_groups(const RuledDataset& dataset) {
  const auto arrows = arrows_between_roots(dataset);
  std::map<std::string, std::set<std::string>> above;
  for (const auto& [root, parents] : arrows) above[root] = reachable(arrows, root);

  std::vector<TableGroup> groups;
  std::set<std::string> placed;
  const std::function<void(const std::string&)> place = [&](const std::string& root) {
    if (placed.contains(root)) return;
    std::set<std::string> cycle{root};
    for (const auto& other : above.at(root)) {
      if (above.at(other).contains(root)) cycle.insert(other);
    }
    placed.insert(cycle.begin(), cycle.end());
    for (const auto& [child, parents] : above) {
      const bool is_below = std::ranges::any_of(cycle, [&](const auto& member) { return parents.contains(member); });
      if (is_below && !cycle.contains(child)) place(child);
    }
    groups.push_back(group_of(dataset, cycle, above.at(root).contains(root)));
  };
  for (const auto& table : dataset.tables) place(table.root);
  return groups;
}

std::set<std::string> tied_tables(const RuledDataset& dataset, const std::string& table) {
  std::set<std::string> ruled;
  for (const auto& each : dataset.tables) ruled.insert(each.rules.table);
  std::set<std::string> tied{table};
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& relation : dataset.relations) {
      if (!ruled.contains(relation.child) || !ruled.contains(relation.parent)) continue;
      if (tied.contains(relation.child)) grown |= tied.insert(relation.parent).second;
      if (tied.contains(relation.parent)) grown |= tied.insert(relation.child).second;
    }
  }
  return tied;
}

}  // namespace oubli
