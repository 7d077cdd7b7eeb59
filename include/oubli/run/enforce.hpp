/// `oubli enforce`: carries out what `scan` shows, and leaves proof (oubli-rules(7), the protocol).
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace oubli {

struct EnforceRequest {
  std::optional<Day> as_of;                ///< today or a past day
  Selection selection;                     ///< `purposes` must be empty: a record goes whole
  bool allow_share = false;                ///< I8: once over max_share
  bool allow_records = false;              ///< I8: once over max_records
  std::optional<std::int64_t> catch_up;    ///< I8: the N oldest of each root table
  bool accept_clock = false;               ///< once: the clock is right although it looks wrong
  std::string operated_by;                 ///< who runs it, for the ledger
};

/// Locks the state, checks approval and clock, plans every dataset, then changes one after the
/// other. Refusals and failures of single tables are in the report and stop nothing else. Throws
/// Error when nothing may be done at all: Cause::locked, Cause::refused (not approved, changed
/// since, clock), Cause::usage.
[[nodiscard]] RunReport enforce(const Project& project, const EnforceRequest& request,
                                std::chrono::system_clock::time_point now);

}  // namespace oubli
