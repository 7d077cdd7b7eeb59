/// From plans to the lines of a report.
#pragma once

#include "oubli/model/run_report.hpp"
#include "run/dataset_plan.hpp"

#include <string>
#include <vector>

namespace oubli {

/// A report with its heading filled in: config, selected policies, external datasets.
[[nodiscard]] RunReport report_heading(const Project& project, const std::map<std::string, RunDays>& days_by_policy,
                                       const Selection& selection);

/// A stop as reports show it.
[[nodiscard]] StopLine stop_line(const Stop& stop, std::int64_t records);

/// What `on_partial_end: flag` leaves to a person: "contact of 10 records" (S15).
[[nodiscard]] std::vector<std::string> unneeded_categories(const PlannedTable& planned);

/// The tables of an opened side that the config doesn't map.
[[nodiscard]] std::vector<TableSchema> unmapped_tables(const DatasetPlan& plan);

/// Names a dataset or table as failed or refused, by the error's cause.
void add_failure(RunReport& report, const std::string& name, const Error& error);

/// Adds a dataset's selected tables, its failures and its findings.
void add_plan(RunReport& report, const DatasetPlan& plan, const Selection& selection);

}  // namespace oubli
