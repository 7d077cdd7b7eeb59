#include "model/figures.hpp"

#include <fmt/format.h>

namespace oubli {

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first_digit = number < 0 ? 1 : 0;
  for (std::size_t end = digits.size(); end > first_digit + 3; end -= 3) digits.insert(end - 3, "\u202F");
  return digits;
}

std::string counted(std::int64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

}  // namespace oubli
