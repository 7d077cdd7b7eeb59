/// Bars for a terminal.
#pragma once

#include <cstdint>
#include <string>

namespace oubli::report {

/// A bar of full blocks, with eighths at its end, as wide as `value` is of `largest`; a value above nought
/// shows at least an eighth. Empty for nought.
[[nodiscard]] std::string bar(std::int64_t value, std::int64_t largest, int columns);

}  // namespace oubli::report
