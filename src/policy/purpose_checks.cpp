#include "policy/purpose_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {
namespace {

constexpr auto k_withdrawal = "consent_withdrawn";
constexpr auto k_objection = "objection";

// Exact among years and months, and among weeks and days; near enough between them.
double approximate_days(const Period& period) {
  constexpr double k_days_in_month = 30.436875;
  return (period.years * 12 + period.months) * k_days_in_month + period.weeks * 7 + period.days;
}

bool ends_on(const Purpose& purpose, std::string_view event) {
  const auto is_it = [event](const Ending& ending) { return ending.event == event; };
  return std::any_of(purpose.ends_on.begin(), purpose.ends_on.end(), is_it);
}

bool starts_at(const Purpose& purpose, std::string_view event) {
  if (!purpose.active) return false;
  const auto& members = purpose.active->start.members;
  return std::any_of(members.begin(), members.end(), [event](const auto& member) { return member.event == event; });
}

void check_archive(const Purpose& purpose, const Fields& block) {
  if (!purpose.active || !purpose.archive || purpose.active->period.is_zero()) return;
  if (purpose.archive->up_to.is_zero()) return;
  if (approximate_days(purpose.archive->up_to) > approximate_days(purpose.active->period)) return;
  block.error("archive-too-short",
              fmt::format("the archive of '{}' ends after {}, when the active phase of {} has not ended before it",
                          purpose.name, to_text(purpose.archive->up_to), to_text(purpose.active->period)),
              "count 'up_to' from the start of the active phase, as laws do");
}

void check_consent(const Purpose& purpose, const Fields& block) {
  if (purpose.legal_basis != LegalBasis::consent || ends_on(purpose, k_withdrawal)) return;
  block.warning("consent-withdrawal",
                fmt::format("'{}' rests on consent, but does not end when it is withdrawn", purpose.name),
                "add 'ends_on: {consent_withdrawn: all}' (GDPR art. 7(3))");
}

}  // namespace

void check_purpose(const Purpose& purpose, const Fields& block) {
  check_archive(purpose, block);
  check_consent(purpose, block);
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
