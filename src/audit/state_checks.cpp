// 5xx: whether the runs that should enforce all this took place, and can be proven.

#include "audit/check_table.hpp"
#include "oubli/engine/calendar.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

namespace oubli::audit {

namespace {

using Clock = std::chrono::system_clock;

/// One night without a run may happen, with the machine down; two are a question.
constexpr std::chrono::hours k_longest_wait{49};
/// How far back runs are looked at: what an inspector asks about.
constexpr std::chrono::hours k_looked_back{24 * 366};

std::optional<Clock::time_point> time_of(const std::string& text) {
  std::istringstream in(text);
  date::sys_seconds time;
  in >> date::parse("%Y-%m-%dT%H:%M:%SZ", time);
  if (in.fail()) return std::nullopt;
  return Clock::time_point(time);
}

std::int64_t days_of(Clock::duration duration) { return date::floor<date::days>(duration).count(); }

/// "3 days", "5 hours".
std::string span_of(Clock::duration duration) {
  const auto days = days_of(duration);
  if (days > 0) return counted(days, "day");
  return counted(std::chrono::duration_cast<std::chrono::hours>(duration).count(), "hour");
}

bool is_complete(const RunFacts& run) { return run.status == "complete"; }

bool is_recent(const RunFacts& run, Clock::time_point now) {
  const auto at = time_of(run.started_at);
  return at && now - *at <= k_looked_back;
}

std::vector<const RunFacts*> recent_runs(const AuditFacts& facts) {
  std::vector<const RunFacts*> recent;
  for (const auto& run : facts.state->runs) {
    if (is_recent(run, facts.now)) recent.push_back(&run);
  }
  return recent;
}

CheckResult check_last_run(const AuditFacts& facts) {
  constexpr auto k_hint = "see why the nightly job doesn't run, or doesn't end well: `oubli ledger show --last 20`";
  if (!facts.state) return not_applicable("there is no state yet");
  const auto& runs = facts.state->runs;
  const auto last = std::find_if(runs.rbegin(), runs.rend(), is_complete);
  if (last == runs.rend()) {
    return {
        "never",
        {failure({}, "no run has ever been complete: nothing is enforced", "run `oubli enforce`, then every night")}};
  }
  CheckResult result{"at " + last->started_at};
  const auto at = time_of(last->started_at);
  if (at && *at > facts.now) {
    result.findings.push_back(failure({}, "the last complete run is dated after now: the clock was set back",
                                      "set the clock right: nothing can be due by a clock that is late"));
  } else if (at && facts.now - *at > k_longest_wait) {
    result.findings.push_back(
        failure({}, fmt::format("the last complete run was {} ago", span_of(facts.now - *at)), k_hint));
  }
  return result;
}

CheckResult check_gaps(const AuditFacts& facts) {
  if (!facts.state) return not_applicable("there is no state yet");
  const auto runs = recent_runs(facts);
  if (runs.size() < 2) return not_applicable("fewer than two runs within a year");
  CheckResult result{counted(static_cast<std::int64_t>(runs.size()), "run") + " within a year"};
  for (std::size_t i = 1; i < runs.size(); ++i) {
    const auto from = time_of(runs[i - 1]->started_at);
    const auto to = time_of(runs[i]->started_at);
    if (!from || !to || *to - *from <= k_longest_wait) continue;
    result.findings.push_back(caution(
        {},
        fmt::format("no run for {}, from {} to {}", span_of(*to - *from), runs[i - 1]->started_at, runs[i]->started_at),
        "let the nightly job catch up: a timer with Persistent=true, or anacron"));
  }
  return result;
}

std::string what_went_wrong(const RunFacts& run) {
  std::string words = run.status == "complete" ? "complete, but" : run.status;
  if (!run.because.empty()) words += ": " + run.because;
  if (!run.failed.empty())
    words += fmt::format("; could not be read or fully changed: {}", fmt::join(run.failed, ", "));
  if (!run.refused.empty()) words += fmt::format("; refused: {}", fmt::join(run.refused, ", "));
  return words;
}

bool went_well(const RunFacts& run) { return is_complete(run) && run.failed.empty() && run.refused.empty(); }

// The last run is how things stand; those before are how they went.
CheckResult check_failures(const AuditFacts& facts) {
  if (!facts.state || facts.state->runs.empty()) return not_applicable("there was no run yet");
  const auto runs = recent_runs(facts);
  CheckResult result{counted(static_cast<std::int64_t>(runs.size()), "run") + " within a year"};
  const auto& last = facts.state->runs.back();
  if (!went_well(last)) {
    result.findings.push_back(
        failure({}, fmt::format("the last run, at {}, was {}", last.started_at, what_went_wrong(last)),
                "see `oubli ledger show --last 20`, mend the cause and run `oubli enforce`"));
  }
  const auto bad = std::ranges::count_if(runs, [&](const RunFacts* run) { return run != &last && !went_well(*run); });
  if (bad > 0) {
    result.findings.push_back(caution({}, fmt::format("{} of the runs before did not end well", grouped(bad)),
                                      "see `oubli ledger show` whether one cause comes back"));
  }
  return result;
}

CheckResult check_erasure(const AuditFacts& facts) {
  if (!facts.state) return not_applicable("there is no state yet");
  CheckResult result{facts.state->erasure_pending.empty()
                         ? "nothing is pending"
                         : counted(static_cast<std::int64_t>(facts.state->erasure_pending.size()), "dataset")};
  for (const auto& [dataset, because] : facts.state->erasure_pending) {
    result.findings.push_back(failure({dataset, {}, Side::live, {}, {}, {}},
                                      "removed data is still in the files: " + because,
                                      "remove the cause and run `oubli enforce`"));
  }
  return result;
}

CheckResult check_ledger(const AuditFacts& facts) {
  if (!facts.state || facts.state->entries == 0) return not_applicable("there is no ledger yet");
  CheckResult result{
      fmt::format("{} {}", grouped(facts.state->entries), facts.state->entries == 1 ? "entry" : "entries")};
  if (const auto broken = facts.state->first_broken_entry) {
    result.findings.push_back(
        failure({}, fmt::format("entry {} is not as it was written: nothing from there on is proven", grouped(*broken)),
                "find out who changed it; compare with a head noted elsewhere: `oubli ledger verify --head HASH`"));
  }
  return result;
}

void add_proof(const DatasetConfig& dataset, Day today, CheckResult& result) {
  const std::string ask = fmt::format("ask {} for a proof of deletion and note it under `proof`", dataset.external);
  const auto fail = [&](const SourceLocation& where, std::string message) {
    result.findings.push_back(failure({dataset.name, {}, Side::live, {}, {}, where}, std::move(message), ask));
  };
  if (!dataset.proof) return fail(dataset.where, "nothing shows that what is due is deleted there");
  const auto& proof = *dataset.proof;
  const Day until = last_day(proof.dated, proof.valid_for);
  if (proof.dated > today) return fail(proof.where, fmt::format("the proof is dated {}, which is to come", to_text(proof.dated)));
  if (until < today) fail(proof.where, fmt::format("the proof of {} was in date until {}", to_text(proof.dated), to_text(until)));
}

CheckResult check_proofs(const AuditFacts& facts) {
  std::vector<const DatasetConfig*> elsewhere;
  for (const auto& dataset : facts.config.datasets) {
    const bool is_asked = dataset.kind == DatasetKind::external &&
                          (facts.purposes.empty() || std::ranges::any_of(dataset.external_purposes, [&](const auto& purpose) {
                             return is_selected(facts, purpose);
                           }));
    if (is_asked) elsewhere.push_back(&dataset);
  }
  if (elsewhere.empty()) return not_applicable("no dataset is kept elsewhere");
  CheckResult result{counted(static_cast<std::int64_t>(elsewhere.size()), "dataset") + " kept elsewhere"};
  for (const auto* dataset : elsewhere) add_proof(*dataset, facts.today, result);
  return result;
}

constexpr CheckLine k_checks[] = {
    {501, "last-run", "a run was complete lately", "GDPR art. 5(1)(e), 24(1), 32(1)(d)", check_last_run},
    {502, "run-gap", "no night is left out", "GDPR art. 5(2), 32(1)(d)", check_gaps},
    {503, "run-failure", "runs end well", "GDPR art. 5(2), 32(1)(d)", check_failures},
    {504, "erasure-pending", "what was removed is erased", "GDPR art. 17(1), 32(1)", check_erasure},
    {505, "ledger", "the ledger is unchanged", "GDPR art. 5(2)", check_ledger},
    {506, "external-proof", "what is kept elsewhere is deleted there", "GDPR art. 5(2), 28(3)(g) and (h)", check_proofs},
};

}  // namespace

std::span<const CheckLine> run_checks_of_state() { return k_checks; }

}  // namespace oubli::audit
