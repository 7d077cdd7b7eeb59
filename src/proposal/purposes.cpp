#include "proposal/purposes.hpp"

#include "proposal/name_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace oubli::proposal {

namespace {

using Phrases = std::vector<std::string_view>;

/// Whether a table's only day may stand for the event although its name doesn't say so. Not for a last contact or
/// login: the day of another fact comes earlier, and what is kept from it would go too soon.
enum class OnlyDay : std::uint8_t { no, yes };

struct SuggestedPurpose {
  std::string_view purpose;
  std::string_view event;
  std::string_view what_the_day_is;
  OnlyDay only_day;
  Phrases tables;  ///< one of these is in the table's name
  Phrases days;    ///< what the day's column is called, the best first
};

// The first that fits: a table of payment cards is no account, an invoice of a customer is an invoice.
const std::vector<SuggestedPurpose>& suggested_purposes() {
  static const std::vector<SuggestedPurpose> k_suggested{
      {"payslips",
       "issued",
       "a payslip was issued",
       OnlyDay::yes,
       {"payslip", "payroll", "bulletin paie", "bulletin salaire", "fiche paie", "paie"},
       {"issued", "paid", "emission", "payment date", "pay date", "date paie"}},
      {"accounting",
       "invoiced",
       "an invoice or document is dated",
       OnlyDay::yes,
       {"invoice", "facture", "ecriture", "écriture", "fec", "bill", "credit note", "avoir", "ledger", "comptabilite"},
       {"piece date", "invoice date", "invoiced", "date facture", "facturation", "billed", "issued", "emission",
        "ecriture date", "date ecriture", "invoicedate"}},
      {"payment_card",
       "debited",
       "a card was debited",
       OnlyDay::no,
       {"payment card", "credit card", "carte bancaire", "carte paiement", "cb"},
       {"debited", "debit", "payment date", "paid", "debite"}},
      {"job_applicants",
       "last_contact",
       "an applicant was last in contact",
       OnlyDay::no,
       {"candidate", "candidat", "candidature", "applicant", "job application", "recrutement"},
       {"last contact", "dernier contact", "contacted", "last exchange", "last activity"}},
      {"opposition_list",
       "objection",
       "a person objected",
       OnlyDay::yes,
       {"objection", "opposition", "unsubscribe", "unsubscribed", "blacklist", "opt out", "optout", "repoussoir"},
       {"objection", "opposition", "unsubscribed", "objected", "created", "added"}},
      {"prospects",
       "last_contact",
       "a person was last in contact",
       OnlyDay::no,
       {"prospect", "lead", "contact", "newsletter", "subscriber", "abonne", "abonné", "suspect"},
       {"last contact", "dernier contact", "contacted", "last exchange", "dernier echange", "last interaction",
        "last reply", "lastcontact"}},
      {"audience_tracers",
       "tracer_set",
       "a tracer was first set",
       OnlyDay::no,
       {"cookie", "session", "tracer", "traceur", "visitor", "visiteur", "visit", "visite"},
       {"creation", "created", "first visit", "first seen", "set at", "set on", "start", "began", "visited",
        "visit date", "visit", "creationtime"}},
      {"application_logs",
       "logged",
       "an entry was written",
       OnlyDay::yes,
       {"log", "journal", "audit", "access", "acces", "accès", "login", "connexion", "event log", "historique"},
       {"logged", "timestamp", "horodatage", "at", "time", "created", "when", "date"}},
      {"video",
       "recorded",
       "images were recorded",
       OnlyDay::yes,
       {"video", "vidéo", "camera", "caméra", "cctv", "footage"},
       {"recorded", "recording", "capture", "start", "enregistrement"}},
      {"unused_account",
       "last_activity",
       "an account was last used",
       OnlyDay::no,
       {"user", "account", "member", "utilisateur", "compte", "membre", "adherent", "adhérent", "profile", "profil"},
       {"last login", "last activity", "last active", "last seen", "last access", "last connection", "last visit",
        "derniere connexion", "dernière connexion", "derniere activite", "lastlogin"}},
      {"contract_claims",
       "contract_end",
       "a contract ended",
       OnlyDay::no,
       {"contract", "contrat", "lease", "bail", "subscription", "abonnement", "policy", "police"},
       {"contract end", "end", "ended", "fin", "terminated", "resiliation", "résiliation", "closed", "cloture",
        "expiry"}}};
  return k_suggested;
}

struct NamedSubject {
  std::string_view name;
  std::string_view title;
  Phrases tables;
};

const std::vector<NamedSubject>& subjects() {
  static const std::vector<NamedSubject> k_subjects{
      {"employee",
       "Employees",
       {"employee", "employe", "employé", "staff", "salarie", "salarié", "personnel", "payslip", "payroll", "paie",
        "agent", "collaborateur"}},
      {"applicant",
       "Applicants",
       {"candidate", "candidat", "candidature", "applicant", "job application", "recrutement"}},
      {"prospect", "Prospects", {"prospect", "lead", "contact", "newsletter", "subscriber", "suspect"}},
      {"patient", "Patients", {"patient"}},
      {"tenant", "Tenants", {"tenant", "locataire", "lease", "bail"}},
      {"customer",
       "Customers",
       {"customer", "client", "buyer", "order", "commande", "invoice", "facture", "abonne", "abonné", "ecriture",
        "écriture", "fec", "contract", "contrat", "guest"}},
      {"supplier", "Suppliers", {"supplier", "vendor", "fournisseur"}},
      {"user",
       "Users",
       {"user", "account", "member", "utilisateur", "compte", "membre", "adherent", "adhérent", "profile", "profil",
        "log", "login", "connexion"}},
      {"visitor", "Visitors", {"visitor", "visiteur", "visit", "visite", "cookie", "session", "tracer", "traceur"}},
      {"student", "Students", {"student", "pupil", "eleve", "élève", "etudiant", "étudiant"}}};
  return k_subjects;
}

const NamedSubject* named_subject(std::string_view table) {
  const auto words = singular_words(table);
  const auto found = std::ranges::find_if(
      subjects(), [&](const NamedSubject& subject) { return !first_phrase(words, subject.tables).empty(); });
  return found == subjects().end() ? nullptr : &*found;
}

/// French law gives accounting entries a fixed form, whatever the file is called.
bool is_fec(const SurveyedTable& table) {
  const auto has = [&](const char* column) { return table.find(column) != nullptr; };
  return has("EcritureDate") && has("CompteNum") && has("PieceRef");
}

const SuggestedPurpose* by_name(std::string_view table) {
  const auto words = singular_words(table);
  const auto found = std::ranges::find_if(suggested_purposes(), [&](const SuggestedPurpose& suggested) {
    return !first_phrase(words, suggested.tables).empty();
  });
  return found == suggested_purposes().end() ? nullptr : &*found;
}

/// The column that is called like the event, the best name first.
const std::string* day_by_name(const SuggestedPurpose& suggested, const std::map<std::string, DayColumn>& days) {
  for (const auto phrase : suggested.days) {
    for (const auto& [column, day] : days) {
      if (has_words(singular_words(column), phrase)) return &column;
    }
  }
  return nullptr;
}

void find_day(const SuggestedPurpose& suggested, const std::map<std::string, DayColumn>& days, PurposeGuess& guess) {
  if (const auto* const column = day_by_name(suggested, days)) {
    guess.column = *column;
    guess.column_evidence = "its name";
  } else if (suggested.only_day == OnlyDay::yes && days.size() == 1) {
    guess.column = days.begin()->first;
    guess.column_evidence = "the only day in the table";
  } else {
    guess.gap = fmt::format("no column seems to say when {}", suggested.what_the_day_is);
  }
}

}  // namespace

Subject subject_of(std::string_view table) {
  const auto* const named = named_subject(table);
  if (named == nullptr) return {"person", "Persons", "no table's name says who they are"};
  return {std::string(named->name), std::string(named->title), "the table's name"};
}

bool is_of_persons(std::string_view table) {
  static const Phrases k_more{"person", "personne", "people",      "individual",
                              "owner",  "author",   "beneficiary", "beneficiaire"};
  static const Phrases k_things{"order",   "commande", "invoice", "facture",     "ecriture", "écriture",
                                "fec",     "contract", "contrat", "log",         "login",    "connexion",
                                "payslip", "payroll",  "paie",    "lease",       "bail",     "cookie",
                                "session", "visit",    "visite",  "candidature", "tracer",   "traceur"};
  const auto words = singular_words(table);
  if (!first_phrase(words, k_more).empty()) return true;
  return named_subject(table) != nullptr && first_phrase(words, k_things).empty();
}

std::optional<PurposeGuess> purpose_of(const SurveyedTable& table, const std::map<std::string, DayColumn>& days) {
  const bool has_fec_columns = is_fec(table);
  const auto* const suggested = has_fec_columns ? by_name("fec") : by_name(table.name);
  if (suggested == nullptr) return std::nullopt;
  PurposeGuess guess;
  guess.purpose = suggested->purpose;
  guess.event = suggested->event;
  guess.evidence = has_fec_columns ? "columns of a French accounting export" : "the table's name";
  find_day(*suggested, days, guess);
  return guess;
}

}  // namespace oubli::proposal
