#include "oubli/audit/baseline.hpp"

#include "audit/check_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

using namespace audit;

bool is_named(const std::string& wanted, const std::string& name) { return wanted.empty() || wanted == name; }

bool covers(const BaselineEntry& entry, const FindingPlace& place) {
  return is_named(entry.dataset, place.dataset) && is_named(entry.table, place.table) &&
         is_named(entry.column, place.column) && is_named(entry.purpose, place.purpose);
}

/// How many findings the entry covers; those it accepts are marked.
std::size_t apply(const BaselineEntry& entry, AuditCheck& check, Day today) {
  std::size_t covered = 0;
  for (auto& finding : check.findings) {
    if (!covers(entry, finding.place)) continue;
    ++covered;
    if (entry.until >= today) finding.accepted = Acceptance{entry.reason, entry.until};
  }
  return covered;
}

void count_again(AuditCheck& check) {
  if (check.state == CheckState::not_applicable) return;
  check.state = CheckState::pass;
  for (const auto& finding : check.findings) {
    if (!finding.accepted) check.state = std::max(check.state, finding.state);
  }
}

AuditFinding useless(const BaselineEntry& entry, std::string message, std::string hint) {
  return caution({entry.dataset, entry.table, Side::live, entry.column, entry.purpose, entry.where}, std::move(message),
                 std::move(hint));
}

/// What is wrong with an entry itself.
void judge_entry(const BaselineEntry& entry, std::size_t covered, Day today, AuditCheck& about_entries) {
  if (covered == 0) {
    about_entries.findings.push_back(useless(entry, fmt::format("the entry for check {} accepts nothing", entry.check),
                                             "remove it, or correct what it names"));
  } else if (entry.until < today) {
    about_entries.findings.push_back(
        useless(entry, fmt::format("the entry for check {} ended on {}", entry.check, to_text(entry.until)),
                "mend what it accepted, or decide anew until when"));
  }
}

}  // namespace

void accept_known(std::vector<AuditCheck>& checks, const Baseline& baseline, Day today) {
  auto& about_entries = *std::ranges::find(checks, k_baseline_check, &AuditCheck::number);
  about_entries.state = CheckState::pass;
  about_entries.figure =
      fmt::format("{} {}", baseline.entries.size(), baseline.entries.size() == 1 ? "entry" : "entries");
  for (const auto& entry : baseline.entries) {
    const auto check = std::ranges::find(checks, entry.check, &AuditCheck::number);
    const auto covered = check == checks.end() ? 0 : apply(entry, *check, today);
    judge_entry(entry, covered, today, about_entries);
  }
  for (auto& check : checks) count_again(check);
}

}  // namespace oubli
