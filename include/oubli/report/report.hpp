/// Everything oubli prints: text for people, JSON for machines. Writes to a given stream, reads
/// nothing. No personal value but in `RecordLine` and `Explanation`, which were asked for by name.
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/engine/read_day.hpp"
#include "oubli/model/explanation.hpp"
#include "oubli/model/rule_diff.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/run_report.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// How to write for a person. Colour is the caller's decision: it knows whether this is a terminal.
struct Style {
  bool colour = false;
  int columns = 80;
};

/// `file:line:column: error: message [code]`, the source line, a caret, a hint.
void write_diagnostic(std::ostream& out, const Diagnostic& diagnostic, const Style& style);
void write_diagnostics_json(std::ostream& out, const std::vector<Diagnostic>& diagnostics);

/// What `oubli check` prints after the diagnostics.
struct CheckReport {
  struct PolicySummary {
    std::string id;
    std::filesystem::path file;
    std::size_t purposes = 0;
    std::vector<Assumption> assumptions;
    /// What a purpose takes from a reference.
    struct Taken { std::string purpose; TakenReference reference; };
    std::vector<Taken> taken = {};
  };
  std::filesystem::path config;
  std::vector<Diagnostic> diagnostics;
  std::vector<PolicySummary> policies;
  std::size_t tables = 0;   ///< with compiled rules
};
void write_check_text(std::ostream& out, const CheckReport& report, const Style& style);
void write_check_json(std::ostream& out, const CheckReport& report);

/// `scan` and `enforce`, as `oubli.scan/1` or `oubli.enforce/1` in JSON.
void write_run_text(std::ostream& out, const RunReport& report, const Style& style);
void write_run_json(std::ostream& out, const RunReport& report);

/// The compiled rules in plain words, as an equivalent query for the reader, and for machines.
/// `days` gives the cutoffs in the SQL.
void write_rules_text(std::ostream& out, const std::vector<RuledDataset>& datasets, const Style& style);
void write_rules_sql(std::ostream& out, const std::vector<RuledDataset>& datasets, RunDays days);
void write_rules_json(std::ostream& out, const std::vector<RuledDataset>& datasets);

void write_explanation_text(std::ostream& out, const Explanation& explanation, const Style& style);
void write_explanation_json(std::ostream& out, const Explanation& explanation);

/// What `oubli` alone prints (I5).
struct StatusReport {
  struct DatasetStatus {
    std::string dataset;
    std::string kind;                 ///< "sqlite", "csv", "external"
    std::string last_run;             ///< UTC time of the last finished run that changed or checked it; may be empty
    std::string last_result;          ///< "complete", "incomplete", "refused", "failed"
    std::int64_t rows = 0;
    std::int64_t due = 0;             ///< would go tonight
    std::int64_t archived = 0;        ///< records in the archive
    std::int64_t archived_due = 0;    ///< of these, those that would go tonight
    std::optional<Day> overdue_since; ///< the earliest day one of both became due
    std::int64_t undated = 0, unreadable = 0;
    std::int64_t held = 0, restricted = 0;  ///< due, and stopped
    std::string failure;              ///< why it couldn't be read; empty when it could
    std::string erasure_pending;      ///< why; empty when nothing is pending
    bool erasure_waits = false;       ///< for the time its schedule says
    std::string policy = {};          ///< id; empty for external
    std::string controller = {};      ///< of that policy
  };
  Day as_of;
  std::vector<DatasetStatus> datasets;
  std::string approved_by, approved_at;  ///< empty: never
  std::vector<std::string> changed_since;  ///< texts whose digest isn't the approved one
  std::int64_t holds = 0, restrictions = 0, directives = 0;  ///< in force
};
void write_status_text(std::ostream& out, const StatusReport& status, const Style& style);
void write_status_json(std::ostream& out, const StatusReport& status);

/// What `hold add` and the orders about a data subject say: the stop, and which records it covers now.
struct StopReport {
  struct Coverage {
    std::string dataset;
    std::string table;
    Side side = Side::live;
    std::int64_t covered = 0;
    std::int64_t nameless = 0;  ///< records that name no data subject, which a stop on one doesn't cover
  };
  Stop stop;
  Day today;
  std::vector<Coverage> tables;
  std::vector<std::string> failed;    ///< datasets that couldn't be looked at; the stop is in force there, too
  std::vector<std::string> external;  ///< datasets kept elsewhere, where nothing is stopped by this
};
void write_stop_added_text(std::ostream& out, const StopReport& report, const Style& style);

/// `hold list` and `subject list`. Neither reasons nor conditions: free text may name a person.
void write_stops_text(std::ostream& out, const std::vector<Stop>& stops, Day today, const Style& style);
void write_stops_json(std::ostream& out, const std::vector<Stop>& stops, Day today);
/// `hold show`: everything its author wrote.
void write_stop_text(std::ostream& out, const Stop& stop, Day today, const Style& style);
void write_stop_json(std::ostream& out, const Stop& stop, Day today);

/// What `approve` shows before it asks.
struct ApprovalReport {
  struct Change {
    std::string kind, name;   ///< "policy", its id; "config"
    std::string change;       ///< "new", "changed", "unchanged", "removed"
    std::string diff;         ///< unified, without context beyond three lines; empty unless changed
  };
  std::vector<Change> changes;
  RunReport scan;             ///< what the texts make due today
  std::optional<RuleDiff> rules;  ///< since the last approval; absent for the first and for unchanged texts
  struct TriggerLine { std::string dataset, table, trigger; bool accepted = false; std::string by = "removing"; };
  std::vector<TriggerLine> triggers;
  struct ErasureCost { std::string dataset; std::int64_t bytes_to_rewrite = 0, bytes_needed = 0, bytes_free = 0; };
  std::vector<ErasureCost> erasures;
};

/// The lines that differ between two texts, as the hunks of a unified diff with three lines around
/// each; empty when none do. Takes time and memory with the product of their lines: meant for
/// policies and configs.
[[nodiscard]] std::string unified_diff(std::string_view before, std::string_view after);

/// What other texts change: each rule in words, then the records that become due or are spared.
void write_diff_text(std::ostream& out, const RuleDiff& diff, const Style& style);
void write_diff_json(std::ostream& out, const RuleDiff& diff);

void write_approval_text(std::ostream& out, const ApprovalReport& report, const Style& style);

}  // namespace oubli
