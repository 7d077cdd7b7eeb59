#include "proposal/evidence.hpp"

#include "model/figures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli::proposal {

int percent_of(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return 0;
  const auto percent = static_cast<int>((part * 100 + whole - 1) / whole);
  return part == whole ? percent : std::min(percent, 99);
}

std::string counted_values(std::int64_t values) { return counted(values, "value"); }

std::string share_in_words(std::int64_t part, std::int64_t whole) {
  if (whole == 1) return "the only value";
  if (part == whole) return fmt::format("all {}", counted_values(whole));
  return fmt::format("{} % of {}", percent_of(part, whole), counted_values(whole));
}

std::string share_of_records(std::int64_t part, std::int64_t whole) {
  if (part == whole) return fmt::format("all {}", counted(whole, "record"));
  return fmt::format("{} % of {}", percent_of(part, whole), counted(whole, "record"));
}

}  // namespace oubli::proposal
