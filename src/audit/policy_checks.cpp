// 1xx: what the texts say, before any record is looked at.

#include "audit/check_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oubli::audit {

namespace {

/// What a check of its own tells about.
bool is_about_references(const Diagnostic& diagnostic) {
  static constexpr std::string_view k_codes[] = {"above-ceiling", "below-floor", "reference-changed"};
  return std::ranges::find(k_codes, diagnostic.code) != std::end(k_codes);
}

AuditFinding finding_of(const Diagnostic& diagnostic) {
  const FindingPlace place{{}, {}, Side::live, {}, {}, diagnostic.where};
  return diagnostic.severity == Severity::error ? failure(place, diagnostic.message, diagnostic.hint)
                                                : caution(place, diagnostic.message, diagnostic.hint);
}

std::int64_t purposes_in(const AuditFacts& facts) {
  std::int64_t purposes = 0;
  for_each_purpose(facts, [&](const Policy&, const Purpose&) { ++purposes; });
  return purposes;
}

/// A check of purposes: what it looks at, before it has found anything.
CheckResult over_purposes(const AuditFacts& facts) {
  const auto purposes = purposes_in(facts);
  return purposes == 0 ? not_applicable("no purpose was read") : CheckResult{counted(purposes, "purpose")};
}

// The readers already ask each purpose for its legal basis, its data and a period or the reason of its absence: what
// they refuse is found here.
CheckResult check_texts(const AuditFacts& facts) {
  const auto policies = facts.policies.size();
  CheckResult result{fmt::format("{} {}, {}", policies, policies == 1 ? "policy" : "policies",
                                 counted(purposes_in(facts), "purpose"))};
  for (const auto& diagnostic : facts.diagnostics) {
    if (!is_about_references(diagnostic)) result.findings.push_back(finding_of(diagnostic));
  }
  return result;
}

AuditFinding without_period(const AuditFacts& facts, const Policy& policy, const Purpose& purpose) {
  const auto& decide_by = purpose.no_period->decide_by;
  const auto place = place_of(policy, purpose);
  constexpr auto k_hint = "decide the period and write it in the policy";
  if (!decide_by) return failure(place, "has no period, and no day by which one is decided", k_hint);
  const std::string day = to_text(*decide_by);
  if (*decide_by < facts.today) return failure(place, "has no period; it was to be decided by " + day, k_hint);
  return caution(place, "has no period yet; it is to be decided by " + day, k_hint);
}

CheckResult check_periods(const AuditFacts& facts) {
  auto result = over_purposes(facts);
  for_each_purpose(facts, [&](const Policy& policy, const Purpose& purpose) {
    if (purpose.no_period) result.findings.push_back(without_period(facts, policy, purpose));
  });
  return result;
}

CheckResult check_references(const AuditFacts& facts) {
  auto result = over_purposes(facts);
  for_each_purpose(facts, [&](const Policy& policy, const Purpose& purpose) {
    const bool is_cited = !purpose.legal_reference.empty() || purpose.taken;
    if (is_cited) return;
    if (purpose.legal_basis == LegalBasis::legal_obligation) {
      result.findings.push_back(failure(place_of(policy, purpose), "rests on a legal obligation and cites no law",
                                        "cite it: `legal_reference`"));
    } else if (purpose.reference.empty()) {
      result.findings.push_back(caution(place_of(policy, purpose), "says nowhere where its period comes from",
                                        "write `reference` or `legal_reference`"));
    }
  });
  return result;
}

CheckResult check_reference_periods(const AuditFacts& facts) {
  auto result = over_purposes(facts);
  for (const auto& diagnostic : facts.diagnostics) {
    if (is_about_references(diagnostic)) result.findings.push_back(finding_of(diagnostic));
  }
  return result;
}

CheckResult check_approval(const AuditFacts& facts) {
  constexpr auto k_hint = "read what changed with `oubli diff`, then run `oubli approve --by NAME`";
  if (!facts.state || facts.state->approved_by.empty()) {
    return {"never",
            {failure({}, "nobody has approved the policies and the config: nothing is enforced",
                     "run `oubli approve --by NAME`")}};
  }
  const auto& state = *facts.state;
  CheckResult result{fmt::format("by {} at {}", state.approved_by, state.approved_at)};
  if (!state.changed_since.empty()) {
    result.findings.push_back(
        failure({}, fmt::format("changed since the approval: {}", fmt::join(state.changed_since, ", ")), k_hint));
  }
  return result;
}

// The entries are held against what all the other checks found: accept_known fills it in.
CheckResult check_baseline(const AuditFacts& /*facts*/) { return not_applicable("no --baseline"); }

constexpr CheckLine k_checks[] = {
    {101, "sound-texts", "policies and config are complete", "GDPR art. 5(2), 24(1)", check_texts},
    {102, "period", "every purpose has a period", "GDPR art. 5(1)(e), 13(2)(a), 30(1)(f)", check_periods},
    {103, "reference", "every period has a source", "GDPR art. 5(2), 6(3); CNIL, guide on retention periods",
     check_references},
    {104, "reference-period", "periods agree with their sources", "GDPR art. 5(1)(e); CNIL, guide on retention periods",
     check_reference_periods},
    {105, "approval", "what is written was approved", "GDPR art. 5(2), 24(1)", check_approval},
    {k_baseline_check, "baseline", "the baseline is in date", "GDPR art. 5(2)", check_baseline},
};

}  // namespace

std::span<const CheckLine> policy_checks() { return k_checks; }

}  // namespace oubli::audit
