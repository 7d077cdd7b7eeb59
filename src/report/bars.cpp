#include "report/bars.hpp"

#include <algorithm>
#include <array>

namespace oubli::report {

std::string bar(std::int64_t value, std::int64_t largest, int columns) {
  static constexpr std::array k_eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (value <= 0 || largest <= 0 || columns <= 0) return {};
  // Not in whole numbers: a value times columns may be too large for one.
  const double share = static_cast<double>(value) / static_cast<double>(largest);
  const auto eighths = std::max(1, static_cast<int>(share * columns * 8));
  std::string text;
  for (int i = 0; i < eighths / 8; ++i) text += "█";
  return text + k_eighths[static_cast<std::size_t>(eighths % 8)];
}

}  // namespace oubli::report
