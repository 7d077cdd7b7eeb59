/// One purpose of a policy (I1), and the `defaults` of all of them.
#pragma once

#include "policy/policy_scope.hpp"

namespace oubli {

/// The block `purposes`; what a purpose doesn't say is looked up in `defaults`.
void read_purposes(const Field& field, const Field& defaults, PolicyScope& scope);

}  // namespace oubli
