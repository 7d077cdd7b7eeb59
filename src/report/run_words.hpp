/// What a run found and did, in words. Plain text: wrapping, escaping and colour come later.
#pragma once

#include "oubli/model/run_report.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oubli::report {

/// One line of a table: so many records, and what becomes of them.
struct CountedWords {
  std::int64_t count = 0;
  std::string words;
  bool leaves = false;  ///< these records leave the source
  bool odd = false;     ///< a person should look at these
};

/// "Dry run", "Run 20261122T030012Z: INCOMPLETE".
[[nodiscard]] std::string heading_words(const RunReport& report);

/// "Groupe SCR"; for a processor "Client, by Groupe SCR as processor on its instructions: annex 2".
[[nodiscard]] std::string controller_words(const PolicyLine& policy);

/// "as of 2026-11-21 in Europe/Paris: policy groupe-scr, version 1, of Groupe SCR, in force since …".
[[nodiscard]] std::string policy_words(const PolicyLine& policy);

/// "Controller Client A, policy client-a: would archive 4 and purge 9 of 59 records"; empty where the
/// report has no table under it.
[[nodiscard]] std::string group_words(const RunReport& report, const PolicyLine& policy);

/// What follows a table's name: ": 59 records, observed only".
/// "crm.contacts", "crm.contacts (archive)".
[[nodiscard]] std::string table_name(const TableLine& table);
[[nodiscard]] std::string table_words(const TableLine& table);

/// One line per outcome that occurs. They sum to the table's records.
[[nodiscard]] std::vector<CountedWords> outcome_lines(const TableLine& table);

/// Purpose, records, kept, due, aside, cutoff, oldest start.
[[nodiscard]] std::vector<std::string> purpose_cells(const PurposeLine& purpose, Side side);

/// Why a run ended early.
[[nodiscard]] std::string stopped_words(const EnforcedPart& enforced);

[[nodiscard]] std::string erasure_words(const ErasureLine& erasure);

/// "would archive 4 and purge 9 of 59 records; nothing was changed".
[[nodiscard]] std::string sum_words(const RunReport& report);

/// A run in one line: its id, what it did, and the ledger's head. REQUIRES: a report of `enforce`.
[[nodiscard]] std::string log_words(const RunReport& report);

}  // namespace oubli::report
