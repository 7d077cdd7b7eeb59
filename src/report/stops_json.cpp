// Stops for a machine: `oubli.stops/1` and, with all its author wrote, `oubli.stop/1`.

#include "oubli/report/report.hpp"
#include "report/json.hpp"
#include "report/stop_words.hpp"

namespace oubli {

namespace {

using report::Json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json stop_json(const Stop& stop, Day today) {
  return {{"stop", stop.number},
          {"kind", to_text(stop.kind)},
          {"case", text_or_null(stop.case_id)},
          {"ground", text_or_null(stop.ground)},
          {"dataset", text_or_null(stop.scope.dataset)},
          {"table", text_or_null(stop.scope.table)},
          {"by_condition", !stop.scope.condition.empty()},
          {"by_subject", stop.scope.subject.has_value()},
          {"unreachable", stop.scope.unreachable},
          {"by", stop.by},
          {"from", to_text(stop.from)},
          {"until", report::to_json(stop.until)},
          {"added_at", stop.added_at},
          {"lifted_at", stop.lifting ? Json(stop.lifting->lifted_at) : Json(nullptr)},
          {"lifted_by", stop.lifting ? Json(stop.lifting->by) : Json(nullptr)},
          {"state", report::state_words(stop, today)}};
}

}  // namespace

void write_stops_json(std::ostream& out, const std::vector<Stop>& stops, Day today) {
  Json document = report::json_document("oubli.stops/1");
  document["stops"] = report::list_of(stops, [&](const Stop& stop) { return stop_json(stop, today); });
  report::write_json(out, document);
}

void write_stop_json(std::ostream& out, const Stop& stop, Day today) {
  Json document = report::json_document("oubli.stop/1");
  document.update(stop_json(stop, today));
  document["reason"] = stop.reason;
  document["condition"] = text_or_null(stop.scope.condition);
  document["lifted_because"] = stop.lifting ? Json(stop.lifting->reason) : Json(nullptr);
  report::write_json(out, document);
}

}  // namespace oubli
