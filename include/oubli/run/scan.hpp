/// `oubli scan`: the dry run. Exactly what `enforce` would do, and why; changes nothing.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <optional>

namespace oubli {

struct ScanRequest {
  std::optional<Day> as_of;   ///< absent: today in each policy's timezone
  Selection selection;
  bool with_records = false;  ///< fill TableLine::records: everything that isn't simply kept
  std::optional<unsigned> threads = std::nullopt;  ///< that read at once; absent: as many as the machine has cores
};

/// Judges every selected record. A dataset or table that can't be read is named in
/// `RunReport::failed` with its diagnostic; the others are still looked at.
[[nodiscard]] RunReport scan(const Project& project, const ScanRequest& request,
                             std::chrono::system_clock::time_point now);

}  // namespace oubli
