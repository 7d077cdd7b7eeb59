/// Numbers as a person reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oubli {

/// Thousands set apart by narrow no-break spaces: 12 345.
[[nodiscard]] std::string grouped(std::int64_t number);

/// "1 record", "12 345 records".
[[nodiscard]] std::string counted(std::int64_t number, std::string_view noun);

}  // namespace oubli
