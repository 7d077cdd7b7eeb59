/// `oubli diff`: what a change of policy or config does, before anyone approves it.
#pragma once

#include "oubli/model/rule_diff.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"
#include "oubli/state/state.hpp"

#include <chrono>
#include <filesystem>
#include <optional>

namespace oubli {

struct DiffRequest {
  std::optional<Day> as_of;  ///< absent: today in each policy's timezone
  Selection selection;       ///< of the tables of either side
};

/// Compares the rules of two projects table by table, and judges every record by both where a rule of
/// its dataset differs. Changes nothing. `before` and `after` of the result are left to the caller.
[[nodiscard]] RuleDiff diff(const Project& before, const Project& after, const DiffRequest& request,
                            std::chrono::system_clock::time_point now);

/// From the approved texts, on the data as it is now, to the project's.
[[nodiscard]] RuleDiff diff_from_approved(const Approval& approval, const Project& project, const DiffRequest& request,
                                          std::chrono::system_clock::time_point now);

/// The same from what the project's state has approved. Throws Error (Cause::refused) where nothing is.
[[nodiscard]] RuleDiff diff_from_approved(const Project& project, const DiffRequest& request,
                                          std::chrono::system_clock::time_point now);

/// The project a file stands for: of a config itself, of a policy the config's with this policy in
/// place of the one with the same id. Throws Error (Cause::usage) where it is neither.
[[nodiscard]] Project project_with(const std::filesystem::path& file, const std::filesystem::path& config_file);

}  // namespace oubli
