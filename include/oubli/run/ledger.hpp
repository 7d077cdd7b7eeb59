/// `oubli ledger`: the proof of what was done, and whether anybody changed it since.
#pragma once

#include "oubli/report/certificate.hpp"
#include "oubli/report/ledger_report.hpp"
#include "oubli/run/project.hpp"

#include <cstdint>
#include <optional>
#include <string>

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
/// must still be in the chain, which proves that nothing up to it was changed, removed or put in.
[[nodiscard]] LedgerVerdict verify_ledger(const Project& project, const std::string& head);

/// What a run destroyed, under what and how, from the ledger and the texts approved before it. Throws Error
/// (Cause::usage) for a run that the ledger doesn't have or that was refused.
[[nodiscard]] Certificate certificate(const Project& project, const std::string& run);

/// The policies and the config in force at the end of a UTC day. Throws Error (Cause::usage) when
/// nothing was approved by then.
[[nodiscard]] Approval texts_in_force(const Project& project, Day day);

}  // namespace oubli
