/// `oubli ledger`: the proof of what was done, and whether anybody changed it since.
#pragma once

#include "oubli/report/certificate.hpp"
#include "oubli/report/ledger_report.hpp"
#include "oubli/run/project.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// Which entries to show.
struct LedgerSelection {
  std::string run;                   ///< of this run alone; empty: of all
  std::optional<std::int64_t> last;  ///< so many of the end
  bool with_reasons = false;         ///< free text, which may name a person
};

/// Throws Error (Cause::usage) when there is no state yet, or no entry of that run.
[[nodiscard]] LedgerReport ledger(const Project& project, const LedgerSelection& selection);

/// Computes the whole chain again. `head`, where given, is a hash that a report printed earlier: it
/// must still be in the chain, which proves that nothing up to it was changed, removed or put in. The digests of keys
/// beside the chain are held against what it says of them, unless they were pruned.
[[nodiscard]] LedgerVerdict verify_ledger(const Project& project, const std::string& head);

/// Which record `find_in_ledger` asks for.
struct KeyRequest {
  std::string table;             ///< dataset.table, in the config or once there
  std::vector<std::string> key;  ///< one text per key column, as a person types it
};

/// What runs did to the record with a key, as far as key digests are kept. Throws Error (Cause::usage) where there is
/// no state yet or the table has another number of key columns.
[[nodiscard]] KeyReport find_in_ledger(const Project& project, const KeyRequest& request);

struct PruneRequest {
  Day before;      ///< UTC; not a day to come
  std::string by;  ///< who orders it
};

/// Drops what stands beside the chain from before a day: digests of keys, and reasons. The chain stays whole, and an
/// entry in it says what was dropped. Throws Error: Cause::usage for a day to come, Cause::refused where the chain isn't
/// sound, Cause::locked.
[[nodiscard]] PruneReport prune_ledger(const Project& project, const PruneRequest& request,
                                       std::chrono::system_clock::time_point now);

/// What a run destroyed, under what and how, from the ledger and the texts approved before it. Throws Error
/// (Cause::usage) for a run that the ledger doesn't have or that was refused.
[[nodiscard]] Certificate certificate(const Project& project, const std::string& run);

/// The policies and the config in force at the end of a UTC day. Throws Error (Cause::usage) when
/// nothing was approved by then.
[[nodiscard]] Approval texts_in_force(const Project& project, Day day);

}  // namespace oubli
