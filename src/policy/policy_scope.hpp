/// What the blocks of a policy share while it is read: the names it declares and which it uses.
#pragma once

#include "oubli/model/policy.hpp"
#include "oubli/policy/read.hpp"
#include "policy/fields.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli {

/// The names one block declares: `events`, `data_categories`, `data_subjects`.
class DeclaredNames {
 public:
  /// `what` is one of them in a message, `block` the key they are declared under.
  DeclaredNames(std::string what, std::string block) : m_what(std::move(what)), m_block(std::move(block)) {}

  void declare(const Field& entry);
  /// The name a value says, or nothing where it isn't declared.
  [[nodiscard]] std::optional<std::string> use(const Field& value);
  /// The same for the key of an entry.
  [[nodiscard]] std::optional<std::string> use_key(const Field& entry);
  /// Uses the name where it is declared; else false, and nothing is wrong with that.
  [[nodiscard]] bool use_known(const std::string& name);
  void warn_unused(ReaderFindings& findings) const;

 private:
  struct Name {
    std::string text;
    SourceLocation where;
    bool is_used = false;
  };
  [[nodiscard]] Name* find(const std::string& name);
  [[nodiscard]] bool mark_used(const std::string& name, const SourceLocation& where, ReaderFindings& findings);

  std::string m_what;
  std::string m_block;
  std::vector<Name> m_names;
};

struct PolicyScope {
  Policy policy;
  DeclaredNames subjects{"data subject", "data_subjects"};
  DeclaredNames categories{"data category", "data_categories"};
  DeclaredNames events{"event", "events"};
  std::span<const FoundReference> references;  ///< what `use` finds
  std::vector<EventDefinition> taken_events;   ///< of reference purposes, not declared by the policy itself

  /// Nothing for an event that isn't declared.
  [[nodiscard]] std::optional<EventKind> kind_of(const std::string& event) const;
};

/// `assumption` and `reference`, which any block of a policy may carry (S16). Gives the reference.
std::string read_notes(Fields& block, PolicyScope& scope);

}  // namespace oubli
