/// `oubli audit`: is the written policy the one the data obeys? Changes nothing.
#pragma once

#include "oubli/model/audit_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

namespace oubli {

struct AuditRequest {
  std::optional<Day> as_of;  ///< records are judged by it; what the state tells, by the clock
  Selection selection;
  std::vector<std::filesystem::path> roots;       ///< look for databases and CSV files under these
  std::optional<std::filesystem::path> baseline;  ///< of known findings
  bool by_age = false;                            ///< fill AuditReport::ages
};

/// Judges every selected record as `scan` does, looks into a sample of every column, and runs every check.
/// Policies or a config with errors are a failing check, and then no dataset is looked at. Throws Error
/// (Cause::usage) for a baseline that can't be read.
[[nodiscard]] AuditReport audit(const Project& project, const AuditRequest& request,
                                std::chrono::system_clock::time_point now);

}  // namespace oubli
