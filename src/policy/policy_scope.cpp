#include "policy/policy_scope.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

void DeclaredNames::declare(const Field& entry) {
  if (entry.has_identifier_name()) m_names.push_back({entry.name(), entry.name_where()});
}

std::optional<std::string> DeclaredNames::use(const Field& value) {
  auto name = value.text();
  if (!name || !mark_used(*name, value.where(), value.findings())) return std::nullopt;
  return name;
}

std::optional<std::string> DeclaredNames::use_key(const Field& entry) {
  if (!mark_used(entry.name(), entry.name_where(), entry.findings())) return std::nullopt;
  return entry.name();
}

DeclaredNames::Name* DeclaredNames::find(const std::string& name) {
  const auto found =
      std::find_if(m_names.begin(), m_names.end(), [&](const Name& known) { return known.text == name; });
  return found == m_names.end() ? nullptr : &*found;
}

bool DeclaredNames::use_known(const std::string& name) {
  Name* const known = find(name);
  if (known != nullptr) known->is_used = true;
  return known != nullptr;
}

bool DeclaredNames::mark_used(const std::string& name, const SourceLocation& where, ReaderFindings& findings) {
  if (use_known(name)) return true;
  std::vector<std::string> known;
  for (const auto& each : m_names) known.push_back(each.text);
  const auto nearest = nearest_word(name, known);
  findings.error(
      where, "undeclared", fmt::format("{} '{}' is not declared", m_what, name),
      nearest.empty() ? fmt::format("declare it under '{}'", m_block) : fmt::format("did you mean '{}'?", nearest));
  return false;
}

void DeclaredNames::warn_unused(ReaderFindings& findings) const {
  for (const auto& name : m_names) {
    if (name.is_used) continue;
    findings.warning(name.where, "unused", fmt::format("{} '{}' is not used by any purpose", m_what, name.text),
                     "use it, or leave it out");
  }
}

std::optional<EventKind> PolicyScope::kind_of(const std::string& event) const {
  for (const auto& known : policy.events) {
    if (known.name == event) return known.kind;
  }
  return std::nullopt;
}

std::string read_notes(Fields& block, PolicyScope& scope) {
  const Field assumption = block.optional("assumption");
  auto& known = scope.policy.assumptions;
  // One of `defaults` is met again in every purpose.
  const auto is_same = [&](const Assumption& other) { return other.where == assumption.where(); };
  if (assumption && std::none_of(known.begin(), known.end(), is_same)) {
    const auto& path = block.self().path();
    known.push_back({path.empty() ? "policy" : path, assumption.title().value_or(""), assumption.where()});
  }
  return block.optional("reference").title().value_or("");
}

}  // namespace oubli
