/// What a run found and did, as plain values: filled by src/run, written by src/report (I7).
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/residue_search.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/side.hpp"
#include "oubli/model/stop.hpp"
#include "oubli/model/tally.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace oubli {

struct PolicyLine {
  std::string policy;      ///< id
  int version = 1;
  std::string controller;  ///< who decides
  std::string timezone;
  Day as_of;
  Day in_force_from;
  std::string digest;
  Role role = Role::controller;
  std::string processor = {};     ///< who acts for the controller, where that is another
  std::string instructions = {};  ///< of the controller; may be empty
  /// The references its purposes take from: id and digest.
  std::vector<std::pair<std::string, std::string>> references = {};
};

struct PurposeLine {
  std::string purpose;
  std::string title;
  PurposeTally tally;
  std::optional<Day> cutoff;
};

/// A limit that a table's plan exceeds (I8), in words for a person, with the flags that allow it once.
struct Refusal {
  std::string code;    ///< "max-share", "max-records", "small-table", "tied", "triggers"
  std::string message;
  std::string hint;
};

/// A stop and how many records of a table it keeps from going.
struct StopLine {
  std::int64_t number = 0;
  StopKind kind = StopKind::legal_hold;
  std::string case_id;  ///< of a legal hold
  std::string ground;   ///< of the others
  std::string title;    ///< "case 2026-17 (hold 3)"
  std::int64_t records = 0;
};

/// A record of `scan --records`: the only report, beside `explain`, that shows keys.
struct RecordLine {
  std::int64_t row = 0;
  std::string file;
  std::string key;      ///< the key columns' values, comma-separated; empty for a keyless table
  Outcome outcome = Outcome::keep;
  std::string reason;   ///< "prospecting ended on 2026-02-03"
};

/// What `enforce` did to a table.
struct AppliedCounts {
  std::int64_t archived = 0;
  std::int64_t purged = 0;
  std::int64_t changed = 0;     ///< due when planned, not any more when read again, or not as they were: kept
  std::int64_t remaining = 0;   ///< due and allowed, but not done: `--catch-up`, a failure
  std::int64_t anonymised = 0;
  std::int64_t minimised = 0;
  std::map<std::string, std::int64_t> columns{};  ///< records in which each column was emptied or masked
  std::int64_t minimised_there = 0;  ///< of the archived: minimised in the archive when all were there (S15)
  std::map<std::string, std::int64_t> columns_there{};  ///< of them those in which each column was emptied
};

/// A column that minimising or anonymising empties or masks, and in how many records.
struct ColumnLine {
  std::string column;
  std::int64_t records = 0;
};

struct TableLine {
  std::string dataset;
  std::string table;
  std::string policy;
  Side side = Side::live;
  std::string follows;          ///< the table whose decisions it shares; else empty
  TableMode mode = TableMode::enforce;
  TableTally tally;
  std::vector<PurposeLine> purposes;
  std::vector<ColumnLine> rewrites{};   ///< as planned; columns of no record left out
  std::vector<StopLine> stops;          ///< those that keep records of this table, by number
  std::optional<Refusal> refusal;
  std::vector<RecordLine> records;      ///< `scan --records` only
  std::optional<AppliedCounts> applied; ///< `enforce` only
  std::optional<std::int64_t> in_plan{};  ///< `enforce` by a saved plan only: records the plan names
  std::int64_t left_out = 0;              ///< due, and not in that plan: kept
};

struct ErasureLine {
  std::string dataset;  ///< of an archive with "(archive)" after it
  bool done = true;
  std::string pending_because;
  ResidueSearch search{};
  bool waits = false;  ///< for the time its schedule says
};

enum class RunStatus { complete, incomplete, refused };
[[nodiscard]] std::string_view to_text(RunStatus status);

/// What only `enforce` adds.
struct EnforcedPart {
  std::string run;               ///< id
  RunStatus status = RunStatus::complete;
  std::vector<std::filesystem::path> archived_to;
  std::vector<ErasureLine> erasure;
  std::string ledger_head;       ///< hash of the run's last ledger entry
  std::string stopped_because{}; ///< in words; empty: it came to its end
  std::string plan{};            ///< digest of the saved plan it carried out; empty: none
};

struct RunReport {
  std::string config_digest;
  std::vector<PolicyLine> policies;
  std::vector<TableLine> tables;
  std::vector<std::string> external;     ///< datasets listed as not looked at
  std::vector<std::string> failed;       ///< datasets and tables, live or in the archive, that could not be read or fully changed
  std::vector<std::string> refused;      ///< datasets refused as a whole: an archive of another state
  std::vector<Diagnostic> diagnostics;
  std::optional<EnforcedPart> enforced;

  [[nodiscard]] OutcomeCounts totals() const;
  [[nodiscard]] std::int64_t rows() const;
};

}  // namespace oubli
