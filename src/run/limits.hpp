/// The safety limits (I8): what a run would change is compared with what a table holds before
/// anything is changed.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/run_report.hpp"
#include "oubli/model/side.hpp"
#include "oubli/model/tally.hpp"

#include <cstdint>
#include <optional>

namespace oubli {

/// What the person at the keyboard allowed for this run.
struct Allowances {
  bool share = false;                    ///< --allow-share
  bool records = false;                  ///< --allow-records
  std::optional<std::int64_t> catch_up;  ///< --catch-up N: the N oldest of each root table
};

/// Why this table's plan goes over a limit, or nothing.
///
/// Over `max_share` of a table of 50 rows or more; over 10 records, or all of them, in a smaller
/// one, unless `max_share` is 100 %; over `max_records`. All records of a small archived table may go: that
/// is the end every one of them has been on its way to. `not_counted`: of those that are due, so many were counted
/// by an earlier run, or aren't touched by this one.
[[nodiscard]] std::optional<Refusal> refusal(const TableTally& tally, const Limits& limits, const Allowances& allowed,
                                             Side side = Side::live, std::int64_t not_counted = 0);

}  // namespace oubli
