/// Which column gives which event, for which purpose (S11).
#include "policy/compile_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const auto& one : all) names.push_back(one.name);
  return names;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool names_event(const Condition& condition, const std::string& event) {
  if (condition.names_event && condition.name == event) return true;
  return std::any_of(condition.parts.begin(), condition.parts.end(),
                     [&](const Condition& part) { return names_event(part, event); });
}

void add_members(std::vector<std::string>& events, const EventExpression& expression) {
  for (const auto& member : expression.members) events.push_back(member.event);
}

/// Events that only count for some records, or for some of their data.
void add_exceptions(std::vector<std::string>& events, const Purpose& purpose,
                    const std::vector<std::string>& categories) {
  if (const auto& never = purpose.never_opened) {
    events.push_back(never->opened);
    add_members(events, never->from);
  }
  if (purpose.last_day_override) events.push_back(purpose.last_day_override->last_day);
  for (const auto& end : purpose.by_category) {
    if (contains(categories, end.category)) add_members(events, end.kept.start);
  }
}

/// As the config writes it.
std::string written(const EventMapping& mapping) {
  return mapping.purpose.empty() ? mapping.event : mapping.purpose + "." + mapping.event;
}

}  // namespace

std::vector<std::string> events_of(const Purpose& purpose, const std::vector<std::string>& categories) {
  std::vector<std::string> events;
  if (purpose.active) add_members(events, purpose.active->start);
  if (purpose.active && purpose.active->at_most) add_members(events, purpose.active->at_most->from);
  if (purpose.archive && purpose.archive->own) add_members(events, purpose.archive->own->start);
  if (purpose.archive && purpose.archive->at_most) add_members(events, purpose.archive->at_most->from);
  for (const auto& ending : purpose.ends_on) events.push_back(ending.event);
  if (!purpose.unless_since.empty()) events.push_back(purpose.unless_since);
  add_exceptions(events, purpose, categories);
  if (purpose.inactive) events.push_back(purpose.inactive->new_records_by);
  std::vector<std::string> once;
  for (const auto& event : events) {
    if (!contains(once, event)) once.push_back(event);
  }
  return once;
}

TableEvents::TableEvents(const TableScope& table, const TableConfig& config, const std::vector<Served>& purposes,
                         TableRules& rules)
    : m_table(table), m_config(config), m_purposes(purposes), m_categories(rules.categories) {
  for (const auto& mapping : config.events) check(mapping);
  for (const auto& mapping : config.events) {
    if (is_needed(mapping)) add(mapping, rules);
  }
}

void TableEvents::check(const EventMapping& mapping) const {
  const auto& [policy, names, findings] = m_table.dataset;
  if (mapping_of(mapping.purpose, mapping.event) != &mapping) {
    findings.error(mapping.where, "duplicate", fmt::format("event '{}' is mapped twice", written(mapping)),
                   "keep one of them");
  }
  if (const auto known = names_of(policy.events); !contains(known, mapping.event)) {
    findings.error(mapping.where, "undeclared", fmt::format("policy '{}' has no event '{}'", policy.id, mapping.event),
                   suggestion(mapping.event, known));
  } else if (const auto all = names_of(policy.purposes); !mapping.purpose.empty() && !contains(all, mapping.purpose)) {
    findings.error(mapping.where, "undeclared",
                   fmt::format("policy '{}' has no purpose '{}'", policy.id, mapping.purpose),
                   suggestion(mapping.purpose, all));
  } else if (m_purposes.size() == m_config.purposes.size() && !is_needed(mapping)) {
    findings.warning(mapping.where, "unused",
                     fmt::format("no purpose of table '{}' needs the event '{}'", m_table.name, written(mapping)),
                     "remove it, or add the purpose that needs it");
  }
}

bool TableEvents::is_needed(const EventMapping& mapping) const {
  if (mapping_of(mapping.purpose, mapping.event) != &mapping) return false;
  return std::any_of(m_purposes.begin(), m_purposes.end(),
                     [&](const Served& purpose) { return gives(mapping, purpose); });
}

bool TableEvents::gives(const EventMapping& mapping, const Served& purpose) const {
  const auto& name = purpose.purpose->name;
  const bool is_its_own = mapping.purpose == name;
  const bool is_the_tables = mapping.purpose.empty() && mapping_of(name, mapping.event) == nullptr;
  if (!is_its_own && !is_the_tables) return false;
  const auto& condition = purpose.served->condition;
  return contains(events_of(*purpose.purpose, m_categories), mapping.event) ||
         (condition && names_event(*condition, mapping.event));
}

const EventMapping* TableEvents::mapping_of(const std::string& purpose, const std::string& event) const {
  const auto& all = m_config.events;
  const auto found = std::find_if(all.begin(), all.end(), [&](const EventMapping& mapping) {
    return mapping.purpose == purpose && mapping.event == event;
  });
  return found == all.end() ? nullptr : &*found;
}

EventKind TableEvents::kind_of(const std::string& event) const {
  const auto& all = m_table.dataset.policy.events;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& known) { return known.name == event; });
  return found == all.end() ? EventKind::dated : found->kind;
}

void TableEvents::add(const EventMapping& mapping, TableRules& rules) {
  EventRule event;
  event.name = mapping.event;
  event.purpose = mapping.purpose;
  event.kind = kind_of(mapping.event);
  if (mapping.other_table) {
    event.other_table = compile_other_table(m_table, *mapping.other_table, rules);
  } else if (mapping.first_seen) {
    event.first_seen = compile_first_seen(m_table, m_config, mapping, rules);
  }
  event.column = event.other_table || event.first_seen ? -1 : slot_of(rules, mapping.column.name);
  event.formats = mapping.formats;
  event.zone = mapping.zone.empty() ? rules.timezone : mapping.zone;
  event.default_missing_values = mapping.default_missing_values;
  event.missing_values = mapping.missing_values;
  if (mapping.when) {
    event.when = compile_condition(m_table, *mapping.when, mapping.when_where, rules, nullptr, mapping.purpose);
  }
  m_added.push_back(&mapping);
  rules.events.push_back(std::move(event));
}

int TableEvents::find(const std::string& purpose, const std::string& event, const SourceLocation& where) const {
  const auto* mapping = mapping_of(purpose, event);
  if (mapping == nullptr) mapping = mapping_of("", event);
  const auto found = std::find(m_added.begin(), m_added.end(), mapping);
  if (found != m_added.end()) return static_cast<int>(found - m_added.begin());
  m_table.dataset.findings.error(
      where, "event-unmapped",
      fmt::format("purpose '{}' needs the event '{}', which table '{}' doesn't map", purpose, event, m_table.name),
      fmt::format("add its column under events: '{}: …'", event));
  return -1;
}

}  // namespace oubli
