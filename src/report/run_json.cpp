// `scan` and `enforce` for a machine: `oubli.scan/1` and `oubli.enforce/1` (I7).

#include "oubli/report/report.hpp"
#include "report/json.hpp"

namespace oubli {

namespace {

using report::Json;

/// All outcomes always, so that a reader needs no default.
Json to_json(const OutcomeCounts& counts) {
  Json result = Json::object();
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    result[std::string(to_text(outcome))] = counts[outcome];
  }
  return result;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json to_json(const PolicyLine& policy) {
  return {{"policy", policy.policy},         {"version", policy.version},
          {"controller", policy.controller}, {"timezone", policy.timezone},
          {"as_of", to_text(policy.as_of)},  {"in_force_from", to_text(policy.in_force_from)},
          {"digest", policy.digest},         {"role", to_text(policy.role)},
          {"processor", text_or_null(policy.processor)},
          {"instructions", text_or_null(policy.instructions)},
          {"references", report::list_of(policy.references, [](const auto& used) {
             return Json{{"reference", used.first}, {"digest", used.second}};
           })}};
}

Json to_json(const PurposeLine& purpose) {
  const PurposeTally& tally = purpose.tally;
  return {{"purpose", purpose.purpose},
          {"records", tally.records},
          {"active", tally.active},
          {"open", tally.open},
          {"archive", tally.archive},
          {"ended", tally.ended},
          {"undated", tally.undated},
          {"unreadable", tally.unreadable},
          {"future", tally.future},
          {"undetermined", tally.undetermined},
          {"no_period", tally.no_period},
          {"newer_than_inactive", tally.newer_than_inactive},
          {"cutoff", report::to_json(purpose.cutoff)},
          {"oldest_start", report::to_json(tally.oldest_start)}};
}

Json to_json(const Refusal& refusal) {
  return {{"code", refusal.code}, {"message", refusal.message}, {"hint", refusal.hint}};
}

Json to_json(const RecordLine& record) {
  return {{"row", record.row},
          {"file", record.file},
          {"key", record.key},
          {"outcome", to_text(record.outcome)},
          {"reason", record.reason}};
}

Json to_json(const ColumnLine& line) { return {{"column", line.column}, {"records", line.records}}; }

Json to_json(const AppliedCounts& applied) {
  return {{"archive", applied.archived},   {"purge", applied.purged},    {"anonymise", applied.anonymised},
          {"minimise", applied.minimised}, {"changed", applied.changed}, {"remaining", applied.remaining},
          {"minimised_there", applied.minimised_there}};
}

Json to_json(const StopLine& line) {
  const bool is_hold = line.kind == StopKind::legal_hold;
  return {{"stop", line.number},
          {"kind", to_text(line.kind)},
          {"case", is_hold ? Json(line.case_id) : Json(nullptr)},
          {"ground", is_hold ? Json(nullptr) : Json(line.ground)},
          {"records", line.records}};
}

Json odd_rows_of(const TableTally& tally) {
  Json result = Json::object();
  for (const auto& [outcome, odd] : tally.odd_rows) {
    if (!odd.rows.empty()) result[std::string(to_text(outcome))] = odd.rows;
  }
  return result;
}

Json due_since_of(const TableTally& tally) {
  Json result = Json::object();
  for (const auto& [day, count] : tally.due_since) result[to_text(day)] = count;
  return result;
}

Json to_json(const TableLine& table) {
  Json result = {{"dataset", table.dataset},
                 {"table", table.table},
                 {"policy", table.policy},
                 {"side", to_text(table.side)},
                 {"mode", table.mode == TableMode::observe ? "observe" : "enforce"},
                 {"follows", table.follows.empty() ? Json(nullptr) : Json(table.follows)},
                 {"rows", table.tally.rows},
                 {"outcomes", to_json(table.tally.outcomes)},
                 {"minimise", table.tally.minimise},
                 {"rewrites", report::list_of(table.rewrites, [](const ColumnLine& line) { return to_json(line); })},
                 {"purposes", report::list_of(table.purposes, [](const PurposeLine& line) { return to_json(line); })},
                 {"stops", report::list_of(table.stops, [](const StopLine& line) { return to_json(line); })},
                 {"odd_rows", odd_rows_of(table.tally)},
                 {"due_since", due_since_of(table.tally)},
                 {"limits", table.refusal ? to_json(*table.refusal) : Json(nullptr)}};
  if (table.applied) {
    result["applied"] = to_json(*table.applied);
    result["applied"]["columns"] = table.applied->columns;
    result["applied"]["columns_there"] = table.applied->columns_there;
    if (table.in_plan) {
      result["applied"]["in_plan"] = *table.in_plan;
      result["applied"]["not_in_plan"] = table.left_out;
    }
  }
  if (!table.records.empty())
    result["records"] = report::list_of(table.records, [](const RecordLine& line) { return to_json(line); });
  return result;
}

/// One policy stands for one controller: what is under it, by itself.
Json policy_with_totals(const PolicyLine& policy, const RunReport& report) {
  RunReport part;
  for (const TableLine& table : report.tables) {
    if (table.policy == policy.policy) part.tables.push_back(table);
  }
  Json result = to_json(policy);
  result["totals"] = {{"rows", part.rows()}, {"outcomes", to_json(part.totals())}};
  return result;
}

Json searches_in(const std::vector<ErasureLine>& erasure) {
  Json searches = Json::array();
  for (const ErasureLine& line : erasure) {
    const ResidueSearch& search = line.search;
    if (search == ResidueSearch{}) continue;
    searches.push_back({{"dataset", line.dataset},
                        {"searched", search.searched},
                        {"found", search.found},
                        {"in_other_records", search.in_other_records}});
  }
  return searches;
}

Json to_json(const std::vector<ErasureLine>& erasure) {
  Json done = Json::array();
  Json pending = Json::array();
  for (const ErasureLine& line : erasure) {
    if (line.done) done.push_back(line.dataset);
    if (!line.done) pending.push_back({{"dataset", line.dataset}, {"because", line.pending_because}});
  }
  return {{"done", std::move(done)}, {"pending", std::move(pending)}, {"searches", searches_in(erasure)}};
}

Json applied_total(const RunReport& report) {
  AppliedCounts total;
  for (const TableLine& table : report.tables) {
    if (!table.applied) continue;
    total.archived += table.applied->archived;
    total.purged += table.applied->purged;
    total.anonymised += table.applied->anonymised;
    total.minimised += table.applied->minimised;
    total.minimised_there += table.applied->minimised_there;
    total.changed += table.applied->changed;
    total.remaining += table.applied->remaining;
  }
  return to_json(total);
}

void add_enforced(const RunReport& report, const EnforcedPart& enforced, Json& document) {
  document["run"] = enforced.run;
  document["status"] = to_text(enforced.status);
  document["stopped_because"] = enforced.stopped_because.empty() ? Json(nullptr) : Json(enforced.stopped_because);
  if (!enforced.plan.empty()) document["plan"] = enforced.plan;
  document["applied"] = applied_total(report);
  document["archived_to"] = Json::array();
  for (const auto& file : enforced.archived_to) document["archived_to"].push_back(file.string());
  document["erasure"] = to_json(enforced.erasure);
  document["ledger_head"] = enforced.ledger_head;
}

}  // namespace

void write_run_json(std::ostream& out, const RunReport& report) {
  Json document = report::json_document(report.enforced ? "oubli.enforce/1" : "oubli.scan/1");
  document["config_digest"] = report.config_digest;
  document["policies"] =
      report::list_of(report.policies, [&](const PolicyLine& line) { return policy_with_totals(line, report); });
  document["tables"] = report::list_of(report.tables, [](const TableLine& line) { return to_json(line); });
  document["external"] = report.external;
  document["failed"] = report.failed;
  document["refused"] = report.refused;
  document["totals"] = {{"rows", report.rows()}, {"outcomes", to_json(report.totals())}};
  if (report.enforced) add_enforced(report, *report.enforced, document);
  document["diagnostics"] = report::to_json(report.diagnostics);
  report::write_json(out, document);
}

}  // namespace oubli
