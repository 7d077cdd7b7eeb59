/// What is wrong with purposes that are well formed: no key alone shows it.
#pragma once

#include "policy/policy_scope.hpp"

namespace oubli {

/// A period in days, exact among years and months, and among weeks and days; near enough between them.
[[nodiscard]] double approximate_days(const Period& period);

/// An archive counts from the start of the active phase, so it must be the longer of both.
/// `archive` is where it was read from.
void check_archive(const Purpose& purpose, const Field& archive);

/// An exception to a period needs one. `exception` is where it was read from; it may be absent.
void check_has_period(const Purpose& purpose, const Field& exception);

/// Only a purpose kept until an event can be one that never began.
void check_never_opened(const Purpose& purpose, const Field& never_opened);

/// `at_most` of an override limits lengthening, so it must leave room for some.
void check_override(const Purpose& purpose, const Field& last_day);

/// A category that ends in the active phase alone is needed on while it is archived, which hardly
/// anyone means. `active` is where the phase was read from.
void check_active_categories(const Purpose& purpose, const Field& active);

/// Consent can be withdrawn at any time, and then its purpose ends (GDPR art. 7(3)).
void check_consents(const Policy& policy, ReaderFindings& findings);

/// A purpose ends on an objection, so the objection itself must be kept, or the next import brings
/// the person back.
void check_objections(const Policy& policy, ReaderFindings& findings);

}  // namespace oubli
