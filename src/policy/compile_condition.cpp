/// Resolves the names of a condition: columns to slots, events to those of its purpose.
#include "policy/compile_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

struct ConditionScope {
  const TableScope& table;
  const SourceLocation& where;
  TableRules& rules;
  const TableEvents* events;
  const std::string& purpose;

  [[nodiscard]] SourceLocation place_of(const Condition& leaf) const {
    SourceLocation place = where;
    place.column += leaf.column - 1;
    place.length = static_cast<int>(leaf.name.size());
    return place;
  }

  [[nodiscard]] bool is_event(const std::string& name) const {
    const auto& all = table.dataset.policy.events;
    return std::any_of(all.begin(), all.end(), [&](const auto& event) { return event.name == name; });
  }

  [[nodiscard]] bool is_column(const std::string& name) const {
    return table.live != nullptr && table.dataset.names.column(*table.live, name) != nullptr;
  }
};

int column_slot(const ConditionScope& scope, const Condition& leaf) {
  const auto place = scope.place_of(leaf);
  if (scope.table.live != nullptr && !scope.is_column(leaf.name) && scope.is_event(leaf.name)) {
    scope.table.dataset.findings.error(place, "condition", fmt::format("'{}' is an event, no column", leaf.name),
                                       "compare an event with a day, written without quotes: 2020-01-31");
    return -1;
  }
  return slot_of(scope.rules, find_column(scope.table, {leaf.name, place}).name);
}

std::vector<std::string> event_names(const Policy& policy) {
  std::vector<std::string> names;
  for (const auto& event : policy.events) names.push_back(event.name);
  return names;
}

int event_slot(const ConditionScope& scope, const Condition& leaf) {
  const auto place = scope.place_of(leaf);
  auto& findings = scope.table.dataset.findings;
  if (scope.events == nullptr) {
    findings.error(place, "condition", "the condition of an event can't name an event", "compare a column");
  } else if (scope.is_event(leaf.name)) {
    return scope.events->find(scope.purpose, leaf.name, place);
  } else if (scope.is_column(leaf.name)) {
    findings.error(place, "condition",
                   fmt::format("'{}' is a column; a day may only be compared with an event", leaf.name),
                   "name the event that this column gives");
  } else {
    const auto& policy = scope.table.dataset.policy;
    findings.error(place, "undeclared", fmt::format("policy '{}' has no event '{}'", policy.id, leaf.name),
                   suggestion(leaf.name, event_names(policy)));
  }
  return -1;
}

void resolve(const ConditionScope& scope, Condition& condition) {
  for (auto& part : condition.parts) resolve(scope, part);
  if (!condition.parts.empty()) return;
  condition.slot = condition.names_event ? event_slot(scope, condition) : column_slot(scope, condition);
  if (!condition.names_event && condition.slot >= 0) {
    condition.name = scope.rules.columns[static_cast<std::size_t>(condition.slot)];
  }
}

}  // namespace

Condition compile_condition(const TableScope& table, Condition condition, const SourceLocation& where,
                            TableRules& rules, const TableEvents* events, const std::string& purpose) {
  resolve({table, where, rules, events, purpose}, condition);
  return condition;
}

}  // namespace oubli
