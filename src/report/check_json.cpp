// `check` for a machine: `oubli.check/1`.

#include "oubli/report/report.hpp"
#include "report/json.hpp"

namespace oubli {

namespace {

using report::Json;

Json assumption_json(const Assumption& assumption) {
  return {{"about", assumption.about}, {"line", assumption.where.line}, {"text", assumption.text}};
}

Json taken_json(const CheckReport::PolicySummary::Taken& taken) {
  const TakenReference& reference = taken.reference;
  return {{"purpose", taken.purpose},
          {"use", reference.name},
          {"authority", reference.authority},
          {"checked", reference.checked},
          {"changed", reference.changed},
          {"because", reference.because}};
}

Json policy_json(const CheckReport::PolicySummary& policy) {
  return {{"policy", policy.id},
          {"file", policy.file.string()},
          {"purposes", policy.purposes},
          {"taken", report::list_of(policy.taken, taken_json)},
          {"assumptions", report::list_of(policy.assumptions, assumption_json)}};
}

}  // namespace

void write_check_json(std::ostream& out, const CheckReport& report) {
  Json document = report::json_document("oubli.check/1");
  document["config"] = report.config.string();
  document["tables"] = report.tables;
  document["policies"] = report::list_of(report.policies, policy_json);
  document["diagnostics"] = report::to_json(report.diagnostics);
  report::write_json(out, document);
}

}  // namespace oubli
