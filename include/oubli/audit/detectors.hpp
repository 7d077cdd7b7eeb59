/// What a value, or a column's name, looks like: the kinds of personal data that have a form of their
/// own. Pure; nothing here keeps or returns a value.
///
/// A detector answers for one whole value, surrounding spaces aside; what a column holds is for
/// `column_survey.hpp` to say, from the share of its values.
#pragma once

#include "oubli/model/day.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace oubli {

enum class PersonalKind : std::uint8_t {
  email,
  phone,
  iban,
  nir,
  card,
  ip,
  date_of_birth,
  postal_address,
  person_name
};
inline constexpr std::size_t k_personal_kinds = 9;

/// With its article: "an e-mail address", "an IBAN".
[[nodiscard]] std::string_view in_words(PersonalKind kind);

[[nodiscard]] bool is_email(std::string_view value);

/// In the international form, or as France and North America write it.
[[nodiscard]] bool is_phone(std::string_view value);

/// ISO 13616: country, check digits, and the remainder 1 modulo 97.
[[nodiscard]] bool is_iban(std::string_view value);

/// The French social security number with its key of two digits; Corsica's 2A and 2B included.
[[nodiscard]] bool is_nir(std::string_view value);

/// A payment card: a length and first digits that the networks give out, and the Luhn check digit.
[[nodiscard]] bool is_card(std::string_view value);

/// IPv4 or IPv6.
[[nodiscard]] bool is_ip(std::string_view value);

/// A number and a word for a street, or a postcode and a town, as European and American addresses have them.
[[nodiscard]] bool is_postal_address(std::string_view value);

/// The day a value is, written yyyy-mm-dd, dd/mm/yyyy, dd.mm.yyyy or dd-mm-yyyy, a time after it or
/// not. Of a birth it is for a column to say: a day alone doesn't tell.
[[nodiscard]] std::optional<Day> written_day(std::string_view value);

/// The kind a value has by itself: the first that fits, those with a checksum before the others.
[[nodiscard]] std::optional<PersonalKind> kind_of_value(std::string_view value);

/// The kind that a column's name promises, in English or French: "email_pro", "dateNaissance".
[[nodiscard]] std::optional<PersonalKind> kind_of_name(std::string_view column);

}  // namespace oubli
