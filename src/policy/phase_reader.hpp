/// How long a purpose keeps: the phases and their terms (S13).
#pragma once

#include "policy/policy_scope.hpp"

#include <optional>

namespace oubli {

[[nodiscard]] std::optional<ActivePhase> read_active(const Field& field, PolicyScope& scope);
[[nodiscard]] std::optional<ArchivePhase> read_archive(const Field& field, PolicyScope& scope);

/// `by_category: {identity_document: {keep: 1 month, from: verified}}`.
void read_by_category(const Field& field, PolicyScope& scope);
/// `never_opened: {opened: tenant_opened, keep: 3 years, from: collected}`.
void read_never_opened(const Field& field, PolicyScope& scope);

}  // namespace oubli
