// From single detectors to the one kind a value or a name has.

#include "audit/text_forms.hpp"
#include "model/ascii.hpp"
#include "oubli/audit/detectors.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace oubli {

namespace {

using namespace audit;

struct Detector {
  PersonalKind kind;
  bool (*fits)(std::string_view value);
};

// What a checksum proves goes before what only has a form.
constexpr std::array k_detectors{Detector{PersonalKind::email, is_email},
                                 Detector{PersonalKind::iban, is_iban},
                                 Detector{PersonalKind::nir, is_nir},
                                 Detector{PersonalKind::card, is_card},
                                 Detector{PersonalKind::ip, is_ip},
                                 Detector{PersonalKind::phone, is_phone},
                                 Detector{PersonalKind::postal_address, is_postal_address}};

struct NameWords {
  PersonalKind kind;
  std::vector<std::vector<std::string_view>> any;  ///< of which all words must be there
};

// In this order: an e-mail address and an IP address are no postal ones.
const std::vector<NameWords>& names() {
  static const std::vector<NameWords> k_names{
      {PersonalKind::email, {{"email"}, {"emails"}, {"mail"}, {"courriel"}, {"mel"}}},
      {PersonalKind::ip, {{"ip"}, {"ipaddress"}, {"ipv4"}, {"ipv6"}, {"remote", "addr"}}},
      {PersonalKind::iban, {{"iban"}, {"rib"}}},
      {PersonalKind::nir, {{"nir"}, {"ssn"}, {"social", "security"}, {"numsecu"}, {"secu"}}},
      {PersonalKind::card, {{"card", "number"}, {"cardnumber"}, {"pan"}, {"carte", "numero"}, {"carte", "bancaire"}}},
      {PersonalKind::phone,
       {{"phone"}, {"telephone"}, {"téléphone"}, {"tel"}, {"mobile"}, {"portable"}, {"fax"}, {"gsm"}}},
      {PersonalKind::date_of_birth,
       {{"birth"}, {"birthdate"}, {"birthday"}, {"dob"}, {"naissance"}, {"datenaissance"}, {"ddn"}}},
      {PersonalKind::postal_address,
       {{"address"}, {"adresse"}, {"street"}, {"rue"}, {"postcode"}, {"zip"}, {"zipcode"}, {"postal"}, {"cp"}}},
      {PersonalKind::person_name,
       {{"surname"},
        {"firstname"},
        {"lastname"},
        {"fullname"},
        {"first", "name"},
        {"last", "name"},
        {"full", "name"},
        {"prenom"},
        {"prénom"},
        {"patronyme"},
        {"nom", "famille"}}}};
  return k_names;
}

/// The digits at a place, as a number; -1 where there are others.
int digits_at(std::string_view text, std::size_t at, std::size_t count) {
  int value = -1;
  if (at + count > text.size() || !has_only_digits(text.substr(at, count))) return value;
  std::from_chars(text.data() + at, text.data() + at + count, value);
  return value;
}

std::optional<Day> day_of(int year, int month, int day) {
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const date::year_month_day civil{date::year{year}, date::month{static_cast<unsigned>(month)},
                                   date::day{static_cast<unsigned>(day)}};
  return civil.ok() ? std::optional<Day>(civil) : std::nullopt;
}

}  // namespace

std::string_view in_words(PersonalKind kind) {
  switch (kind) {
    case PersonalKind::email:
      return "an e-mail address";
    case PersonalKind::phone:
      return "a telephone number";
    case PersonalKind::iban:
      return "an IBAN";
    case PersonalKind::nir:
      return "a French social security number";
    case PersonalKind::card:
      return "a payment card number";
    case PersonalKind::ip:
      return "an IP address";
    case PersonalKind::date_of_birth:
      return "a date of birth";
    case PersonalKind::postal_address:
      return "a postal address";
    case PersonalKind::person_name:
      return "a person's name";
  }
  return "";
}

std::optional<Day> written_day(std::string_view value) {
  constexpr std::size_t k_width = 10;
  const auto text = trimmed(value);
  const bool ends_there =
      text.size() == k_width || (text.size() > k_width && (text[k_width] == ' ' || text[k_width] == 'T'));
  if (!ends_there) return std::nullopt;
  if (text[4] == '-' && text[7] == '-')
    return day_of(digits_at(text, 0, 4), digits_at(text, 5, 2), digits_at(text, 8, 2));
  const bool is_separated = text[2] == text[5] && std::string_view("/.-").find(text[2]) != std::string_view::npos;
  if (!is_separated) return std::nullopt;
  return day_of(digits_at(text, 6, 4), digits_at(text, 3, 2), digits_at(text, 0, 2));
}

std::optional<PersonalKind> kind_of_value(std::string_view value) {
  const auto found = std::ranges::find_if(k_detectors, [&](const Detector& each) { return each.fits(value); });
  return found == k_detectors.end() ? std::nullopt : std::optional(found->kind);
}

std::optional<PersonalKind> kind_of_name(std::string_view column) {
  const auto words = words_of_name(column);
  const auto has = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
  const auto fits = [&](const NameWords& name) {
    return std::ranges::any_of(name.any, [&](const auto& all) { return std::ranges::all_of(all, has); });
  };
  const auto found = std::ranges::find_if(names(), fits);
  return found == names().end() ? std::nullopt : std::optional(found->kind);
}

}  // namespace oubli
