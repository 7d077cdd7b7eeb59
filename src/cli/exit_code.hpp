/// The exit codes, the same for every command (I6).
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/run_report.hpp"

namespace oubli {

enum class ExitCode : int {
  done = 0,
  findings = 1,         ///< `check --strict`; `scan --exit-code`
  usage = 2,            ///< wrong usage, policy or config
  dataset = 3,          ///< a dataset could not be read or fully changed, or a report not written
  refused = 4,          ///< a safety limit, or not approved
  locked = 5,           ///< another run holds the lock
  erasure_pending = 6,  ///< done, but removed bytes are still in the files
};

[[nodiscard]] ExitCode exit_code(Cause cause);

/// Of several reasons the one that matters most: 2, 5, 4, 3, 6, 1 in that order.
[[nodiscard]] ExitCode worse(ExitCode a, ExitCode b);

/// Of a scan or an enforcement, `scan --exit-code` left aside.
[[nodiscard]] ExitCode exit_code(const RunReport& report);

}  // namespace oubli
