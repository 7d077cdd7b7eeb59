#include "policy/event_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

using Combine = EventExpression::Combine;

constexpr Word<EventKind> k_kinds[] = {
    {"dated", EventKind::dated}, {"end", EventKind::end}, {"planned", EventKind::planned}};

constexpr Word<Combine> k_combinations[] = {
    {"latest_of", Combine::latest_of}, {"earliest_of", Combine::earliest_of}, {"first_known", Combine::first_known}};

bool fits(EventKind kind, EventRole role) {
  return role == EventRole::any || (kind == EventKind::dated) == (role == EventRole::start);
}

bool fits(const std::string& event, EventRole role, const PolicyScope& scope) {
  const auto kind = scope.kind_of(event);
  return !kind || fits(*kind, role);
}

std::string_view needed_kind(EventRole role) {
  return role == EventRole::start ? "a dated event" : "an end or planned event";
}

std::string hint_for(EventRole role, const std::string& event) {
  return role == EventRole::start ? fmt::format("write 'until: {}', or declare it with 'kind: dated'", event)
                                  : fmt::format("write 'from: {}' with 'keep', or declare it with 'kind: end'", event);
}

void check_kind(const std::string& event, const std::string& key, const SourceLocation& where, EventRole role,
                const PolicyScope& scope, ReaderFindings& findings) {
  const auto kind = scope.kind_of(event);
  if (!kind || fits(*kind, role)) return;
  findings.error(
      where, "event-kind",
      fmt::format("event '{}' is of kind {}, but '{}' needs {}", event, to_text(*kind), key, needed_kind(role)),
      hint_for(role, event));
}

EventExpression::Member read_member(const Field& item, Combine combine, PolicyScope& scope) {
  if (!item.is_mapping()) return {read_event(item, EventRole::any, scope).value_or(""), false};
  Fields block = item.fields();
  EventExpression::Member member;
  member.event = read_event(block.required("event"), EventRole::any, scope).value_or("");
  const Field optional = block.optional("optional");
  if (optional && combine != Combine::latest_of) {
    optional.error("conflict", fmt::format("'optional' has no meaning in '{}'", item.name()),
                   "leave it out: an absent member is passed over");
  }
  member.optional = optional.boolean().value_or(false);
  read_notes(block, scope);
  return member;
}

void check_members(const Field& list, const std::vector<EventExpression::Member>& members) {
  for (auto member = members.begin(); member != members.end(); ++member) {
    const auto is_same = [&](const auto& other) { return other.event == member->event && !other.event.empty(); };
    if (std::any_of(members.begin(), member, is_same)) {
      list.error("duplicate", fmt::format("event '{}' is listed twice", member->event), "list it once");
    }
  }
}

std::vector<EventExpression::Member> read_members(const Field& list, Combine combine, PolicyScope& scope) {
  std::vector<EventExpression::Member> members;
  for (const auto& item : list.items()) members.push_back(read_member(item, combine, scope));
  if (list.is_list() && members.size() < 2) {
    list.error("too-few", fmt::format("'{}' needs two events or more", list.name()),
               "write a single event by its name");
  }
  check_members(list, members);
  return members;
}

void check_some_member_fits(const Field& field, const EventExpression& expression, EventRole role,
                            const PolicyScope& scope) {
  const auto& members = expression.members;
  const auto member_fits = [&](const auto& member) { return fits(member.event, role, scope); };
  if (members.empty() || std::any_of(members.begin(), members.end(), member_fits)) return;
  field.error("event-kind", fmt::format("none of these events fits: '{}' needs {}", field.name(), needed_kind(role)),
              hint_for(role, "…"));
}

EventExpression read_combination(const Field& field, EventRole role, PolicyScope& scope) {
  Fields block = field.fields();
  EventExpression expression;
  int found = 0;
  for (const auto& [word, combine] : k_combinations) {
    const Field list = block.optional(word);
    if (!list) continue;
    ++found;
    expression = {combine, read_members(list, combine, scope)};
  }
  if (found == 0) block.report_missing("latest_of", "write latest_of, earliest_of or first_known and a list of events");
  if (found > 1) block.error("conflict", "several ways to combine events at once", "write one of them");
  read_notes(block, scope);
  check_some_member_fits(field, expression, role, scope);
  return expression;
}

void read_event_definition(const Field& entry, PolicyScope& scope) {
  scope.events.declare(entry);
  Fields block = entry.fields();
  const auto kind = block.required("kind").one_of(k_kinds);
  const auto title = block.required("title").title();
  static_cast<void>(block.optional("excludes").texts());
  read_notes(block, scope);
  // Without a kind, no use of the event is the wrong one.
  if (kind) scope.policy.events.push_back({entry.name(), *kind, title.value_or(""), entry.name_where()});
}

}  // namespace

void read_event_definitions(const Field& field, PolicyScope& scope) {
  for (const auto& entry : field.entries()) read_event_definition(entry, scope);
}

std::optional<std::string> read_event(const Field& value, EventRole role, PolicyScope& scope) {
  auto event = scope.events.use(value);
  if (event) check_kind(*event, value.name(), value.where(), role, scope, value.findings());
  return event;
}

std::optional<std::string> read_event_key(const Field& entry, EventRole role, PolicyScope& scope) {
  auto event = scope.events.use_key(entry);
  if (event) check_kind(*event, "ends_on", entry.name_where(), role, scope, entry.findings());
  return event;
}

EventExpression read_expression(const Field& field, EventRole role, PolicyScope& scope) {
  if (field.is_mapping()) return read_combination(field, role, scope);
  auto event = read_event(field, role, scope);
  if (!event) return {};
  return {Combine::single, {{std::move(*event), false}}};
}

}  // namespace oubli
