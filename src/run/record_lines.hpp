/// The records behind the counts, for `scan --records`: keys and reasons.
#pragma once

#include "oubli/model/run_report.hpp"
#include "run/dataset_plan.hpp"

#include <span>
#include <string>
#include <vector>

namespace oubli {

/// The records of one table that aren't simply kept.
[[nodiscard]] std::vector<RecordLine> record_lines(const DatasetPlan& plan, const PlannedTable& planned);

/// A key's values as a person types them, joined by commas.
[[nodiscard]] std::string key_text(std::span<const Value> key);

/// Why a record has its outcome, from its judgement alone: "prospecting ended on 2026-02-03".
[[nodiscard]] std::string reason(const TableRules& rules, const Judgement& judgement, Outcome outcome);

/// What stops a record: "case 2026-17 (hold 3), restriction 4 (unlawful)".
[[nodiscard]] std::string stop_titles(const Families& families, const RuledTable& table, const JudgedRecord& record);

}  // namespace oubli
