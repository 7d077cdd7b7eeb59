/// The events of a policy: their declarations, and the expressions that compute a day from them (S7).
#pragma once

#include "policy/policy_scope.hpp"

#include <optional>
#include <string>

namespace oubli {

/// What an event is used for, and so which kinds fit.
enum class EventRole {
  start,   ///< a dated event: without it the record is undated
  ending,  ///< an end or planned event: without it the relation goes on
  any,
};

/// The block `events`: declares every event in `scope`.
void read_event_definitions(const Field& field, PolicyScope& scope);

/// The event a value names; nothing where it isn't declared or of the wrong kind.
[[nodiscard]] std::optional<std::string> read_event(const Field& value, EventRole role, PolicyScope& scope);
/// The same for the key of an entry.
[[nodiscard]] std::optional<std::string> read_event_key(const Field& entry, EventRole role, PolicyScope& scope);

/// An event, or `latest_of`, `earliest_of`, `first_known` of several. Of several, one at least must
/// fit the role: `keep 3 years from the latest of last contact and end of contract` is well said.
[[nodiscard]] EventExpression read_expression(const Field& field, EventRole role, PolicyScope& scope);

}  // namespace oubli
