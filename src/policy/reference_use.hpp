/// `use: fr/accounting`: a purpose that takes its legal basis, citation and phases from a reference.
#pragma once

#include "policy/policy_scope.hpp"

namespace oubli {

/// What a block names by `use`.
struct Use {
  std::string name;  ///< "fr/accounting"
  const Reference& reference;
  const ReferencePurpose& purpose;
};

/// Nothing where the block has no `use`, or one that names nothing, which is told.
[[nodiscard]] std::optional<Use> read_use(Fields& block, PolicyScope& scope);

/// Gives `purpose` what its block doesn't say itself. An event keeps its name unless the block's
/// `events` maps it to one of the policy's; one that the policy doesn't declare comes with it. What
/// the block changes needs its `because`.
void take_from_reference(Fields& block, const Use& use, Purpose& purpose, PolicyScope& scope);

}  // namespace oubli
