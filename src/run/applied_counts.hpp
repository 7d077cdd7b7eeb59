/// What a run has done so far, kept in the lines of its report.
#pragma once

#include "oubli/model/run_report.hpp"
#include "oubli/run/enforce.hpp"
#include "run/dataset_plan.hpp"

#include <cstdint>
#include <set>
#include <string>

namespace oubli {

/// Adds what a step did.
void add_applied(RunReport& report, const DatasetPlan& plan, const StepResult& result);

/// Says whether less was done to a table so far than was planned.
[[nodiscard]] bool has_remaining(const RunReport& report, const DatasetPlan& plan);

/// The tables of a live plan of which the run has archived records.
[[nodiscard]] std::set<std::string> archived_tables(const RunReport& report, const DatasetPlan& plan);

/// Adds what became, in the archive, of the records that the run moved there. `plan` is the archive's; the
/// lines are those of the live tables the records came from.
void add_minimised_there(RunReport& report, const DatasetPlan& plan, const std::string& table, const TableChange& change);

/// Takes over the counts of a plan that was made anew after part of the first one was carried out.
void count_again(RunReport& report, const DatasetPlan& plan, const Selection& selection);

/// How many records of a table, on the side of the plan, have gone so far.
[[nodiscard]] std::int64_t already_gone(const RunReport& report, const DatasetPlan& plan, const TablePlan& table);

/// What is due and wasn't done. At the end of a run.
void count_remaining(RunReport& report, const EnforceRequest& request);

/// REQUIRES: count_remaining.
[[nodiscard]] RunStatus status_of(const RunReport& report);

}  // namespace oubli
