/// What is wrong with purposes that are well formed: no key alone shows it.
#pragma once

#include "policy/policy_scope.hpp"

namespace oubli {

/// `block` is where the purpose was read from.
void check_purpose(const Purpose& purpose, const Fields& block);

/// A purpose ends on an objection, so the objection itself must be kept, or the next import brings
/// the person back.
void check_objections(const Policy& policy, ReaderFindings& findings);

}  // namespace oubli
