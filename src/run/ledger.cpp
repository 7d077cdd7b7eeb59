#include "oubli/run/ledger.hpp"

#include "oubli/state/state.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

State open_state(const Project& project) {
  auto state = State::open_for_reading(project.config.state);
  if (!state) throw Error(Cause::usage, "there is no ledger yet: nothing was ever approved", "run `oubli approve --by NAME`");
  return std::move(*state);
}

}  // namespace

LedgerReport ledger(const Project& project, const LedgerSelection& selection) {
  LedgerReport report;
  report.state = project.config.state;
  const auto state = open_state(project);
  report.entries = state.ledger();
  if (selection.with_reasons) report.reasons = state.reasons();
  if (!report.entries.empty()) report.head = report.entries.back().hash;
  if (!selection.run.empty()) {
    std::erase_if(report.entries, [&](const LedgerEntry& entry) { return entry.run != selection.run; });
    if (report.entries.empty()) {
      throw Error(Cause::usage, fmt::format("the ledger has no run {}", selection.run), "run `oubli ledger show`");
    }
  }
  const auto most = static_cast<std::size_t>(selection.last.value_or(std::int64_t{0}));
  if (selection.last && report.entries.size() > most) {
    report.entries.erase(report.entries.begin(), report.entries.end() - static_cast<std::ptrdiff_t>(most));
  }
  return report;
}

LedgerVerdict verify_ledger(const Project& project, const std::string& head) {
  const auto state = open_state(project);
  const auto entries = state.ledger();
  LedgerVerdict verdict;
  verdict.state = project.config.state;
  verdict.entries = static_cast<std::int64_t>(entries.size());
  verdict.first_broken = state.first_broken_entry();
  if (!entries.empty()) verdict.head = entries.back().hash;
  if (head.empty()) return verdict;
  const auto found = std::ranges::find(entries, head, &LedgerEntry::hash);
  verdict.asked_head = head;
  if (found != entries.end()) verdict.asked_head_is = found->number;
  return verdict;
}

Approval texts_in_force(const Project& project, Day day) {
  auto approval = open_state(project).approval_on(day);
  if (!approval) throw Error(Cause::usage, fmt::format("nothing was approved by {}", to_text(day)), "name a later day");
  return std::move(*approval);
}

}  // namespace oubli
