#include "report/rule_words.hpp"

#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace oubli::report {

namespace {

const EventRule& event_at(const TableRules& rules, int index) { return rules.events[static_cast<std::size_t>(index)]; }

std::string name_of(const TableRules& rules, int index) { return event_at(rules, index).name; }

std::string optional_words(const std::vector<std::string>& optional) {
  if (optional.empty()) return {};
  return fmt::format(" ({} only where known)", listed(optional));
}

std::string end_of_words(EndOf end_of) {
  switch (end_of) {
    case EndOf::none:
      return {};
    case EndOf::month:
      return "the end of the month of ";
    case EndOf::calendar_year:
      return "the end of the calendar year of ";
    case EndOf::fiscal_year:
      return "the close of the fiscal year of ";
  }
  return {};
}

/// "3 years from last_contact", "until contract_end", "until 6 months after contract_end".
std::string span_words(const Period& period, bool until, const std::string& start) {
  if (period.is_zero()) return fmt::format("until {}", start);
  if (until) return fmt::format("until {} after {}", to_text(period), start);
  return fmt::format("{} from {}", to_text(period), start);
}

std::string cap_words(const std::optional<CapRule>& cap, const TableRules& rules) {
  if (!cap) return {};
  return fmt::format(", but no longer than {}", span_words(cap->keep, false, term_words(cap->from, rules)));
}

/// The events that end the purpose to this extent: "objection or consent_withdrawn".
std::string endings_of(const PurposeRule& purpose, const TableRules& rules, bool all_extents, Ending::Extent extent) {
  std::vector<std::string> names;
  for (const EndingRule& ending : purpose.ends_on) {
    if (all_extents || ending.extent == extent) names.push_back(name_of(rules, ending.event));
  }
  return listed(names, "or");
}

/// `joint` is what leads to it: " and", ", if".
std::string unless_words(std::string_view joint, const PurposeRule& purpose, const TableRules& rules) {
  if (!purpose.unless_since) return {};
  return fmt::format("{} no later {} voids it", joint, name_of(rules, *purpose.unless_since));
}

std::string or_until_words(const std::string& endings, const PurposeRule& purpose, const TableRules& rules) {
  if (endings.empty()) return {};
  return fmt::format(", or until {} if that is earlier{}", endings, unless_words(" and", purpose, rules));
}

std::string active_words(const PurposeRule& purpose, const TableRules& rules) {
  const ActiveRule& active = *purpose.active;
  const std::string start = end_of_words(active.end_of) + term_words(active.start, rules);
  const bool every_ending = !purpose.archive.has_value();
  return span_words(active.period, active.until, start) + cap_words(active.at_most, rules) +
         or_until_words(endings_of(purpose, rules, every_ending, Ending::Extent::active), purpose, rules);
}

std::string because_words(std::string because) {
  if (because.empty()) return {};
  std::replace(because.begin(), because.end(), '_', ' ');
  return fmt::format(" ({})", because);
}

std::string retention_words(const RetentionRule& kept, const TableRules& rules) {
  return span_words(kept.period, kept.until, term_words(kept.start, rules));
}

std::string archive_span_words(const ArchiveRule& archive, const TableRules& rules) {
  if (archive.own) return span_words(archive.own->period, true, term_words(archive.own->start, rules));
  return fmt::format("until {} after the same start", to_text(archive.up_to));
}

/// While the archive's own event is open the record stays where it is.
std::string open_archive_words(const ArchiveRule& archive, const TableRules& rules) {
  if (!archive.own) return {};
  const auto goes_on = [&](const auto& member) { return event_at(rules, member.event).kind != EventKind::dated; };
  const auto& members = archive.own->start.members;
  if (std::none_of(members.begin(), members.end(), goes_on)) return {};
  return fmt::format(" While {} is open they stay active.", term_words(archive.own->start, rules));
}

std::string archive_words(const PurposeRule& purpose, const TableRules& rules) {
  const ArchiveRule& archive = *purpose.archive;
  const std::string endings = endings_of(purpose, rules, false, Ending::Extent::all);
  std::string at_once;
  if (!endings.empty()) {
    at_once = fmt::format(" From the day of {} they are {} at once, archived or not{}.", endings,
                          past_words(purpose.then), unless_words(", if", purpose, rules));
  }
  return fmt::format("; then archived {}{}{}; then {}.{}{}", archive_span_words(archive, rules),
                     because_words(archive.because), cap_words(archive.at_most, rules), past_words(purpose.then),
                     open_archive_words(archive, rules), at_once);
}

std::string never_opened_words(const PurposeRule& purpose, const TableRules& rules) {
  const auto& never = purpose.never_opened;
  if (!never || !purpose.active) return {};
  return fmt::format(" Where neither {} nor {} has a value they are kept {} instead.",
                     term_words(purpose.active->start, rules), name_of(rules, never->opened),
                     span_words(never->keep, false, term_words(never->from, rules)));
}

std::string override_words(const PurposeRule& purpose, const TableRules& rules) {
  const auto& rule = purpose.last_day_override;
  if (!rule || !purpose.active) return {};
  const std::string_view change = rule->may_lengthen && rule->may_shorten ? "another"
                                  : rule->may_lengthen                    ? "a later"
                                                                          : "an earlier";
  const std::string limit =
      rule->at_most ? fmt::format(", {} after the start at most", to_text(*rule->at_most)) : std::string();
  return fmt::format(" {} may give a record {} last day{}.", name_of(rules, rule->last_day), change, limit);
}

std::string_view extent_words(CategoryEnd::Extent extent) {
  switch (extent) {
    case CategoryEnd::Extent::purpose:
      return "";
    case CategoryEnd::Extent::active:
      return " of the active phase";
    case CategoryEnd::Extent::archive:
      return " of the archive";
  }
  return "";
}

std::string category_words(const PurposeRule& purpose, const TableRules& rules) {
  std::string words;
  for (const CategoryEndRule& end : purpose.by_category) {
    words += fmt::format(" The data category {}{} is needed {} only.",
                         rules.categories[static_cast<std::size_t>(end.category)], extent_words(end.extent),
                         retention_words(end.kept, rules));
  }
  return words;
}

std::string inactive_words(const PurposeRule& purpose, const TableRules& rules) {
  if (!purpose.inactive) return {};
  return fmt::format(" The purpose is inactive since {}: a record with a later {} is a finding.",
                     to_text(purpose.inactive->inactive_since), name_of(rules, purpose.inactive->event));
}

std::string formats_words(const EventRule& event) {
  std::vector<std::string> formats;
  for (const ColumnFormat& format : event.formats) formats.push_back(to_text(format));
  return listed(formats, "or");
}

std::string missing_words(const EventRule& event) {
  std::string words;
  if (!event.default_missing_values) words += ", only empty is missing";
  if (!event.missing_values.empty()) words += fmt::format(", {} also mean missing", listed(event.missing_values));
  return words;
}

/// "interactions.contact_id = id".
std::string pairs_words(const std::string& table, const std::vector<std::string>& columns,
                        const std::vector<std::string>& others) {
  std::vector<std::string> pairs;
  for (std::size_t i = 0; i < columns.size() && i < others.size(); ++i) {
    pairs.push_back(fmt::format("{}.{} = {}", table, columns[i], others[i]));
  }
  return fmt::format("{}", fmt::join(pairs, " and "));
}

/// "the latest day in interactions.at of the rows with interactions.contact_id = id".
std::string rows_words(const OtherTableRule& rule, const TableRules& rules) {
  const std::vector<std::string> link(rule.columns.begin() + 1,
                                      rule.columns.begin() + 1 + static_cast<std::ptrdiff_t>(rule.links));
  std::vector<std::string> key;
  for (const int slot : rule.key) key.push_back(rules.columns[static_cast<std::size_t>(slot)]);
  std::string rows = pairs_words(rule.table, link, key);
  if (const auto& via = rule.via) {
    std::vector<std::string> linked;
    for (const auto& column : via->linked) linked.push_back(via->table + '.' + column);
    rows = pairs_words(rule.table, link, linked) + " and " + pairs_words(via->table, via->link, key);
  }
  return fmt::format("the {} {}.{} of the rows with {}{}", to_text(rule.pick), rule.table, rule.columns.front(), rows,
                     rule.where ? fmt::format(", where {}", to_text(*rule.where)) : std::string());
}

/// What gives the day: "column last_contact_on, written iso".
std::string source_words(const EventRule& event, const TableRules& rules) {
  if (event.first_seen) return "the day on which oubli first saw the record in this state";
  if (event.other_table) return fmt::format("{}, written {}", rows_words(*event.other_table, rules), formats_words(event));
  return fmt::format("column {}, written {}", rules.columns[static_cast<std::size_t>(event.column)],
                     formats_words(event));
}

std::string_view absence_words(EventKind kind) {
  switch (kind) {
    case EventKind::dated:
      return "without it a record is undated and kept";
    case EventKind::end:
      return "without it the relation goes on and the record is kept";
    case EventKind::planned:
      return "without it, or before its day, the relation goes on and the record is kept";
  }
  return "";
}

}  // namespace

std::string term_words(const EventTerm& term, const TableRules& rules) {
  std::vector<std::string> names;
  std::vector<std::string> optional;
  for (const EventTerm::Member& member : term.members) {
    names.push_back(name_of(rules, member.event));
    if (member.optional) optional.push_back(names.back());
  }
  switch (term.combine) {
    case EventExpression::Combine::single:
      return listed(names);
    case EventExpression::Combine::latest_of:
      return "the latest of " + listed(names) + optional_words(optional);
    case EventExpression::Combine::earliest_of:
      return "the earliest known of " + listed(names);
    case EventExpression::Combine::first_known:
      return "the first known of " + listed(names);
  }
  return {};
}

std::string event_words(const EventRule& event, const TableRules& rules) {
  std::string words = fmt::format("{}{}: {}", event.name,
                                  event.purpose.empty() ? "" : " (of " + event.purpose + " alone)",
                                  source_words(event, rules));
  if (event.zone != rules.timezone) words += fmt::format(" in {}", event.zone);
  if (event.when) words += fmt::format(", only where {}", to_text(*event.when));
  return words + missing_words(event) + "; " + std::string(absence_words(event.kind));
}

std::string purpose_words(const PurposeRule& purpose, const TableRules& rules) {
  const std::string subject = purpose.where ? fmt::format("Records where {}", to_text(*purpose.where)) : "All records";
  if (!purpose.active) {
    return fmt::format("{} are kept: the policy gives no period yet, so nothing is done.{}", subject,
                       inactive_words(purpose, rules));
  }
  const std::string then =
      purpose.archive ? archive_words(purpose, rules) : fmt::format("; then {}.", past_words(purpose.then));
  return fmt::format("{} are kept {}{}{}{}{}{}", subject, active_words(purpose, rules), then,
                     never_opened_words(purpose, rules), override_words(purpose, rules), category_words(purpose, rules),
                     inactive_words(purpose, rules));
}

std::string words_for(LegalBasis basis) {
  std::string words(to_text(basis));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string past_words(Disposition disposition) {
  switch (disposition) {
    case Disposition::flag:
      return "flagged for a person to decide";
    case Disposition::anonymise:
      return "anonymised";
    case Disposition::purge:
      return "purged";
  }
  return {};
}

std::string reason_words(const PurposeRule& purpose) {
  const std::string basis = words_for(purpose.legal_basis);
  return purpose.reference.empty() ? basis : fmt::format("{}; {}", basis, purpose.reference);
}

}  // namespace oubli::report
