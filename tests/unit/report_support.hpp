/// Rules and texts that the tests of reports share.
#pragma once

#include "oubli/report/report.hpp"

#include <sstream>
#include <string>
#include <utility>

namespace oubli::test {

using namespace date::literals;

inline constexpr Style k_plain{false, 80};

/// What a writer of a report writes.
template <typename Write>
std::string written(Write write) {
  std::ostringstream out;
  write(out);
  return out.str();
}

inline EventRule event(std::string name, EventKind kind, int column, ColumnFormat format = {}) {
  EventRule rule;
  rule.name = std::move(name);
  rule.kind = kind;
  rule.column = column;
  rule.formats = {std::move(format)};
  rule.zone = "Europe/Paris";
  return rule;
}

inline EventTerm only(int event) { return {EventExpression::Combine::single, {{event, false}}}; }

inline Condition equals(std::string column, Literal literal) {
  Condition condition;
  condition.kind = Condition::Kind::compare;
  condition.name = std::move(column);
  condition.literals = {std::move(literal)};
  return condition;
}

/// crm.contacts: prospects kept 3 years from last_contact, or until objection.
inline TableRules contacts_rules() {
  TableRules rules;
  rules.dataset = "crm";
  rules.table = "contacts";
  rules.policy = "groupe-scr";
  rules.timezone = "Europe/Paris";
  rules.plausible_from = 1980_y / 1 / 1;
  rules.columns = {"status", "last_contact_on", "unsubscribed_at"};
  rules.events = {event("last_contact", EventKind::dated, 1), event("objection", EventKind::end, 2)};
  PurposeRule prospecting;
  prospecting.purpose = "prospecting";
  prospecting.title = "Commercial prospecting";
  prospecting.legal_basis = LegalBasis::legitimate_interests;
  prospecting.reference = "section 1.4";
  prospecting.where = equals("status", std::string("prospect"));
  prospecting.active = ActiveRule{only(0), false, {3, 0, 0, 0}, EndOf::none, {}};
  prospecting.ends_on = {{1, Ending::Extent::all}};
  rules.purposes = {prospecting};
  return rules;
}

/// crm.invoices: every part a rule can have.
inline TableRules invoices_rules() {
  TableRules rules;
  rules.dataset = "crm";
  rules.table = "in\"voices";
  rules.policy = "groupe-scr";
  rules.timezone = "Europe/Paris";
  rules.plausible_from = 1980_y / 1 / 1;
  rules.columns = {"invoiced", "paid", "created", "consent", "state"};
  rules.events = {event("invoiced", EventKind::dated, 0, {ColumnFormat::Kind::pattern, "dd/mm/yyyy"}),
                  event("paid", EventKind::end, 1, {ColumnFormat::Kind::epoch_ms, {}}),
                  event("created", EventKind::dated, 2, {ColumnFormat::Kind::pattern, "yyyymm"}),
                  event("consent_withdrawn", EventKind::planned, 3)};
  rules.events[0].formats.push_back({ColumnFormat::Kind::iso, {}});
  rules.events[1].when = equals("state", std::string("it's paid"));
  PurposeRule accounting;
  accounting.purpose = "accounting";
  accounting.legal_basis = LegalBasis::legal_obligation;
  accounting.active = ActiveRule{{EventExpression::Combine::latest_of, {{0, false}, {1, true}}},
                                 false,
                                 {1, 0, 0, 0},
                                 EndOf::fiscal_year,
                                 CapRule{{12, 0, 0, 0}, only(2)}};
  accounting.archive = ArchiveRule{{10, 0, 0, 0}, "legal_obligation", {}};
  accounting.then = Disposition::flag;
  accounting.ends_on = {{1, Ending::Extent::active}, {3, Ending::Extent::all}};
  accounting.inactive = InactiveRule{2025_y / 1 / 1, 0};
  PurposeRule warranty;
  warranty.purpose = "warranty";
  warranty.legal_basis = LegalBasis::contract;
  warranty.active = ActiveRule{
      {EventExpression::Combine::earliest_of, {{0, false}, {2, false}}}, true, {0, 6, 0, 0}, EndOf::month, {}};
  PurposeRule survey;
  survey.purpose = "survey";
  survey.legal_basis = LegalBasis::consent;
  survey.active = ActiveRule{
      {EventExpression::Combine::first_known, {{3, false}, {2, false}}}, false, {0, 0, 0, 0}, EndOf::none, {}};
  PurposeRule undecided;
  undecided.purpose = "undecided";
  undecided.legal_basis = LegalBasis::public_task;
  rules.purposes = {accounting, warranty, survey, undecided};
  return rules;
}

/// crm.signatures: every exception a rule can have.
inline TableRules signatures_rules() {
  TableRules rules;
  rules.dataset = "crm";
  rules.table = "signatures";
  rules.policy = "groupe-scr";
  rules.timezone = "Europe/Paris";
  rules.plausible_from = 1980_y / 1 / 1;
  rules.columns = {"contract_end", "valid_until", "agreed_until", "opened_on", "given_on", "withdrawn_on"};
  rules.categories = {"signed_document", "identity_document"};
  rules.events = {event("contract_end", EventKind::end, 0),     event("validity_end", EventKind::planned, 1),
                  event("agreed_until", EventKind::planned, 2), event("opened", EventKind::dated, 3),
                  event("given", EventKind::dated, 4),          event("withdrawn", EventKind::end, 5)};
  const EventTerm later{EventExpression::Combine::latest_of, {{0, false}, {1, false}}};
  PurposeRule signature;
  signature.purpose = "signature";
  signature.categories = {0, 1};
  signature.active = ActiveRule{only(0), true, {}, EndOf::none, {}};
  signature.archive = ArchiveRule{{}, "legal_claims", {}, RetentionRule{later, true, {0, 6, 0, 0}}};
  signature.ends_on = {{5, Ending::Extent::all}};
  signature.unless_since = 4;
  signature.last_day_override = LastDayOverrideRule{2, true, true, Period{30, 0, 0, 0}};
  signature.by_category = {{1, CategoryEnd::Extent::archive, RetentionRule{only(4), false, {1, 0, 0, 0}}}};
  PurposeRule access;
  access.purpose = "access";
  access.legal_basis = LegalBasis::contract;
  access.categories = {0};
  access.active = ActiveRule{only(0), true, {0, 3, 0, 0}, EndOf::none, {}};
  access.never_opened = NeverOpenedRule{3, {3, 0, 0, 0}, only(4)};
  access.ends_on = {{5, Ending::Extent::active}};
  access.unless_since = 4;
  access.last_day_override = LastDayOverrideRule{2, true, false, {}};
  access.by_category = {{0, CategoryEnd::Extent::purpose, RetentionRule{only(0), true, {}}}};
  rules.purposes = {signature, access};
  return rules;
}

inline RuledTable ruled(TableRules rules) {
  RuledTable table;
  table.root = rules.table;
  table.config.name = rules.table;
  table.rules = std::move(rules);
  return table;
}

inline RuledDataset crm() {
  RuledDataset dataset;
  dataset.config.name = "crm";
  dataset.tables = {ruled(contacts_rules()), ruled(invoices_rules())};
  RuledTable addresses = ruled(contacts_rules());
  addresses.rules.table = "addresses";
  dataset.tables.push_back(addresses);
  dataset.relations = {{"addresses", {"contact_id"}, "contacts", {"id"}, true}};
  return dataset;
}

}  // namespace oubli::test
