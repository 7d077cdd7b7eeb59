#include "run/preconditions.hpp"

#include "run/ledger_entries.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

using Clock = std::chrono::system_clock;
constexpr std::chrono::hours k_longest_pause{24 * 92};

const ApprovedText* find_text(const std::vector<ApprovedText>& texts, const ApprovedText& like) {
  const auto found = std::ranges::find_if(
      texts, [&](const ApprovedText& text) { return text.kind == like.kind && text.name == like.name; });
  return found == texts.end() ? nullptr : &*found;
}

std::string described(const ApprovedText& text) {
  return text.kind == "config" ? text.kind : text.kind + " " + text.name;
}

// Policies that take from the same reference take from the same text.
std::vector<UsedReference> used_references(const Project& project) {
  std::vector<UsedReference> used;
  for (const auto& policy : project.policies) {
    for (const auto& reference : policy.references) {
      if (std::ranges::find(used, reference.id, &UsedReference::id) == used.end()) used.push_back(reference);
    }
  }
  return used;
}

}  // namespace

std::vector<ApprovedText> texts_of(const Project& project) {
  std::vector<ApprovedText> texts{{"config", "config", project.config.digest, project.config.text}};
  for (const auto& policy : project.policies) texts.push_back({"policy", policy.id, policy.digest, policy.text});
  for (const auto& used : used_references(project)) texts.push_back({"reference", used.id, used.digest, used.text});
  return texts;
}

std::vector<std::string> changed_since(const Approval& approval, const Project& project) {
  const auto now = texts_of(project);
  std::vector<std::string> changed;
  for (const auto& text : now) {
    const auto* approved = find_text(approval.texts, text);
    if (!approved || approved->digest != text.digest) changed.push_back(described(text));
  }
  for (const auto& text : approval.texts) {
    if (!find_text(now, text)) changed.push_back(described(text));
  }
  return changed;
}

void require_roots(const Project& project, const Selection& selection) {
  for (const auto& dataset : project.datasets) {
    for (const auto& table : dataset.tables) {
      const bool is_follower = table.root != table.rules.table;
      const auto root =
          std::ranges::find(dataset.tables, table.root, [](const RuledTable& t) { return t.rules.table; });
      if (!is_follower || !is_selected(selection, table) || is_selected(selection, *root)) continue;
      throw Error(Cause::usage, table.rules.table + " follows " + table.root + " and goes with it only",
                  "name " + table.root + ": what follows it goes along");
    }
  }
}

void require_approved(const State& state, const Project& project) {
  const auto approval = state.last_approval();
  if (!approval) throw Error(Cause::refused, "nothing is approved yet", "run `oubli approve --by NAME`");
  const auto changed = changed_since(*approval, project);
  if (changed.empty()) return;
  throw Error(Cause::refused,
              fmt::format("changed since the approval of {}: {}", approval->approved_at, fmt::join(changed, ", ")),
              "read what changed, then run `oubli approve --by NAME`");
}

void require_plausible_clock(const State& state, Clock::time_point now) {
  const auto last = state.last_entry("finished");
  if (!last) return;
  const auto then = time_from_utc_text(last->written_at);
  const auto hint = "set the clock right, or say once that it is: --accept-clock";
  if (!then || now < *then - std::chrono::seconds(1)) {
    throw Error(Cause::refused, "the clock stands before the last completed run, " + last->written_at, hint);
  }
  if (now - *then > k_longest_pause) {
    throw Error(Cause::refused, "the clock stands more than 92 days after the last completed run, " + last->written_at,
                hint);
  }
}

void require_past_days(const Project& project, const std::map<std::string, RunDays>& days) {
  for (const auto& [id, run_days] : days) {
    if (run_days.as_of > run_days.clock) {
      throw Error(Cause::usage, to_text(run_days.as_of) + " is in the future: enforce takes today or a past day",
                  "leave out --as-of, or look ahead with `oubli scan --as-of`");
    }
    const auto& policy = project.policy(id);
    if (policy.in_force_from > run_days.clock) {
      throw Error(Cause::refused, fmt::format("policy {} is in force from {} only", id, to_text(policy.in_force_from)),
                  "wait until then, or correct in_force_from");
    }
  }
}

}  // namespace oubli
