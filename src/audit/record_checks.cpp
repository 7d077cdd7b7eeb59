// 3xx: whether the records obey the policy.

#include "audit/check_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace oubli::audit {

namespace {

void for_each_judged(const AuditFacts& facts, const std::function<void(const TableFacts&)>& use) {
  for_each_table(facts, [&](const TableFacts& table) {
    if (table.counts) use(table);
  });
}

std::int64_t records_in(const AuditFacts& facts, Side side) {
  std::int64_t records = 0;
  for_each_judged(facts, [&](const TableFacts& table) { records += table.side == side ? table.records : 0; });
  return records;
}

const char* overdue_hint(const TableFacts& table) {
  return table.is_observed ? "nothing changes a table in `mode: observe`: take it out of that mode"
                           : "see `oubli scan`, then run `oubli enforce`; find out why no run did";
}

void add_overdue(const AuditFacts& facts, const TableFacts& table, CheckResult& result) {
  for (const auto& [purpose, overdue] : table.counts->overdue) {
    const auto& name = table.purposes.at(purpose).purpose;
    if (!is_selected(facts, name)) continue;
    const std::string long_ago =
        overdue.over_a_year == 0 ? "" : fmt::format(", {} of them for more than a year", grouped(overdue.over_a_year));
    result.findings.push_back(
        failure(place_of(table, name),
                fmt::format("{} should have gone, the first on {}{}", counted(overdue.records, "record"),
                            to_text(*overdue.oldest), long_ago),
                overdue_hint(table)));
  }
}

template <Side side>
CheckResult check_overdue(const AuditFacts& facts) {
  const auto records = records_in(facts, side);
  if (records == 0) return not_applicable(side == Side::live ? "no record was judged" : "the archive is empty");
  CheckResult result{counted(records, "record")};
  for_each_judged(facts, [&](const TableFacts& table) {
    if (table.side == side) add_overdue(facts, table, result);
  });
  return result;
}

CheckResult check_unneeded_data(const AuditFacts& facts) {
  const auto records = records_in(facts, Side::live) + records_in(facts, Side::archive);
  if (records == 0) return not_applicable("no record was judged");
  CheckResult result{counted(records, "record")};
  for_each_judged(facts, [&](const TableFacts& table) {
    if (table.tally.minimise > 0) {
      result.findings.push_back(caution(place_of(table),
                                        fmt::format("{} hold columns that none of their purposes needs any more",
                                                    counted(table.tally.minimise, "record")),
                                        "the next run of `oubli enforce` empties them"));
    }
    if (table.unneeded.empty()) return;
    result.findings.push_back(caution(
        place_of(table),
        fmt::format("kept, although no purpose of the record needs it any more: {}", fmt::join(table.unneeded, ", ")),
        "empty these columns, or write `on_partial_end: minimise`"));
  });
  return result;
}

/// Where a record's age comes from, when it can't be told.
std::string age_words(const Aged& aged) {
  std::string words;
  if (aged.too_old > 0) words += fmt::format(", {} of them for longer than they may be", grouped(aged.too_old));
  if (aged.oldest) words += fmt::format(", the oldest since {}", to_text(*aged.oldest));
  if (aged.unknown_age > 0) {
    words += fmt::format("; of {} no event says how old {}", grouped(aged.unknown_age),
                         aged.unknown_age == 1 ? "it is" : "they are");
  }
  return words;
}

AuditFinding aged_finding(FindingPlace place, const Aged& aged, const std::string& what, const char* hint) {
  const std::string message = counted(aged.records, "record") + " " + what + age_words(aged);
  return aged.too_old > 0 ? failure(std::move(place), message, hint) : caution(std::move(place), message, hint);
}

struct Aside {
  Outcome outcome;
  const char* what;
  const char* hint;
};

CheckResult check_aside(const AuditFacts& facts, const Aside& aside) {
  const auto records = records_in(facts, Side::live) + records_in(facts, Side::archive);
  if (records == 0) return not_applicable("no record was judged");
  CheckResult result{counted(records, "record")};
  for_each_judged(facts, [&](const TableFacts& table) {
    const auto found = table.counts->aside.find(aside.outcome);
    if (found == table.counts->aside.end()) return;
    result.findings.push_back(aged_finding(place_of(table), found->second, aside.what, aside.hint));
  });
  return result;
}

CheckResult check_undated(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::undated, "kept for want of a start day",
                             "find their day, or map another event that has one (`oubli scan` names the rows)"});
}

CheckResult check_unreadable(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::unreadable, "kept because a day can't be read",
                             "correct the values, or the column's `format` (`oubli scan` names the rows)"});
}

CheckResult check_future(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::future, "kept because a day lies in the future",
                             "correct the values (`oubli scan` names the rows)"});
}

CheckResult check_undetermined(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::undetermined, "kept because a condition is unknown",
                             "fill in what the condition compares (`oubli scan` names the rows)"});
}

CheckResult check_no_period(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::no_period, "kept under a purpose without a period",
                             "decide the period and write it in the policy"});
}

CheckResult check_unassigned(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::unassigned, "under no purpose",
                             "say which purpose they serve, or remove them (`oubli scan` names the rows)"});
}

CheckResult check_flagged(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::flag, "flagged: all periods have ended and a person is to decide",
                             "decide about them, or write `then: purge` or `then: anonymise`"});
}

CheckResult check_malformed(const AuditFacts& facts) {
  return check_aside(facts, {Outcome::malformed, "kept because the line can't be read",
                             "correct the file, its `delimiter`, `quote` or `encoding` (`oubli scan` names the rows)"});
}

// A relation that goes on keeps its record rightly: its age is a question, never a failure.
CheckResult check_open(const AuditFacts& facts) {
  const auto records = records_in(facts, Side::live) + records_in(facts, Side::archive);
  if (records == 0) return not_applicable("no record was judged");
  CheckResult result{counted(records, "record")};
  for_each_judged(facts, [&](const TableFacts& table) {
    if (table.follows) return;
    for (const auto& [purpose, aged] : table.counts->open) {
      const auto& name = table.purposes.at(purpose).purpose;
      if (aged.too_old == 0 || !is_selected(facts, name)) continue;
      result.findings.push_back(
          caution(place_of(table, name),
                  fmt::format("{} open for very long, the oldest since {}: does anybody record the end?",
                              counted(aged.too_old, "record"), to_text(*aged.oldest)),
                  "see whether these relations really go on"));
    }
  });
  return result;
}

/// The day most records start on.
struct Spike {
  Day day;
  std::int64_t records = 0;
};

std::optional<Spike> spike_in(const std::map<Day, std::int64_t>& starts) {
  constexpr std::int64_t k_least_records = 30;  // of fewer nobody can tell
  constexpr std::int64_t k_share = 4;           // one in so many
  constexpr std::int64_t k_times_the_next = 5;  // a close of the month is a spike among others
  std::int64_t all = 0;
  std::int64_t next = 0;
  Spike highest{};
  for (const auto& [day, records] : starts) {
    all += records;
    next = std::max(next, std::min(records, highest.records));
    if (records > highest.records) highest = {day, records};
  }
  const bool stands_out =
      all >= k_least_records && highest.records * k_share >= all && highest.records >= next * k_times_the_next;
  return stands_out ? std::optional(highest) : std::nullopt;
}

void add_spikes(const AuditFacts& facts, const TableFacts& table, CheckResult& result) {
  for (std::size_t i = 0; i < table.purposes.size(); ++i) {
    const auto spike = spike_in(table.counts->starts[i]);
    if (!spike || !is_selected(facts, table.purposes[i].purpose)) continue;
    result.findings.push_back(
        caution(place_of(table, table.purposes[i].purpose),
                fmt::format("{} start on one day, {}: a mass update may have renewed everybody",
                            counted(spike->records, "record"), to_text(spike->day)),
                "find out what happened that day; an import or a change of all rows is no start event"));
  }
}

CheckResult check_spikes(const AuditFacts& facts) {
  if (records_in(facts, Side::live) == 0) return not_applicable("no record was judged");
  CheckResult result{counted(records_in(facts, Side::live), "record")};
  for_each_judged(facts, [&](const TableFacts& table) {
    if (table.side == Side::live && !table.follows) add_spikes(facts, table, result);
  });
  return result;
}

CheckResult check_inactive(const AuditFacts& facts) {
  CheckResult result;
  std::int64_t inactive = 0;
  for_each_purpose(facts, [&](const Policy&, const Purpose& purpose) { inactive += purpose.inactive ? 1 : 0; });
  if (inactive == 0) return not_applicable("no purpose is inactive");
  result.figure = counted(inactive, "inactive purpose");
  for_each_judged(facts, [&](const TableFacts& table) {
    for (std::size_t i = 0; i < table.purposes.size(); ++i) {
      const auto newer = table.tally.purposes[i].newer_than_inactive;
      if (newer == 0 || !is_selected(facts, table.purposes[i].purpose)) continue;
      result.findings.push_back(failure(place_of(table, table.purposes[i].purpose),
                                        counted(newer, "record") + " newer than the end of this inactive purpose",
                                        "find out who still collects them, or put the purpose back in force"));
    }
  });
  return result;
}

constexpr auto k_undecided = "GDPR art. 5(1)(d), 5(1)(e); CNIL, guide on retention periods";

constexpr CheckLine k_checks[] = {
    {301, "overdue", "no record is overdue", "GDPR art. 5(1)(e), 17(1)(a)", check_overdue<Side::live>},
    {302, "unneeded-data", "no data is kept beyond its purposes", "GDPR art. 5(1)(c), 5(1)(e)", check_unneeded_data},
    {303, "undated", "every record has a start day", k_undecided, check_undated},
    {304, "unreadable", "every day can be read", k_undecided, check_unreadable},
    {305, "future", "no day lies in the future", k_undecided, check_future},
    {306, "undetermined", "every condition is known", k_undecided, check_undetermined},
    {307, "no-period", "no record is kept without a period", "GDPR art. 5(1)(e), 30(1)(f)", check_no_period},
    {308, "unassigned", "every record is under a purpose", "GDPR art. 5(1)(b), 6(1)", check_unassigned},
    {309, "flagged", "no record waits for a decision", "GDPR art. 5(1)(e)", check_flagged},
    {310, "open", "no relation goes on for ever", k_undecided, check_open},
    {311, "malformed", "every line can be read", "GDPR art. 5(1)(d), 5(2)", check_malformed},
    {312, "mass-update", "starts are spread over many days", k_undecided, check_spikes},
    {313, "inactive-purpose", "no purpose that is over goes on", "GDPR art. 5(1)(b)", check_inactive},
};

}  // namespace

std::span<const CheckLine> record_checks() { return k_checks; }

CheckResult check_archive_overdue(const AuditFacts& facts) { return check_overdue<Side::archive>(facts); }

}  // namespace oubli::audit
