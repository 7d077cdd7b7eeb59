#include "audit/text_forms.hpp"

#include <algorithm>

namespace oubli::audit {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view k_blank = " \t\r\n";
  const auto begin = text.find_first_not_of(k_blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(k_blank) + 1 - begin);
}

std::string without(std::string_view text, std::string_view separators) {
  std::string rest;
  for (const char c : text) {
    if (separators.find(c) == std::string_view::npos) rest += c;
  }
  return rest;
}

bool has_only_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

int remainder(std::string_view digits, int divisor) {
  int rest = 0;
  for (const char digit : digits) rest = (rest * 10 + (digit - '0')) % divisor;
  return rest;
}

}  // namespace oubli::audit
