// `audit` for a machine: `oubli.audit/1`.

#include "oubli/report/audit_report.hpp"
#include "report/json.hpp"

namespace oubli {

namespace {

using report::Json;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json to_json(const PolicyLine& policy) {
  return {{"policy", policy.policy},     {"version", policy.version},      {"controller", policy.controller},
          {"timezone", policy.timezone}, {"as_of", to_text(policy.as_of)}, {"digest", policy.digest}};
}

Json to_json(const std::optional<Acceptance>& accepted) {
  if (!accepted) return nullptr;
  return {{"reason", accepted->reason}, {"until", to_text(accepted->until)}};
}

Json to_json(const AuditFinding& finding) {
  const auto& place = finding.place;
  const auto& where = place.where;
  return {{"state", to_text(finding.state)},
          {"dataset", text_or_null(place.dataset)},
          {"table", text_or_null(place.table)},
          {"side", place.table.empty() ? Json(nullptr) : Json(to_text(place.side))},
          {"column", text_or_null(place.column)},
          {"purpose", text_or_null(place.purpose)},
          {"file", text_or_null(where.file.string())},
          {"line", where.line > 0 ? Json(where.line) : Json(nullptr)},
          {"message", finding.message},
          {"hint", finding.hint},
          {"accepted", to_json(finding.accepted)}};
}

Json to_json(const AuditCheck& check) {
  return {{"check", check.number},
          {"name", check.name},
          {"group", check.group},
          {"title", check.title},
          {"legal", check.legal},
          {"state", to_text(check.state)},
          {"figure", check.figure},
          {"findings", report::list_of(check.findings, [](const AuditFinding& finding) { return to_json(finding); })}};
}

Json to_json(const AgeTable& age) {
  return {
      {"dataset", age.dataset},
      {"table", age.table},
      {"side", to_text(age.side)},
      {"purpose", age.purpose},
      {"without_start", age.without_start},
      {"years", report::list_of(age.years, [](const YearLine& year) {
         return Json{{"year", year.year}, {"records", year.records}, {"ended", year.ended}, {"overdue", year.overdue}};
       })}};
}

}  // namespace

void write_audit_json(std::ostream& out, const AuditReport& report) {
  Json document = report::json_document("oubli.audit/1");
  document["config_digest"] = report.config_digest;
  document["policies"] = report::list_of(report.policies, [](const PolicyLine& line) { return to_json(line); });
  document["result"] = to_text(report.result());
  for (const auto state : {CheckState::fail, CheckState::warn, CheckState::pass, CheckState::not_applicable}) {
    document["counts"][std::string(to_text(state))] = report.count(state);
  }
  document["checks"] = report::list_of(report.checks, [](const AuditCheck& check) { return to_json(check); });
  document["ages"] = report::list_of(report.ages, [](const AgeTable& age) { return to_json(age); });
  document["external"] = report.external;
  document["failed"] = report.failed;
  document["diagnostics"] = report::to_json(report.diagnostics);
  report::write_json(out, document);
}

}  // namespace oubli
