/// `oubli enforce`: carries out what `scan` shows, and leaves proof (oubli-rules(7), the protocol).
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
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
  bool accept_lost_archive = false;        ///< once: archived records that are gone are lost for good
  bool erase_now = false;                  ///< whatever a dataset's schedule says
  std::optional<std::string> plan;         ///< I9: the text of a saved plan; nothing beyond it is touched
  std::string operated_by;                 ///< who runs it, for the ledger
  std::function<bool()> is_asked_to_stop;  ///< asked between two steps; may be empty
  std::optional<std::chrono::seconds> time_budget;  ///< no step begins later than this
  int throttle = 0;                        ///< percent of the time, 0 to 95, in which it changes nothing
  std::optional<unsigned> threads = std::nullopt;  ///< that read at once; absent: as many as the machine has cores
};

/// Locks the state, checks approval and clock, plans every dataset, then changes one after the
/// other. Refusals and failures of single tables are in the report and stop nothing else. Throws
/// Error when nothing may be done at all: Cause::locked, Cause::refused (not approved, changed
/// since, clock, a stop file, a saved plan that doesn't fit), Cause::usage.
///
/// It ends between two steps when it is asked to, when its time is spent, or when there is a file
/// `<state>.stop`. What was done until then is done; the report is incomplete and says what remains.
[[nodiscard]] RunReport enforce(const Project& project, const EnforceRequest& request,
                                std::chrono::system_clock::time_point now);

}  // namespace oubli
