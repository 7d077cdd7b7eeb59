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
