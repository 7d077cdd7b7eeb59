#include "report/run_words.hpp"

#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace oubli::report {

namespace {

/// Why records of this outcome stay, or what is to become of them.
std::string_view words_for(Outcome outcome) {
  switch (outcome) {
    case Outcome::keep:
      return "kept: a purpose is active or open";
    case Outcome::archive:
      return "to archive";
    case Outcome::anonymise:
      return "to anonymise";
    case Outcome::purge:
      return "to purge";
    case Outcome::flag:
      return "flagged: no purpose keeps them any more, a person decides";
    case Outcome::held:
      return "kept: a legal hold covers them";
    case Outcome::restricted:
      return "kept: their processing is restricted";
    case Outcome::blocked:
      return "kept: records that are not due still need them";
    case Outcome::undated:
      return "kept aside: undated";
    case Outcome::unreadable:
      return "kept aside: a date is unreadable";
    case Outcome::future:
      return "kept aside: a date lies in the future";
    case Outcome::undetermined:
      return "kept aside: undetermined, a condition is unknown for them";
    case Outcome::no_period:
      return "kept: the policy gives no period yet";
    case Outcome::unassigned:
      return "kept aside: under no purpose";
    case Outcome::malformed:
      return "kept aside: malformed, not a record of this table";
    case Outcome::out_of_scope:
      return "out of scope: anonymised earlier";
  }
  return "kept";
}

/// Those of an archived table are kept there in their active phase as in their archive phase.
std::string_view kept_words(const TableLine& table, Outcome outcome) {
  const bool lasts_in_archive = table.side == Side::archive && outcome == Outcome::keep;
  return lasts_in_archive ? "kept in the archive: a purpose lasts" : words_for(outcome);
}

bool is_odd(Outcome outcome) {
  switch (outcome) {
    case Outcome::flag:
    case Outcome::undated:
    case Outcome::unreadable:
    case Outcome::future:
    case Outcome::undetermined:
    case Outcome::no_period:
    case Outcome::unassigned:
    case Outcome::malformed:
      return true;
    default:
      return false;
  }
}

/// " (rows 3, 17)", or nothing when no row is known.
std::string rows_words(const TableTally& tally, Outcome outcome) {
  const auto found = tally.odd_rows.find(outcome);
  if (found == tally.odd_rows.end() || found->second.rows.empty()) return {};
  const std::vector<std::int64_t>& rows = found->second.rows;
  const bool more = tally.outcomes[outcome] > static_cast<std::int64_t>(rows.size());
  return fmt::format(" ({} {}{})", rows.size() == 1 && !more ? "row" : "rows", fmt::join(rows, ", "),
                     more ? ", …" : "");
}

/// ": case 2026-17 (hold 3), case 2026-18 (hold 4)".
std::string stop_words(const TableLine& table, Outcome outcome) {
  std::string words;
  for (const StopLine& line : table.stops) {
    const bool is_hold = line.kind == StopKind::legal_hold;
    const bool is_named_here = is_hold ? outcome == Outcome::held : outcome == Outcome::restricted;
    if (is_named_here) words += (words.empty() ? ": " : ", ") + printable(line.title);
  }
  return words;
}

bool is_left_alone(const TableLine& table) { return table.refusal.has_value() || table.mode == TableMode::observe; }

std::string_view due_for(Outcome outcome) {
  switch (outcome) {
    case Outcome::archive:
      return "due for archiving";
    case Outcome::anonymise:
      return "due for anonymising";
    default:
      return "due for purging";
  }
}

std::string due_words(const TableLine& table, Outcome outcome) {
  if (table.mode == TableMode::observe) return fmt::format("{}, observed only", due_for(outcome));
  if (table.refusal) return fmt::format("{}, refused", due_for(outcome));
  return std::string(words_for(outcome));
}

std::string columns_words(const std::vector<ColumnLine>& columns) {
  std::vector<std::string> words;
  for (const ColumnLine& line : columns)
    words.push_back(fmt::format("{} in {}", printable(line.column), grouped(line.records)));
  return listed(words);
}

std::string minimise_words(const TableLine& table) {
  std::string words = "to minimise, of those below";
  if (table.mode == TableMode::observe) words += ", observed only";
  if (table.refusal && table.mode != TableMode::observe) words += ", refused";
  return words;
}

/// The records that leave or are anonymised, and those whose columns go, as planned.
void add_planned(const TableLine& table, std::vector<CountedWords>& lines) {
  for (const Outcome outcome : {Outcome::archive, Outcome::anonymise, Outcome::purge}) {
    const std::int64_t count = table.tally.outcomes[outcome];
    if (count > 0) lines.push_back({count, due_words(table, outcome), !is_left_alone(table), false});
  }
  if (!lines.empty() && !table.tally.due_since.empty()) {
    const std::string_view among = lines.size() == 1 ? "" : lines.size() == 2 ? " of both" : " of all";
    lines.back().words +=
        fmt::format("; the first{} has been due since {}", among, to_text(table.tally.due_since.begin()->first));
  }
  if (table.tally.minimise > 0)
    lines.push_back({table.tally.minimise, minimise_words(table), !is_left_alone(table), false});
  if (!table.rewrites.empty()) lines.back().words += fmt::format("; columns: {}", columns_words(table.rewrites));
}

std::string columns_words(const std::map<std::string, std::int64_t>& columns) {
  std::vector<ColumnLine> lines;
  for (const auto& [column, records] : columns) lines.push_back({column, records});
  return columns_words(lines);
}

/// The records that were to leave or to change, by what became of them.
void add_applied(const TableLine& table, std::vector<CountedWords>& lines) {
  const AppliedCounts& applied = *table.applied;
  if (applied.archived > 0) lines.push_back({applied.archived, "archived", true, false});
  if (applied.minimised_there > 0)
    lines.push_back({applied.minimised_there,
                     "of these minimised in the archive; columns: " + columns_words(applied.columns_there), true, false});
  if (applied.purged > 0) lines.push_back({applied.purged, "purged", true, false});
  if (applied.anonymised > 0) lines.push_back({applied.anonymised, "anonymised", true, false});
  if (applied.minimised > 0) lines.push_back({applied.minimised, "minimised, of those below", true, false});
  if (!applied.columns.empty()) lines.back().words += fmt::format("; columns: {}", columns_words(applied.columns));
  const auto* const changed = table.in_plan ? "of the plan, not as they were or not there any more"
                                            : "kept: changed since they were planned";
  if (applied.changed > 0) lines.push_back({applied.changed, changed, false, true});
  if (applied.remaining > 0) lines.push_back({applied.remaining, "REMAINING: due, not done yet", false, true});
}

std::string dash_for_none(const std::optional<Day>& day) { return day ? to_text(*day) : "-"; }

std::int64_t aside_of(const PurposeTally& tally) {
  return tally.undated + tally.unreadable + tally.future + tally.undetermined + tally.no_period;
}

struct Sum {
  std::int64_t archive = 0;
  std::int64_t purge = 0;
  std::int64_t anonymise = 0;
  std::int64_t minimise = 0;
  std::int64_t left = 0;  ///< due, but not done
  std::int64_t refused_tables = 0;
};

Sum planned_sum(const RunReport& report) {
  Sum sum;
  for (const TableLine& table : report.tables) {
    sum.refused_tables += table.refusal ? 1 : 0;
    if (table.refusal) sum.left += table.tally.to_change();
    if (is_left_alone(table)) continue;
    sum.archive += table.tally.outcomes[Outcome::archive];
    sum.purge += table.tally.outcomes[Outcome::purge];
    sum.anonymise += table.tally.outcomes[Outcome::anonymise];
    sum.minimise += table.tally.minimise;
  }
  return sum;
}

Sum applied_sum(const RunReport& report) {
  Sum sum;
  for (const TableLine& table : report.tables) {
    sum.refused_tables += table.refusal ? 1 : 0;
    if (table.refusal) sum.left += table.tally.to_change();
    if (!table.applied) continue;
    sum.archive += table.applied->archived;
    sum.purge += table.applied->purged;
    sum.anonymise += table.applied->anonymised;
    sum.minimise += table.applied->minimised;
    if (!table.refusal) sum.left += table.applied->remaining;
  }
  return sum;
}

/// "archived 4 and purged 9": what nothing happened by is left out, but for these two.
std::string sum_words(const Sum& sum, std::array<std::string_view, 4> verbs) {
  std::vector<std::string> words{fmt::format("{} {}", verbs[0], grouped(sum.archive)),
                                 fmt::format("{} {}", verbs[1], grouped(sum.purge))};
  if (sum.anonymise > 0) words.push_back(fmt::format("{} {}", verbs[2], grouped(sum.anonymise)));
  if (sum.minimise > 0) words.push_back(fmt::format("{} {}", verbs[3], grouped(sum.minimise)));
  const std::string last = std::move(words.back());
  words.pop_back();
  return fmt::format("{} and {}", fmt::join(words, ", "), last);
}

std::string done_words(const Sum& sum, const RunReport& report) {
  return fmt::format("{} of {}", sum_words(sum, {"archived", "purged", "anonymised", "minimised"}),
                     counted(report.rows(), "record"));
}

std::string loud_words(RunStatus status) { return status == RunStatus::refused ? "REFUSED: " : "INCOMPLETE: "; }

std::string refused_datasets_words(const RunReport& report) {
  return report.refused.empty() ? std::string() : fmt::format("; {} refused as a whole", listed(report.refused));
}

std::string enforced_sum_words(const RunReport& report) {
  const Sum sum = applied_sum(report);
  std::string words = report.enforced->status == RunStatus::complete ? "" : loud_words(report.enforced->status);
  words += done_words(sum, report);
  if (sum.left > 0) words += fmt::format("; {} remain{} due", grouped(sum.left), sum.left == 1 ? "s" : "");
  if (sum.refused_tables > 0) words += fmt::format("; {} refused", counted(sum.refused_tables, "table"));
  if (!report.failed.empty()) words += fmt::format("; {} failed", listed(report.failed));
  return words + refused_datasets_words(report);
}

std::string planned_words(const Sum& sum, const RunReport& report) {
  return fmt::format("would {} of {}", sum_words(sum, {"archive", "purge", "anonymise", "minimise"}),
                     counted(report.rows(), "record"));
}

std::string planned_sum_words(const RunReport& report) {
  const Sum sum = planned_sum(report);
  std::string words = planned_words(sum, report);
  if (sum.refused_tables > 0) {
    words += fmt::format(", and refuse {} with {} due", counted(sum.refused_tables, "table"), grouped(sum.left));
  }
  if (!report.failed.empty()) words += fmt::format("; {} could not be read", listed(report.failed));
  return words + refused_datasets_words(report) + "; nothing was changed";
}

std::string search_words(const ResidueSearch& search) {
  std::string words;
  if (search.searched > 0) words = fmt::format(" of {} searched for", counted(search.searched, "removed value"));
  if (search.in_other_records > 0) {
    words += fmt::format("; {} not searched for, as other records hold the same", grouped(search.in_other_records));
  }
  return words;
}

}  // namespace

std::string controller_words(const PolicyLine& policy) {
  if (policy.role == Role::joint_controller) return policy.controller + ", joint controller";
  if (policy.role != Role::processor) return policy.controller;
  const std::string instructions = policy.instructions.empty() ? "" : ": " + policy.instructions;
  return fmt::format("{}, by {} as processor on its instructions{}", policy.controller, policy.processor, instructions);
}

std::string policy_words(const PolicyLine& policy) {
  return fmt::format("as of {} in {}: policy {}, version {}, of {}, in force {} {}", to_text(policy.as_of),
                     policy.timezone, policy.policy, policy.version, controller_words(policy),
                     policy.in_force_from > policy.as_of ? "only from" : "since", to_text(policy.in_force_from));
}

std::string heading_words(const RunReport& report) {
  if (!report.enforced) return "Dry run";
  const RunStatus status = report.enforced->status;
  return fmt::format("Run {}: {}", report.enforced->run,
                     status == RunStatus::complete  ? "complete"
                     : status == RunStatus::refused ? "REFUSED"
                                                    : "INCOMPLETE");
}

std::string group_words(const RunReport& report, const PolicyLine& policy) {
  RunReport part;
  part.enforced = report.enforced;
  for (const TableLine& table : report.tables) {
    if (table.policy == policy.policy) part.tables.push_back(table);
  }
  if (part.tables.empty()) return {};
  return fmt::format("Controller {}, policy {}: {}", policy.controller, policy.policy,
                     report.enforced ? done_words(applied_sum(part), part) : planned_words(planned_sum(part), part));
}

std::string table_name(const TableLine& table) {
  return fmt::format("{}.{}{}", table.dataset, table.table, table.side == Side::archive ? " (archive)" : "");
}

std::string table_words(const TableLine& table) {
  std::string words = fmt::format(": {}", counted(table.tally.rows, "record"));
  if (!table.follows.empty()) words += fmt::format(", following {}", printable(table.follows));
  if (table.mode == TableMode::observe) words += ", observed and never changed";
  return words;
}

std::vector<CountedWords> outcome_lines(const TableLine& table) {
  std::vector<CountedWords> lines;
  if (table.applied && !is_left_alone(table)) {
    add_applied(table, lines);
    if (table.left_out > 0) lines.push_back({table.left_out, "due, and not in the plan: kept", false, true});
  } else {
    add_planned(table, lines);
  }
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    const std::int64_t count = table.tally.outcomes[outcome];
    if (count == 0 || changes(outcome)) continue;
    lines.push_back(
        {count, std::string(kept_words(table, outcome)) + rows_words(table.tally, outcome) + stop_words(table, outcome),
         false, is_odd(outcome)});
  }
  return lines;
}

/// In the archive a phase that lasts keeps a record, whichever it is.
std::vector<std::string> purpose_cells(const PurposeLine& purpose, Side side) {
  const PurposeTally& tally = purpose.tally;
  const std::int64_t kept_there = side == Side::archive ? tally.archive : 0;
  return {purpose.purpose,
          grouped(tally.records),
          grouped(tally.active + tally.open + kept_there),
          grouped(tally.archive + tally.ended - kept_there),
          grouped(aside_of(tally)),
          dash_for_none(purpose.cutoff),
          dash_for_none(tally.oldest_start)};
}

std::string erasure_words(const ErasureLine& erasure) {
  if (erasure.done) {
    return fmt::format("erasure of {}: done, no trace in its files{}", erasure.dataset, search_words(erasure.search));
  }
  return fmt::format("erasure of {}: PENDING, {}{}", erasure.dataset, erasure.pending_because,
                     erasure.waits ? "" : "; the next run tries again");
}

std::string stopped_words(const EnforcedPart& enforced) {
  return fmt::format("STOPPED before its end: {}; the next run goes on", printable(enforced.stopped_because));
}

std::string sum_words(const RunReport& report) {
  return report.enforced ? enforced_sum_words(report) : planned_sum_words(report);
}

std::string log_words(const RunReport& report) {
  return fmt::format("run {}: {}; ledger head {}", report.enforced->run, sum_words(report), report.enforced->ledger_head);
}

}  // namespace oubli::report
