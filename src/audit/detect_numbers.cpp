// Numbers that carry their own proof: a checksum makes a chance hit rare.

#include "audit/text_forms.hpp"
#include "oubli/audit/detectors.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace oubli {

namespace {

using namespace audit;

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// ISO 13616: the first four characters last, letters as 10 to 35.
std::string iban_digits(std::string_view iban) {
  std::string digits;
  for (const char c : std::string(iban.substr(4)) + std::string(iban.substr(0, 4))) {
    digits += is_digit(c) ? std::string(1, c) : std::to_string(c - 'A' + 10);
  }
  return digits;
}

bool has_iban_form(std::string_view text) {
  constexpr std::size_t k_shortest = 15;  // Norway
  constexpr std::size_t k_longest = 34;
  if (text.size() < k_shortest || text.size() > k_longest) return false;
  if (!is_upper(text[0]) || !is_upper(text[1]) || !is_digit(text[2]) || !is_digit(text[3])) return false;
  return std::ranges::all_of(text, [](char c) { return is_upper(c) || is_digit(c); });
}

/// Corsica's departments count as numbers once their letter is taken away (INSEE).
std::optional<std::string> nir_number(std::string_view text) {
  std::string digits(text);
  if (digits[5] == '2' && (digits[6] == 'A' || digits[6] == 'B')) {
    digits[6] = digits[6] == 'A' ? '9' : '8';
    digits[5] = '1';
  }
  return has_only_digits(digits) ? std::optional(digits) : std::nullopt;
}

/// 1 and 2; 3, 4, 7 and 8 while a person is being registered.
bool is_nir_sex(char c) { return std::string_view("123478").find(c) != std::string_view::npos; }

/// A month, or what the registers write where it isn't known.
bool is_nir_month(int month) {
  return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || (month >= 50 && month <= 99);
}

bool passes_luhn(std::string_view digits) {
  int sum = 0;
  bool is_doubled = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, is_doubled = !is_doubled) {
    const int value = (*digit - '0') * (is_doubled ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

/// First digits that a network gives out, from and to, and how long its numbers are.
struct Network {
  int first;
  int last;
  std::size_t shortest;
  std::size_t longest;
};

bool has_network_form(std::string_view digits) {
  // By the first four digits: Visa, Mastercard twice, American Express twice, Diners, Discover, UnionPay, JCB.
  static constexpr std::array k_networks{Network{4000, 4999, 13, 19}, Network{5100, 5599, 16, 16},
                                         Network{2221, 2720, 16, 16}, Network{3400, 3499, 15, 15},
                                         Network{3700, 3799, 15, 15}, Network{3600, 3699, 14, 19},
                                         Network{6011, 6011, 16, 19}, Network{6440, 6599, 16, 19},
                                         Network{6200, 6299, 16, 19}, Network{3528, 3589, 16, 19}};
  const int head = number(digits.substr(0, 4));
  return std::ranges::any_of(k_networks, [&](const Network& network) {
    return head >= network.first && head <= network.last && digits.size() >= network.shortest &&
           digits.size() <= network.longest;
  });
}

}  // namespace

bool is_iban(std::string_view value) {
  const std::string text = without(trimmed(value), " ");
  return has_iban_form(text) && remainder(iban_digits(text), 97) == 1;
}

bool is_nir(std::string_view value) {
  constexpr std::size_t k_digits = 15;
  const std::string text = without(trimmed(value), " .");
  if (text.size() != k_digits || !is_nir_sex(text[0])) return false;
  const auto digits = nir_number(text);
  if (!digits || !is_nir_month(number(std::string_view(*digits).substr(3, 2)))) return false;

  return 97 - remainder(digits->substr(0, 13), 97) == number(std::string_view(*digits).substr(13));
}

bool is_card(std::string_view value) {
  const std::string text = without(trimmed(value), " -");
  return text.size() >= 13 && text.size() <= 19 && has_only_digits(text) && has_network_form(text) && passes_luhn(text);
}

}  // namespace oubli
