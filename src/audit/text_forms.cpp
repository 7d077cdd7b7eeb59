#include "audit/text_forms.hpp"

#include "model/ascii.hpp"

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

std::vector<std::string> words_of_name(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool is_of_word = is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
    const bool begins_word = is_upper(c) && i > 0 && is_lower(name[i - 1]);
    if ((!is_of_word || begins_word) && !words.back().empty()) words.emplace_back();
    if (is_of_word) words.back() += c;
  }
  for (auto& word : words) word = ascii_lower(word);
  return words;
}

}  // namespace oubli::audit
