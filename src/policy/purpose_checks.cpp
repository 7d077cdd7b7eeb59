#include "policy/purpose_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

constexpr auto k_withdrawal = "consent_withdrawn";
constexpr auto k_objection = "objection";

bool ends_on(const Purpose& purpose, std::string_view event) {
  const auto is_it = [event](const Ending& ending) { return ending.event == event; };
  return std::any_of(purpose.ends_on.begin(), purpose.ends_on.end(), is_it);
}

bool starts_at(const Purpose& purpose, std::string_view event) {
  if (!purpose.active) return false;
  const auto& members = purpose.active->start.members;
  return std::any_of(members.begin(), members.end(), [event](const auto& member) { return member.event == event; });
}

/// How long a purpose keeps from its start; nothing where an event of the archive's own decides.
std::optional<Period> kept_from_start(const Purpose& purpose) {
  if (!purpose.archive) return purpose.active->period;
  return purpose.archive->own ? std::nullopt : std::optional(purpose.archive->up_to);
}

}  // namespace

double approximate_days(const Period& period) {
  constexpr double k_days_in_month = 30.436875;
  return (period.years * 12 + period.months) * k_days_in_month + period.weeks * 7 + period.days;
}

void check_archive(const Purpose& purpose, const Field& archive) {
  if (!purpose.active || !purpose.archive) return;
  const Period& active = purpose.active->period;
  const Period& up_to = purpose.archive->up_to;
  // A period that couldn't be read, or an archive with an event of its own.
  if (active.is_zero() || up_to.is_zero() || approximate_days(up_to) > approximate_days(active)) return;
  archive.findings().error(archive.name_where(), "archive-too-short",
                           fmt::format("'{}' is archived up to {}, no longer than its active phase of {}", purpose.name,
                                       to_text(up_to), to_text(active)),
                           "count 'up_to' from the start of the active phase, as laws do");
}

void check_has_period(const Purpose& purpose, const Field& exception) {
  if (!exception || !purpose.no_period) return;
  exception.findings().warning(exception.name_where(), "unused",
                               fmt::format("'{}' changes a period, and '{}' has none", exception.name(), purpose.name),
                               "leave it out until the period is decided");
}

void check_never_opened(const Purpose& purpose, const Field& never_opened) {
  if (!never_opened || !purpose.active) return;
  auto& findings = never_opened.findings();
  if (!purpose.active->until) {
    findings.error(never_opened.name_where(), "conflict",
                   fmt::format("'{}' is kept from an event, so none of its records waits for an end", purpose.name),
                   "leave 'never_opened' out, or write the active phase with 'until'");
  } else if (purpose.archive && purpose.archive->own && purpose.archive->own->until) {
    findings.warning(never_opened.name_where(), "never-opened",
                     fmt::format("'{}' stays active while the event of its archive is open, also where it was never "
                                 "opened",
                                 purpose.name),
                     "give the archive 'up_to', or its event 'from'");
  }
}

void check_override(const Purpose& purpose, const Field& last_day) {
  const auto& rule = purpose.last_day_override;
  if (!rule || !rule->at_most || !purpose.active) return;
  auto& findings = last_day.findings();
  const auto kept = kept_from_start(purpose);
  if (!rule->may_lengthen) {
    findings.warning(last_day.name_where(), "unused",
                     fmt::format("'at_most' limits lengthening, which 'override' of '{}' doesn't allow", purpose.name),
                     "leave 'at_most' out, or write 'may: [lengthen, shorten]'");
  } else if (kept && approximate_days(*rule->at_most) <= approximate_days(*kept)) {
    findings.warning(last_day.name_where(), "unused",
                     fmt::format("'override' may lengthen '{}' to {} at most, and it is kept {} anyway", purpose.name,
                                 to_text(*rule->at_most), to_text(*kept)),
                     "write a longer 'at_most', or leave it out");
  }
}

void check_active_categories(const Purpose& purpose, const Field& active) {
  if (!purpose.archive) return;
  const auto& all = purpose.by_category;
  for (const CategoryEnd& end : all) {
    const auto ends_later = [&](const CategoryEnd& other) {
      return other.category == end.category && other.extent != CategoryEnd::Extent::active;
    };
    if (end.extent != CategoryEnd::Extent::active || std::any_of(all.begin(), all.end(), ends_later)) continue;
    active.findings().warning(active.name_where(), "category-archived",
                              fmt::format("'{}' ends in the active phase of '{}', but is needed on for its archive",
                                          end.category, purpose.name),
                              "write it under 'by_category' of the purpose, or under that of 'archive', too");
  }
}

void check_consents(const Policy& policy, ReaderFindings& findings) {
  for (const auto& purpose : policy.purposes) {
    if (purpose.legal_basis != LegalBasis::consent) continue;
    if (ends_on(purpose, k_withdrawal)) continue;
    findings.warning(purpose.where, "consent-withdrawal",
                     fmt::format("'{}' rests on consent, but does not end when it is withdrawn", purpose.name),
                     "add 'ends_on: {consent_withdrawn: all}' (GDPR art. 7(3))");
  }
}

void check_objections(const Policy& policy, ReaderFindings& findings) {
  const auto keeps_it = [](const Purpose& purpose) { return starts_at(purpose, k_objection); };
  if (std::any_of(policy.purposes.begin(), policy.purposes.end(), keeps_it)) return;
  for (const auto& purpose : policy.purposes) {
    if (!ends_on(purpose, k_objection)) continue;
    findings.warning(purpose.where, "objection-kept",
                     fmt::format("'{}' ends on an objection, but no purpose keeps the objection itself", purpose.name),
                     "add a purpose with 'active: {until: objection, plus: …}'");
  }
}

}  // namespace oubli
