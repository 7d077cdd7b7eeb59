#include "proposal/name_words.hpp"

#include "audit/text_forms.hpp"
#include "diag/utf8.hpp"
#include "model/ascii.hpp"

#include <algorithm>

namespace oubli::proposal {

namespace {

constexpr std::size_t k_longest_name = 500;
constexpr std::size_t k_longest_identifier = 64;

std::string singular(std::string word) {
  constexpr std::size_t k_shortest = 4;  // "gas" and "bus" are no plurals
  if (word.size() < k_shortest || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is")) return word;
  if (word.ends_with("sses")) return word.substr(0, word.size() - 2);
  if (word == "cookies") return "cookie";
  if (word.ends_with("ies")) return word.replace(word.size() - 3, 3, "y");
  if (word.ends_with("s") || word.ends_with("aux")) word.pop_back();
  return word;
}

/// What a policy or config may not hold, be it escaped. A tab or line end may, but would make a line of
/// its own of the comment beside it.
bool is_visible(const CodePoint& point) {
  const char32_t c = point.value;
  const bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
  const bool turns = c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  return point.valid && !control && !turns && c != 0xFEFF && c != 0xFFFE;
}

/// French letters without their marks, so that a name stays readable.
std::string_view plain_letter(char32_t c) {
  switch (c) {
    case U'é':
    case U'è':
    case U'ê':
    case U'ë':
    case U'É':
    case U'È':
      return "e";
    case U'à':
    case U'â':
    case U'À':
      return "a";
    case U'ç':
    case U'Ç':
      return "c";
    case U'î':
    case U'ï':
      return "i";
    case U'ô':
      return "o";
    case U'ù':
    case U'û':
    case U'ü':
      return "u";
    default:
      return "-";
  }
}

bool is_name_character(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

}  // namespace

std::vector<std::string> singular_words(std::string_view name) {
  auto words = audit::words_of_name(name);
  for (auto& word : words) word = singular(std::move(word));
  return words;
}

bool has_words(const std::vector<std::string>& words, std::string_view phrase) {
  while (!phrase.empty()) {
    const auto end = std::min(phrase.find(' '), phrase.size());
    if (std::ranges::find(words, phrase.substr(0, end)) == words.end()) return false;
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
  }
  return true;
}

std::string_view first_phrase(const std::vector<std::string>& words, std::span<const std::string_view> phrases) {
  const auto found = std::ranges::find_if(phrases, [&](std::string_view phrase) { return has_words(words, phrase); });
  return found == phrases.end() ? std::string_view{} : *found;
}

bool is_nameable(std::string_view name) {
  if (name.empty() || name.size() > k_longest_name) return false;
  for (std::size_t offset = 0; offset < name.size();) {
    const CodePoint point = code_point_at(name, offset);
    if (!is_visible(point)) return false;
    offset += point.length;
  }
  return true;
}

std::string as_pattern(std::string_view name) {
  std::string pattern;
  for (std::size_t offset = 0; offset < name.size() && pattern.size() < k_longest_name;) {
    const CodePoint point = code_point_at(name, offset);
    if (is_visible(point)) {
      pattern += name.substr(offset, point.length);
    } else if (!pattern.ends_with('*')) {
      pattern += '*';
    }
    offset += point.length;
  }
  const bool is_cut = name.size() > k_longest_name && !pattern.ends_with('*');
  return is_cut ? pattern + '*' : pattern;
}

std::string identifier_from(std::string_view text, std::string_view otherwise) {
  std::string name;
  for (std::size_t offset = 0; offset < text.size() && name.size() < k_longest_identifier;) {
    const CodePoint point = code_point_at(text, offset);
    offset += point.length;
    if (point.valid && is_name_character(point.value)) {
      name += static_cast<char>(point.value);
    } else if (const auto letter = point.valid ? plain_letter(point.value) : "-";
               letter != "-" || !name.ends_with('-')) {
      name += letter;
    }
  }
  const auto begin = std::ranges::find_if(name, [](char c) { return audit::is_letter(c); });
  name.erase(name.begin(), begin);
  while (name.ends_with('-') || name.ends_with('_')) name.pop_back();
  return name.empty() ? std::string(otherwise) : name;
}

}  // namespace oubli::proposal
