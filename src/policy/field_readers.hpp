/// Values that a policy and a config write alike, beyond the plain ones of `Field`.
#pragma once

#include "oubli/model/period.hpp"
#include "policy/fields.hpp"

#include <optional>
#include <string>

namespace oubli {

/// A retention period (S2). Warns of years or months written as days.
[[nodiscard]] std::optional<Period> read_period(const Field& field);

/// An IANA timezone that this machine knows.
[[nodiscard]] std::optional<std::string> read_timezone(const Field& field);

}  // namespace oubli
