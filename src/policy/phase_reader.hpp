/// How long a purpose keeps: its phases (S13), and what changes them for some records (S7, S10).
#pragma once

#include "policy/policy_scope.hpp"

#include <optional>

namespace oubli {

/// A phase; what it says by category goes to `purpose`.
[[nodiscard]] std::optional<ActivePhase> read_active(const Field& field, Purpose& purpose, PolicyScope& scope);
[[nodiscard]] std::optional<ArchivePhase> read_archive(const Field& field, Purpose& purpose, PolicyScope& scope);

/// `by_category: {identity_document: {keep: 1 month, from: verified}}`, of a purpose or one of its phases.
void read_by_category(const Field& field, CategoryEnd::Extent extent, Purpose& purpose, PolicyScope& scope);
/// `never_opened: {opened: tenant_opened, keep: 3 years, from: collected}`.
[[nodiscard]] std::optional<NeverOpened> read_never_opened(const Field& field, PolicyScope& scope);
/// `override: {last_day: agreed_keep_until, may: [lengthen], at_most: 30 years}`.
[[nodiscard]] std::optional<LastDayOverride> read_override(const Field& field, LegalBasis basis, PolicyScope& scope);

}  // namespace oubli
