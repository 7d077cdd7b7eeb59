// What other texts change, for a machine: `oubli.diff/1`.

#include "oubli/report/report.hpp"
#include "report/json.hpp"

namespace oubli {

namespace {

using report::Json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json rule_json(const RuleChange& change) {
  return {{"about", change.about}, {"before", text_or_null(change.before)}, {"after", text_or_null(change.after)}};
}

Json move_json(const OutcomeMove& move) {
  return {{"before", to_text(move.before)}, {"after", to_text(move.after)}, {"records", move.records}};
}

Json table_json(const TableDiff& table) {
  return {{"dataset", table.dataset},
          {"table", table.table},
          {"policy", table.policy},
          {"side", to_text(table.side)},
          {"rules", report::list_of(table.rules, rule_json)},
          {"become_due", table.become_due()},
          {"spared", table.are_spared()},
          {"minimised_before", table.minimised_before},
          {"minimised_after", table.minimised_after},
          {"moves", report::list_of(table.moves, move_json)},
          {"not_judged", text_or_null(table.not_judged)}};
}

}  // namespace

void write_diff_json(std::ostream& out, const RuleDiff& diff) {
  Json document = report::json_document("oubli.diff/1");
  document["before"] = diff.before;
  document["after"] = diff.after;
  document["not_compared"] = text_or_null(diff.not_compared);
  document["tables"] = report::list_of(diff.tables, table_json);
  document["failed"] = diff.failed;
  document["diagnostics"] = report::to_json(diff.diagnostics);
  report::write_json(out, document);
}

}  // namespace oubli
