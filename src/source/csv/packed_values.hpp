/// Values of a CSV record in one string, for indices that hold many.
#pragma once

#include "oubli/model/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::csv {

/// REQUIRES: nulls and texts alone.
[[nodiscard]] std::string packed(std::span<const Value> values);
/// The inverse; texts point into `packed`.
void unpack(std::string_view packed, std::vector<Value>& values);

}  // namespace oubli::csv
