/// What the detectors share: looking at text without copying it where it can be avoided.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oubli::audit {

// Of ASCII alone, whatever the locale.
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
[[nodiscard]] constexpr bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The text without any of `separators`.
[[nodiscard]] std::string without(std::string_view text, std::string_view separators);

[[nodiscard]] bool has_only_digits(std::string_view text);

/// The remainder of a decimal number of any length.
[[nodiscard]] int remainder(std::string_view digits, int divisor);

/// The words of a column's or table's name, in lower case: "dateNaissance_2" is date, naissance, 2.
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view name);

}  // namespace oubli::audit
