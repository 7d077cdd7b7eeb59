#include "proposal/categories.hpp"

#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace oubli::proposal {

namespace {

/// Where a name alone tells the category.
enum class Where : std::uint8_t { anywhere, among_persons, beside_an_address };

struct NamedCategory {
  std::string_view category;
  Where where;
  bool is_personal;
  std::vector<std::string_view> phrases;
};

// The first that fits: a session's key is a credential, the name of an account holder is no amount.
const std::vector<NamedCategory>& named_categories() {
  static const std::vector<NamedCategory> k_named{
      {"credentials",
       Where::anywhere,
       true,
       {"password", "passwd", "pwd", "secret", "salt", "api key", "mot passe", "otp", "reset token", "auth token"}},
      {"connection",
       Where::anywhere,
       true,
       {"user agent", "useragent", "session", "cookie", "visitor", "device", "fingerprint", "token", "tracer",
        "traceur", "imei", "mac address"}},
      {"browsing",
       Where::anywhere,
       true,
       {"url", "uri", "host", "referrer", "referer", "referent", "search", "query", "domain", "page", "origin", "visit",
        "visite"}},
      {"identity",
       Where::anywhere,
       true,
       {"comp aux lib", "raison sociale", "holder", "titulaire", "username", "login"}},
      {"identity",
       Where::among_persons,
       true,
       {"name", "nom", "surname", "nickname", "pseudo", "civilite", "civilité", "salutation", "gender", "sexe",
        "company", "societe", "société", "initial"}},
      {"pay",
       Where::anywhere,
       true,
       {"salary", "salaire", "wage", "net pay", "gross pay", "bonus", "prime", "net payer"}},
      {"contact",
       Where::beside_an_address,
       true,
       {"city", "town", "ville", "commune", "country", "pay", "state", "province", "region", "région", "departement"}},
      {"free_text",
       Where::anywhere,
       true,
       {"comment", "commentaire", "note", "remark", "remarque", "message", "observation", "memo", "free text", "bio"}},
      {"billing",
       Where::anywhere,
       false,
       {"amount",       "total",        "montant",      "debit",       "débit",        "credit",       "crédit",
        "price",        "prix",         "vat",          "tva",         "currency",     "devise",       "invoice number",
        "invoice",      "facture",      "reference",    "piece ref",   "ecriture lib", "ecriture num", "compte num",
        "compte lib",   "comp aux num", "journal code", "journal lib", "mode rglt",    "discount",     "remise",
        "quantity",     "quantite",     "qty",          "payment",     "paiement",     "idevise",      "montantdevise",
        "ecriture let", "nat op"}}};
  return k_named;
}

std::string_view category_of_kind(PersonalKind kind) {
  switch (kind) {
    case PersonalKind::email:
    case PersonalKind::phone:
    case PersonalKind::postal_address:
      return "contact";
    case PersonalKind::iban:
    case PersonalKind::card:
      return "bank";
    case PersonalKind::nir:
      return "national_number";
    case PersonalKind::ip:
      return "connection";
    case PersonalKind::date_of_birth:
      return "birth";
    case PersonalKind::person_name:
      return "identity";
  }
  return k_undescribed;
}

struct TitledCategory {
  std::string_view category;
  const char* title;
};
constexpr std::array k_titles{TitledCategory{"identity", "Surname, first name, title"},
                              TitledCategory{"contact", "E-mail, telephone, postal address"},
                              TitledCategory{"birth", "Date of birth"},
                              TitledCategory{"national_number", "Social security number"},
                              TitledCategory{"bank", "Bank account, payment card"},
                              TitledCategory{"connection", "IP address, session, device"},
                              TitledCategory{"browsing", "Pages and searches"},
                              TitledCategory{"credentials", "Passwords and keys to an account"},
                              TitledCategory{"pay", "Pay"},
                              TitledCategory{"billing", "Invoices, amounts, payments"},
                              TitledCategory{"free_text", "Free text, which may hold anything"},
                              TitledCategory{k_undescribed, "Not described yet"}};

bool is_there(Where where, const ColumnContext& context) {
  switch (where) {
    case Where::anywhere:
      return true;
    case Where::among_persons:
      return context.of_persons;
    case Where::beside_an_address:
      return context.has_address || context.of_persons;
  }
  return false;
}

std::optional<ColumnGuess> by_detector(const SurveyedColumn& column, Day today) {
  ColumnSurvey survey;
  for (const auto& value : column.sample) survey.add(value.view(), ColumnSurvey::Sample::yes);
  const auto found = likeness(column.name, survey, today);
  if (!found) return std::nullopt;
  return ColumnGuess{std::string(category_of_kind(found->kind)), in_words(*found), true, found};
}

std::optional<ColumnGuess> by_words(const SurveyedColumn& column, const ColumnContext& context) {
  const auto words = singular_words(column.name);
  for (const auto& named : named_categories()) {
    if (!is_there(named.where, context)) continue;
    if (first_phrase(words, named.phrases).empty()) continue;
    return ColumnGuess{std::string(named.category), "its name", named.is_personal, {}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<ColumnGuess> category_of(const SurveyedColumn& column, const ColumnContext& context, Day today) {
  auto found = by_detector(column, today);
  return found ? found : by_words(column, context);
}

std::string category_title(std::string_view category) {
  const auto* const found = std::ranges::find(k_titles, category, &TitledCategory::category);
  return found == k_titles.end() ? std::string(category) : found->title;
}

}  // namespace oubli::proposal
