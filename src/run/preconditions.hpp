/// What must hold before anything may be changed: a checked project, an approval of exactly these
/// texts, a clock that can be believed, a day that isn't in the future.
#pragma once

#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"
#include "oubli/state/state.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// The texts an approval is about: the config, every policy, and the references they take from.
[[nodiscard]] std::vector<ApprovedText> texts_of(const Project& project);

/// The names of texts that are new, changed or gone since the approval.
[[nodiscard]] std::vector<std::string> changed_since(const Approval& approval, const Project& project);

/// Throws Error (Cause::usage) where a table is selected without the one it follows: it goes with that one only, and
/// no table is changed that wasn't named.
void require_roots(const Project& project, const Selection& selection);

/// Throws Error (Cause::refused) unless exactly these texts are approved (I10).
void require_approved(const State& state, const Project& project);

/// Throws Error (Cause::refused) when the clock stands before the last completed run or more than
/// 92 days after it.
void require_plausible_clock(const State& state, std::chrono::system_clock::time_point now);

/// Throws Error for an as-of day in the future (Cause::usage) or a policy not yet in force
/// (Cause::refused; S16).
void require_past_days(const Project& project, const std::map<std::string, RunDays>& days);

}  // namespace oubli
