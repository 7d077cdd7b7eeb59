/// `oubli scan`: the dry run. Exactly what `enforce` would do, and why; changes nothing.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace oubli {

/// A plan to be reviewed by a person and carried out by `enforce --plan` (oubli-rules(7), saved plans). It holds no
/// value of a record, and only with the state's key can it be read or another be written.
struct SavedPlanText {
  std::string text;
  std::int64_t records = 0;
  std::string good_until;  ///< "2026-12-23T09:30:00Z"
};

struct ScanRequest {
  std::optional<Day> as_of;   ///< absent: today in each policy's timezone
  Selection selection;
  bool with_records = false;  ///< fill TableLine::records: everything that isn't simply kept
  std::optional<unsigned> threads = std::nullopt;  ///< that read at once; absent: as many as the machine has cores
  std::function<void(const SavedPlanText&)> save_plan = {};  ///< I9: given the plan; not called where not all could be read
};

/// Judges every selected record. A dataset or table that can't be read is named in
/// `RunReport::failed` with its diagnostic; the others are still looked at. With `save_plan` it throws Error
/// where no plan can be made: without a state (Cause::refused), for a day to come or a part of a family (Cause::usage).
[[nodiscard]] RunReport scan(const Project& project, const ScanRequest& request,
                             std::chrono::system_clock::time_point now);

}  // namespace oubli
