/// What is wrong with purposes that are well formed: no key alone shows it.
#pragma once

#include "policy/policy_scope.hpp"

namespace oubli {

/// A period in days, exact among years and months, and among weeks and days; near enough between them.
[[nodiscard]] double approximate_days(const Period& period);

/// An archive counts from the start of the active phase, so it must be the longer of both.
/// `archive` is where it was read from.
void check_archive(const Purpose& purpose, const Field& archive);

/// Consent can be withdrawn at any time, and then its purpose ends (GDPR art. 7(3)).
void check_consents(const Policy& policy, ReaderFindings& findings);

/// A purpose ends on an objection, so the objection itself must be kept, or the next import brings
/// the person back.
void check_objections(const Policy& policy, ReaderFindings& findings);

}  // namespace oubli
