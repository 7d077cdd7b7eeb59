// `oubli` alone, for a machine: `oubli.status/1`.

#include "oubli/report/report.hpp"
#include "report/json.hpp"

namespace oubli {

namespace {

using report::Json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json dataset_json(const StatusReport::DatasetStatus& dataset) {
  return {{"dataset", dataset.dataset},
          {"kind", dataset.kind},
          {"policy", text_or_null(dataset.policy)},
          {"controller", text_or_null(dataset.controller)},
          {"last_run", text_or_null(dataset.last_run)},
          {"last_result", text_or_null(dataset.last_result)},
          {"rows", dataset.rows},
          {"due", dataset.due},
          {"archived", dataset.archived},
          {"archived_due", dataset.archived_due},
          {"overdue_since", report::to_json(dataset.overdue_since)},
          {"undated", dataset.undated},
          {"unreadable", dataset.unreadable},
          {"held", dataset.held},
          {"restricted", dataset.restricted},
          {"failure", text_or_null(dataset.failure)},
          {"erasure_pending", text_or_null(dataset.erasure_pending)}};
}

}  // namespace

void write_status_json(std::ostream& out, const StatusReport& status) {
  Json document = report::json_document("oubli.status/1");
  document["as_of"] = to_text(status.as_of);
  document["datasets"] = report::list_of(status.datasets, dataset_json);
  document["stops"] = {{"legal_hold", status.holds}, {"restriction", status.restrictions}, {"directive", status.directives}};
  document["approved_by"] = text_or_null(status.approved_by);
  document["approved_at"] = text_or_null(status.approved_at);
  document["changed_since"] = status.changed_since;
  report::write_json(out, document);
}

}  // namespace oubli
