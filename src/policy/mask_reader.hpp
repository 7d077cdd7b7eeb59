/// What a data category leaves of a value that is anonymised (S17).
#pragma once

#include "oubli/model/mask.hpp"
#include "policy/policy_scope.hpp"

#include <optional>

namespace oubli {

/// Nothing where the category has no mask. Refuses hashes: they only pseudonymise.
[[nodiscard]] std::optional<Mask> read_mask(const Field& field, PolicyScope& scope);

}  // namespace oubli
