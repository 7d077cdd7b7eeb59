#include "policy/reference_use.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace oubli {
namespace {

/// The policy's name of each event of the reference.
using EventNames = std::map<std::string, std::string>;

struct UseName {
  std::string reference;
  std::string purpose;
};

UseName split(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return {text, ""};
  return {text.substr(0, slash), text.substr(slash + 1)};
}

const FoundReference* find(std::span<const FoundReference> references, const std::string& id) {
  const auto found = std::ranges::find(references, id, &FoundReference::id);
  return found == references.end() ? nullptr : &*found;
}

void report_no_reference(const Field& use, const std::string& id, const PolicyScope& scope) {
  std::vector<std::string> ids;
  for (const auto& each : scope.references) ids.push_back(each.id);
  const auto nearest = nearest_word(id, ids);
  use.error("no-reference", fmt::format("there is no reference '{}'", id),
            nearest.empty() ? fmt::format("put it beside the policy, as reference/{}.yaml", id)
                            : fmt::format("did you mean '{}'?", nearest));
}

void report_no_purpose(const Field& use, const UseName& name, const Reference& reference) {
  std::vector<std::string> names;
  for (const auto& each : reference.purposes) names.push_back(each.rules.name);
  const auto nearest = nearest_word(name.purpose, names);
  use.error("no-reference", fmt::format("the reference '{}' has no purpose '{}'", name.reference, name.purpose),
            nearest.empty() ? fmt::format("it has {}", joined(names))
                            : fmt::format("did you mean '{}/{}'?", name.reference, nearest));
}

const Reference* find_reference(const Field& use, const std::string& id, const PolicyScope& scope) {
  const auto* found = find(scope.references, id);
  if (!found) {
    report_no_reference(use, id, scope);
  } else if (!found->read.value) {
    use.error("no-reference", fmt::format("the reference '{}' has errors", id), "correct it first");
  } else {
    return &*found->read.value;
  }
  return nullptr;
}

void note_use(const Reference& reference, PolicyScope& scope) {
  auto& used = scope.policy.references;
  if (std::ranges::find(used, reference.id, &UsedReference::id) != used.end()) return;
  used.push_back({reference.id, reference.file, reference.text, reference.digest});
}

const EventDefinition& definition_of(const std::string& event, const Reference& reference) {
  return *std::ranges::find(reference.events, event, &EventDefinition::name);
}

void add_events(std::vector<std::string>& names, const EventExpression& expression) {
  for (const auto& member : expression.members) {
    if (std::ranges::count(names, member.event) == 0) names.push_back(member.event);
  }
}

std::vector<std::string> events_of(const Purpose& purpose) {
  std::vector<std::string> names;
  add_events(names, purpose.active->start);
  if (purpose.active->at_most) add_events(names, purpose.active->at_most->from);
  if (purpose.archive && purpose.archive->at_most) add_events(names, purpose.archive->at_most->from);
  return names;
}

void rename(EventExpression& expression, const EventNames& names) {
  for (auto& member : expression.members) member.event = names.at(member.event);
}

void rename(Purpose& purpose, const EventNames& names) {
  rename(purpose.active->start, names);
  if (purpose.active->at_most) rename(purpose.active->at_most->from, names);
  if (purpose.archive && purpose.archive->at_most) rename(purpose.archive->at_most->from, names);
}

bool is_same_kind(EventKind one, EventKind other) { return (one == EventKind::dated) == (other == EventKind::dated); }

void check_kind(const Field& at, const std::string& event, const EventDefinition& wanted, const PolicyScope& scope) {
  const auto kind = scope.kind_of(event);
  if (!kind || is_same_kind(*kind, wanted.kind)) return;
  at.error("event-kind",
           fmt::format("event '{}' is of kind {}, but the reference's '{}' is of kind {}", event, to_text(*kind),
                       wanted.name, to_text(wanted.kind)),
           "map it to another event with 'events: {…}'");
}

/// `events: {invoiced: billed_on}`: what the reference calls so is the policy's event of that name.
EventNames read_event_names(const Field& field, const std::vector<std::string>& wanted, PolicyScope& scope) {
  EventNames names;
  if (!field) return names;
  for (const auto& entry : field.entries()) {
    if (std::ranges::count(wanted, entry.name()) == 0) {
      const auto nearest = nearest_word(entry.name(), wanted);
      entry.findings().error(
          entry.name_where(), "undeclared", fmt::format("the reference purpose has no event '{}'", entry.name()),
          nearest.empty() ? fmt::format("it has {}", joined(wanted)) : fmt::format("did you mean '{}'?", nearest));
    } else if (const auto event = scope.events.use(entry)) {
      names[entry.name()] = *event;
    }
  }
  return names;
}

void bring_along(const EventDefinition& definition, PolicyScope& scope) {
  auto& events = scope.taken_events;
  if (std::ranges::find(events, definition.name, &EventDefinition::name) == events.end()) events.push_back(definition);
}

EventNames event_names(Fields& block, const Use& use, PolicyScope& scope) {
  const auto wanted = events_of(use.purpose.rules);
  const Field mapping = block.optional("events");
  auto names = read_event_names(mapping, wanted, scope);
  for (const auto& event : wanted) {
    const auto& definition = definition_of(event, use.reference);
    const auto name = names.try_emplace(event, event).first->second;
    if (scope.events.use_known(name)) {
      check_kind(mapping ? mapping : block.optional("use"), name, definition, scope);
    } else if (!block.has_own("active")) {
      bring_along(definition, scope);
    }
  }
  return names;
}

std::vector<std::string> changes(const Purpose& purpose, const Purpose& reference) {
  std::vector<std::string> keys;
  if (purpose.legal_basis != reference.legal_basis) keys.emplace_back("legal_basis");
  if (purpose.active != reference.active) keys.emplace_back("active");
  if (purpose.archive != reference.archive) keys.emplace_back("archive");
  if (purpose.then != reference.then) keys.emplace_back("then");
  return keys;
}

/// A phase that the block says itself replaces those of the reference from there on: an archive
/// counts from the start of the active phase it was written for.
void take_phases(const Fields& block, const Purpose& reference, Purpose& purpose) {
  if (block.has_own("active")) return;
  purpose.active = reference.active;
  if (!block.has_own("archive")) purpose.archive = reference.archive;
}

void take_words(const Fields& block, const Purpose& reference, Purpose& purpose) {
  if (!block.has_own("title")) purpose.title = reference.title;
  if (!block.has_own("legal_basis")) purpose.legal_basis = reference.legal_basis;
  if (!block.has_own("then")) purpose.then = reference.then;
  purpose.legal_reference = block.has_own("legal_reference")
                                ? fmt::format("{}; {}", reference.legal_reference, purpose.legal_reference)
                                : reference.legal_reference;
}

void take_assumptions(const Use& use, const Purpose& purpose, PolicyScope& scope) {
  for (const auto& assumption : use.purpose.assumptions) {
    scope.policy.assumptions.push_back(
        {fmt::format("purposes.{}, taken from {}", purpose.name, use.name), assumption.text, purpose.where});
  }
}

void require_reason(const Fields& block, const TakenReference& taken) {
  if (taken.changed.empty() || block.has_own("because")) return;
  block.error("reference-changed",
              fmt::format("'{}' changes {} of {} and doesn't say why", block.self().name(), joined(taken.changed),
                          taken.name),
              "add 'because: …', or leave the reference's values");
}

}  // namespace

std::optional<Use> read_use(Fields& block, PolicyScope& scope) {
  const Field use = block.optional("use");
  const auto text = use.text();
  if (!text || !block.has_own("use")) return std::nullopt;
  const auto name = split(*text);
  const auto* reference = find_reference(use, name.reference, scope);
  if (!reference) return std::nullopt;
  note_use(*reference, scope);
  const auto* purpose = reference->find(name.purpose);
  if (purpose) return Use{*text, *reference, *purpose};
  report_no_purpose(use, name, *reference);
  return std::nullopt;
}

void take_from_reference(Fields& block, const Use& use, Purpose& purpose, PolicyScope& scope) {
  Purpose taken = use.purpose.rules;
  rename(taken, event_names(block, use, scope));
  take_words(block, taken, purpose);
  take_phases(block, taken, purpose);
  take_assumptions(use, purpose, scope);
  purpose.taken = TakenReference{use.name, fmt::format("{}: {}", to_text(use.purpose.kind), taken.legal_reference),
                                 check_words(use.purpose.checked), changes(purpose, taken),
                                 block.optional("because").title().value_or("")};
  require_reason(block, *purpose.taken);
}

}  // namespace oubli
