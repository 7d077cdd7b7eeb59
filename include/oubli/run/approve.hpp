/// `oubli approve`: a person takes responsibility for exactly these texts (I10).
#pragma once

#include "oubli/report/report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace oubli {

/// What a person is to know before approving: what changed since the last approval, what the texts
/// make due, which triggers a removal would fire, what an erasure costs.
[[nodiscard]] ApprovalReport approval_preview(const Project& project, std::chrono::system_clock::time_point now,
                                              std::optional<Day> as_of);

/// Records the digests and texts in the state, which it makes where there is none, and in the ledger.
/// Throws Error (Cause::refused) where something is left to review.
Approval record_approval(const Project& project, const std::string& approved_by,
                         std::chrono::system_clock::time_point now);

}  // namespace oubli
