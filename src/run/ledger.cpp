#include "oubli/run/ledger.hpp"

#include "oubli/state/state.hpp"
#include "run/key_notes.hpp"
#include "run/ledger_entries.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

State open_state(const Project& project) {
  auto state = State::open_for_reading(project.config.state);
  if (!state) throw Error(Cause::usage, "there is no ledger yet: nothing was ever approved", "run `oubli approve --by NAME`");
  return std::move(*state);
}

/// The day before which key digests were last pruned; empty: never.
std::string pruned_before_day(const std::vector<LedgerEntry>& entries) {
  std::string day;
  for (const auto& entry : entries) day = std::max(day, pruned_before(entry).value_or(""));
  return day;
}

/// Holds what is kept beside the chain against what it says.
void verify_keys(const State& state, const std::vector<LedgerEntry>& entries, LedgerVerdict& verdict) {
  const auto pruned = pruned_before_day(entries);
  for (const auto& entry : entries) {
    const auto claimed = kept_keys_of(entry);
    if (!claimed || claimed->empty()) continue;
    const auto kept = state.kept_keys(entry.run);
    const bool was_pruned = kept.empty() && entry.written_at.substr(0, pruned.size()) < pruned;
    if (kept == *claimed) {
      for (const auto& table : kept) verdict.keys += table.count + table.unconfirmed;
    } else if (!was_pruned && !verdict.first_without_keys) {
      verdict.first_without_keys = entry.number;
    }
  }
}

const RuledTable* ruled_table(const Project& project, const std::string& name) {
  for (const auto& dataset : project.datasets) {
    for (const auto& table : dataset.tables) {
      if (dataset.config.name + "." + table.rules.table == name) return &table;
    }
  }
  return nullptr;
}

void require_key(const RuledTable* table, const KeyRequest& request) {
  if (!table || table->config.key.size() == request.key.size()) return;
  const auto columns = table->config.key.size();
  throw Error(Cause::usage,
              columns == 0 ? fmt::format("{} has no key in the config: none of its records can be found", request.table)
                           : fmt::format("the key of {} has {} column{}", request.table, columns, columns == 1 ? "" : "s"),
              "write `key:` in the config, or the values separated by commas");
}

std::string started_at(const std::vector<LedgerEntry>& entries, const std::string& run) {
  const auto found = std::ranges::find_if(entries, [&](const LedgerEntry& e) { return e.run == run && e.kind == "started"; });
  return found == entries.end() ? std::string() : found->written_at;
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
  verify_keys(state, entries, verdict);
  if (head.empty()) return verdict;
  const auto found = std::ranges::find(entries, head, &LedgerEntry::hash);
  verdict.asked_head = head;
  if (found != entries.end()) verdict.asked_head_is = found->number;
  return verdict;
}

KeyReport find_in_ledger(const Project& project, const KeyRequest& request) {
  const auto dot = request.table.find('.');
  if (dot == std::string::npos) {
    throw Error(Cause::usage, request.table + " names no table", "name it with its dataset: dataset.table");
  }
  const auto* const table = ruled_table(project, request.table);
  require_key(table, request);
  const auto state = open_state(project);
  const auto entries = state.ledger();
  const auto dataset = request.table.substr(0, dot);
  const auto name = request.table.substr(dot + 1);
  KeyReport report{request.table, table != nullptr, {}, pruned_before_day(entries)};
  const auto digest = KeyDigester(state.digest_key()).of(dataset, name, request.key);
  for (const auto& [place, is_confirmed] : state.find_key(dataset, name, digest)) {
    report.lines.push_back({place.run, started_at(entries, place.run), place.side, place.change, is_confirmed});
  }
  return report;
}

PruneReport prune_ledger(const Project& project, const PruneRequest& request, std::chrono::system_clock::time_point now) {
  if (request.before > std::chrono::floor<date::days>(now)) {
    throw Error(Cause::usage, to_text(request.before) + " is to come", "name today or a past day");
  }
  static_cast<void>(open_state(project));
  const auto lock = State::lock(project.config.state);
  if (!verify_ledger(project, {}).is_sound()) {
    throw Error(Cause::refused, "the ledger isn't as it was written, and what stands beside it may be needed to find out why",
                "run `oubli ledger verify`");
  }
  auto state = State::open(project.config.state, State::Create::no);
  const auto found = state.evidence_before(request.before);
  PruneReport report{to_text(request.before), found.keys, found.reasons};
  if (found.keys == 0 && found.reasons == 0) return report;
  state.prune(request.before, pruned_entry(request.before, request.by, found, now));
  report.head = state.ledger().back().hash;
  return report;
}

Approval texts_in_force(const Project& project, Day day) {
  auto approval = open_state(project).approval_on(day);
  if (!approval) throw Error(Cause::usage, fmt::format("nothing was approved by {}", to_text(day)), "name a later day");
  return std::move(*approval);
}

}  // namespace oubli
