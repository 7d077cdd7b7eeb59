// A record taken for a header would write a person's data into the config as names of columns. So a first line is
// believed only where nothing in it could be a value and something in it is a word that names columns; the other way
// round costs one record that can't be read, and a person sees it.
#include "proposal/header.hpp"

#include "audit/text_forms.hpp"
#include "oubli/audit/detectors.hpp"
#include "proposal/name_words.hpp"

#include <algorithm>
#include <set>

namespace oubli::proposal {

namespace {

using Record = std::vector<std::string_view>;

constexpr std::size_t k_longest_name = 64;

/// Words that columns are named by. Those that are surnames or towns as well aren't among them.
const std::set<std::string_view>& column_words() {
  static const std::set<std::string_view> k_words{
      "id",        "uuid",        "key",      "code",        "number",    "num",       "numero",    "numéro",
      "no",        "name",        "nom",      "prenom",      "prénom",    "surname",   "firstname", "lastname",
      "first",     "last",        "email",    "mail",        "courriel",  "phone",     "tel",       "telephone",
      "téléphone", "mobile",      "fax",      "address",     "adresse",   "street",    "city",      "ville",
      "zip",       "postal",      "cp",       "country",     "pay",       "pays",      "date",      "time",
      "heure",     "day",         "jour",     "month",       "mois",      "year",      "annee",     "année",
      "created",   "updated",     "modified", "at",          "on",        "timestamp", "status",    "statut",
      "state",     "type",        "kind",     "amount",      "montant",   "total",     "price",     "prix",
      "quantity",  "quantite",    "qty",      "debit",       "credit",    "débit",     "crédit",    "currency",
      "devise",    "iban",        "bic",      "reference",   "ref",       "label",     "libelle",   "libellé",
      "lib",       "description", "comment",  "commentaire", "note",      "url",       "ip",        "agent",
      "user",      "login",       "customer", "client",      "contact",   "invoice",   "facture",   "order",
      "commande",  "account",     "compte",   "contract",    "contrat",   "birth",     "naissance", "gender",
      "sexe",      "civilite",    "civilité", "title",       "titre",     "company",   "societe",   "société",
      "siret",     "siren",       "vat",      "tva",         "journal",   "ecriture",  "piece",     "language",
      "langue",    "source",      "category", "categorie",   "catégorie", "active",    "start",     "end",
      "debut",     "début",       "fin",      "salary",      "salaire",   "session",   "cookie"};
  return k_words;
}

bool is_word_of_column(std::string_view cell) {
  const auto words = audit::words_of_name(cell);
  return std::ranges::any_of(words, [](const std::string& word) { return column_words().contains(word); });
}

/// What no name of a column is: a number, a day, or something of which a detector knows the kind.
bool is_value(std::string_view cell) {
  const auto text = audit::trimmed(cell);
  if (text.size() > k_longest_name || written_day(text) || kind_of_value(text)) return true;
  return !text.empty() && audit::has_only_digits(audit::without(text, " .,-+/:%"));
}

bool stands_below(const std::vector<Record>& records, std::size_t column, std::string_view name) {
  return std::any_of(records.begin() + 1, records.end(), [&](const Record& record) {
    return column < record.size() && !name.empty() && audit::trimmed(record[column]) == name;
  });
}

}  // namespace

HeaderGuess header_of(const std::vector<Record>& records) {
  const auto& first = records.front();
  if (std::ranges::any_of(first, is_value)) return {false, "no header: the first line holds values"};
  const auto named = std::ranges::count_if(first, is_word_of_column);
  for (std::size_t column = 0; column < first.size(); ++column) {
    if (stands_below(records, column, audit::trimmed(first[column])))
      return {false, "no header: the first line holds a value of the lines below"};
  }
  // A third of the cells: the name of a firm may well have such a word, a whole record has not.
  if (named > 0 && 3 * named >= static_cast<std::ptrdiff_t>(first.size()))
    return {true, "the first line names the columns"};
  return {false,
          "it can't be told whether the first line is a header: remove this line if it is, and name the columns by it"};
}

}  // namespace oubli::proposal
