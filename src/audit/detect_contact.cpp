// How a person can be reached: e-mail, telephone, network and postal address.

#include "audit/text_forms.hpp"
#include "model/ascii.hpp"
#include "oubli/audit/detectors.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>

namespace oubli {

namespace {

using namespace audit;

bool is_local_part(std::string_view text) {
  constexpr std::size_t k_longest = 64;  // RFC 5321
  const auto is_allowed = [](char c) {
    const bool is_beyond_ascii = static_cast<unsigned char>(c) >= 0x80;
    return is_alphanumeric(c) || is_beyond_ascii ||
           std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
  };
  return !text.empty() && text.size() <= k_longest && std::ranges::all_of(text, is_allowed);
}

bool is_label(std::string_view text) {
  const auto is_allowed = [](char c) {
    return is_alphanumeric(c) || c == '-' || static_cast<unsigned char>(c) >= 0x80;
  };
  return !text.empty() && std::ranges::all_of(text, is_allowed);
}

bool is_domain(std::string_view text) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || text.size() - dot < 3) return false;
  if (!std::ranges::all_of(text.substr(dot + 1), is_letter)) return false;
  std::string_view rest = text.substr(0, dot);
  for (auto at = rest.find('.'); at != std::string_view::npos; at = rest.find('.')) {
    if (!is_label(rest.substr(0, at))) return false;
    rest.remove_prefix(at + 1);
  }
  return is_label(rest);
}

/// 01 to 09 and eight digits; a number that may only begin so is told by its separators.
bool is_french(std::string_view digits) { return digits.size() == 10 && digits[0] == '0' && digits[1] != '0'; }

/// (780) 428-9482, 780-428-9482: without its separators it is any number of ten digits.
bool is_north_american(std::string_view text, std::string_view digits) {
  const bool is_grouped = text.find('-') != std::string_view::npos || text.starts_with('(');
  return digits.size() == 10 && is_grouped && digits[0] >= '2' && digits[3] >= '2';
}

bool is_international(std::string_view digits) {
  constexpr std::size_t k_shortest = 8;
  constexpr std::size_t k_longest = 15;  // ITU-T E.164
  return digits.size() >= k_shortest && digits.size() <= k_longest && digits[0] != '0';
}

/// Lower case, its words apart by single spaces, digits kept: "12, Rue-de la Paix" is " 12 rue de la paix ".
std::string words_of(std::string_view text) {
  std::string words = " ";
  for (const char c : ascii_lower(text)) {
    const bool is_of_word = is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80;
    if (is_of_word || words.back() != ' ') words += is_of_word ? c : ' ';
  }
  return words.back() == ' ' ? words : words + ' ';
}

bool names_a_street(std::string_view words) {
  static constexpr std::array<std::string_view, 38> k_streets{
      " rue ",    " avenue ",  " av ",       " ave ",     " bd ",     " boulevard ", " blvd ",   " place ",
      " chemin ", " allée ",   " impasse ",  " route ",   " quai ",   " cours ",     " square ", " faubourg ",
      " street ", " st ",      " road ",     " rd ",      " lane ",   " drive ",     " dr ",     " way ",
      " court ",  " parkway ", " crescent ", " terrace ", " via ",    " calle ",     " rua ",    " praça ",
      " platz ",  " weg ",     " plaza ",    "straße ",   "strasse ", "straat "};
  return std::ranges::any_of(k_streets,
                             [&](std::string_view street) { return words.find(street) != std::string_view::npos; });
}

/// " 75011 paris ": five digits and a word of letters after them.
bool has_postcode_and_town(std::string_view words) {
  for (std::size_t at = 0; at + 7 < words.size(); ++at) {
    const bool is_code = words[at] == ' ' && has_only_digits(words.substr(at + 1, 5)) && words[at + 6] == ' ';
    if (is_code && is_letter(words[at + 7])) return true;
  }
  return false;
}

}  // namespace

bool is_email(std::string_view value) {
  constexpr std::size_t k_longest = 254;  // RFC 5321
  const auto text = trimmed(value);
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || text.size() > k_longest) return false;
  return is_local_part(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

bool is_phone(std::string_view value) {
  auto text = trimmed(value);
  const bool has_plus = text.starts_with('+');
  if (has_plus) text.remove_prefix(1);
  const std::string digits = without(text, " .-()/\u00A0");
  if (!has_only_digits(digits)) return false;
  if (has_plus) return is_international(digits);
  if (digits.starts_with("00")) return is_international(std::string_view(digits).substr(2));
  return is_french(digits) || is_north_american(text, digits);
}

bool is_ip(std::string_view value) {
  const std::string text(trimmed(value));
  std::array<unsigned char, 16> address{};
  return ::inet_pton(AF_INET, text.c_str(), address.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), address.data()) == 1;
}

bool is_postal_address(std::string_view value) {
  constexpr std::size_t k_longest = 200;  // a text that happens to name a street is no address
  const auto text = trimmed(value);
  if (text.size() > k_longest || std::ranges::none_of(text, is_digit)) return false;
  if (text.find('@') != std::string_view::npos) return false;
  const std::string words = words_of(text);
  return names_a_street(words) || has_postcode_and_town(words);
}

}  // namespace oubli
