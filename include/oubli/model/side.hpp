/// The two sides of a dataset.
#pragma once

#include <cstdint>
#include <string_view>

namespace oubli {

/// Records in use, or those in the intermediate archive. Both fall under the same rules.
enum class Side : std::uint8_t { live, archive };

/// "live", "archive".
[[nodiscard]] constexpr std::string_view to_text(Side side) { return side == Side::live ? "live" : "archive"; }

}  // namespace oubli
