// The certificate of destruction for machines: `oubli.certificate/1`.

#include "oubli/report/certificate.hpp"
#include "report/json.hpp"
#include "report/rule_words.hpp"

namespace oubli {

namespace {

using report::Json;

Json policy_json(const PolicyLine& policy) {
  return {{"policy", policy.policy},
          {"version", policy.version},
          {"digest", policy.digest},
          {"controller", policy.controller},
          {"role", to_text(policy.role)},
          {"processor", policy.processor},
          {"instructions", policy.instructions},
          {"in_force_from", to_text(policy.in_force_from)},
          {"as_of", to_text(policy.as_of)},
          {"timezone", policy.timezone}};
}

Json purposes_json(const TableRules& rules) {
  return report::list_of(rules.purposes, [&](const PurposeRule& purpose) -> Json {
    return {{"purpose", purpose.purpose},
            {"title", purpose.title},
            {"legal_basis", to_text(purpose.legal_basis)},
            {"reference", purpose.reference},
            {"rule", report::purpose_words(purpose, rules)}};
  });
}

Json table_json(const Certificate::Table& table) {
  return {{"dataset", table.dataset},
          {"table", table.table},
          {"side", to_text(table.side)},
          {"policy", table.policy},
          {"purged", table.purged},
          {"archived", table.archived},
          {"minimised_in_archive", table.minimised_there},
          {"anonymised", table.anonymised},
          {"minimised", table.minimised},
          {"remaining", table.remaining},
          {"columns", table.columns},
          {"rules", table.rules_digest},
          {"purposes", table.rules ? purposes_json(*table.rules) : Json(nullptr)}};
}

Json erasure_json(const Certificate::Erasure& erasure) {
  return {{"dataset", erasure.dataset},
          {"method", erasure.kind == DatasetKind::csv ? "rewrite" : "vacuum"},
          {"done", erasure.done},
          {"searched", erasure.search.searched},
          {"found", erasure.search.found},
          {"not_searchable", erasure.search.in_other_records}};
}

}  // namespace

void write_certificate_json(std::ostream& out, const Certificate& certificate) {
  Json document = report::json_document("oubli.certificate/1");
  document["run"] = certificate.run;
  document["started_at"] = certificate.started_at;
  document["finished_at"] = certificate.finished_at;
  document["status"] = certificate.status;
  document["by"] = "oubli " + certificate.version;
  document["operator"] = certificate.operated_by;
  document["approved_by"] = certificate.approved_by;
  document["approved_at"] = certificate.approved_at;
  document["config_digest"] = certificate.config_digest;
  document["policies"] = report::list_of(certificate.policies, policy_json);
  document["tables"] = report::list_of(certificate.tables, table_json);
  document["untouched_tables"] = certificate.untouched;
  document["erasure"] = report::list_of(certificate.erasures, erasure_json);
  document["out_of_reach"] = {"backups", "replicas", "snapshots", "the medium"};
  document["external"] = certificate.external;
  document["failed"] = certificate.failed;
  document["ledger"] = {{"first_entry", certificate.first_entry},
                        {"last_entry", certificate.last_entry},
                        {"head", certificate.head},
                        {"chain_sound", certificate.is_chain_sound}};
  report::write_json(out, document);
}

}  // namespace oubli
