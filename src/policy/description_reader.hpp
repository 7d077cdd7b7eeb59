/// What only describes a purpose or a policy: validated here, kept in the policy's text alone.
#pragma once

#include "policy/policy_scope.hpp"

namespace oubli {

/// The keys of a purpose that the record of processing activities needs (GDPR art. 30(1)).
void read_register_entries(Fields& purpose, PolicyScope& scope);

/// Top level: the text the policy stands for, the delays of requests, directives after death.
void read_published(const Field& field, PolicyScope& scope);
void read_requests(const Field& field, PolicyScope& scope);
void read_directives(const Field& field, PolicyScope& scope);

/// Of a data category: why it is special (GDPR art. 9, 10).
void read_special(const Field& field, PolicyScope& scope);

}  // namespace oubli
