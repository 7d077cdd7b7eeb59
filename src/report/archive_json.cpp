// The archive for machines: `oubli.archive/1`, `oubli.archive-verdict/1`, `oubli.archived-record/1`, `oubli.restore/1`.

#include "oubli/report/archive_report.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Json;

Json table_json(const ArchiveLine::Table& table) {
  const auto& contents = table.contents;
  return {{"table", contents.table},
          {"in_config", table.is_mapped},
          {"records", contents.records},
          {"purposes", contents.purposes},
          {"oldest", report::to_json(table.oldest)},
          {"newest", report::to_json(table.newest)},
          {"pending", contents.pending},
          {"restoring", contents.restoring}};
}

Json archive_json(const ArchiveLine& line) {
  return {{"policy", line.policy},
          {"dataset", line.dataset},
          {"folder", line.folder.string()},
          {"mode", line.mode},
          {"owner", line.owner},
          {"bytes", line.bytes},
          {"tables", report::list_of(line.tables, table_json)},
          {"failure", line.failure}};
}

Json field_json(const ArchivedField& field) {
  return {{"column", field.column}, {"value", field.text ? Json(*field.text) : Json(nullptr)}};
}

}  // namespace

void write_archive_listing_json(std::ostream& out, const ArchiveListing& listing) {
  Json document = report::json_document("oubli.archive/1");
  document["archives"] = report::list_of(listing.archives, archive_json);
  document["unclaimed"] =
      report::list_of(listing.unclaimed, [](const std::filesystem::path& path) { return path.string(); });
  report::write_json(out, document);
}

void write_archive_verdict_json(std::ostream& out, const ArchiveVerdict& verdict) {
  Json document = report::json_document("oubli.archive-verdict/1");
  document["sound"] = verdict.is_sound();
  document["records"] = verdict.records;
  document["files"] = verdict.files;
  document["findings"] = report::to_json(verdict.findings);
  document["failures"] = report::to_json(verdict.failures);
  report::write_json(out, document);
}

void write_shown_record_json(std::ostream& out, const ShownRecord& shown) {
  const auto& explanation = shown.explanation;
  Json document = report::json_document("oubli.archived-record/1");
  document["table"] = fmt::format("{}.{}", explanation.rules.dataset, explanation.rules.table);
  document["record"] = explanation.record;
  document["row"] = explanation.row;
  document["file"] = explanation.file;
  document["run"] = shown.record.run;
  document["archived_on"] = report::to_json(shown.archived_on);
  document["as_of"] = to_text(explanation.as_of);
  document["outcome"] = to_text(explanation.outcome);
  document["stops"] = explanation.stops;
  document["fields"] = report::list_of(shown.record.fields, field_json);
  report::write_json(out, document);
}

void write_restore_json(std::ostream& out, const RestoreReport& report) {
  Json document = report::json_document("oubli.restore/1");
  document["run"] = report.run;
  document["table"] = report.dataset + "." + report.table;
  document["restored"] = report.restored;
  document["file"] = report.file;
  document["outcome"] = report.live ? Json(to_text(report.live->outcome)) : Json(nullptr);
  document["due"] = report.live ? report::to_json(report.live->decision.due) : Json(nullptr);
  document["erasure"] = report.erasure_pending.empty() ? "done" : "pending";
  document["pending_because"] = report.erasure_pending;
  document["ledger_head"] = report.ledger_head;
  report::write_json(out, document);
}

}  // namespace oubli
