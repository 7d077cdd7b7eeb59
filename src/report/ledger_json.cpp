// The ledger for machines: `oubli.ledger/1`, `oubli.ledger-verdict/1`, `oubli.texts/1`, and plain lines.

#include "oubli/report/ledger_report.hpp"
#include "report/json.hpp"

namespace oubli {

namespace {

using report::Json;

/// `body` stays the text that was hashed.
Json entry_json(const LedgerEntry& entry) {
  return {{"number", entry.number}, {"written_at", entry.written_at}, {"kind", entry.kind}, {"run", entry.run},
          {"body", entry.body},     {"previous", entry.previous},     {"hash", entry.hash}};
}

Json text_json(const ApprovedText& text) {
  return {{"kind", text.kind}, {"name", text.name}, {"digest", text.digest}, {"text", text.text}};
}

template <typename Number>
Json number_or_null(const std::optional<Number>& number) {
  return number ? Json(*number) : Json(nullptr);
}

}  // namespace

void write_ledger_json(std::ostream& out, const LedgerReport& report) {
  Json document = report::json_document("oubli.ledger/1");
  document["head"] = report.head;
  document["entries"] = report::list_of(report.entries, [&](const LedgerEntry& entry) {
    Json json = entry_json(entry);
    const auto reason = report.reasons.find(entry.number);
    if (reason != report.reasons.end()) json["reason"] = reason->second;
    return json;
  });
  report::write_json(out, document);
}

void write_ledger_lines(std::ostream& out, const LedgerReport& report) {
  for (const LedgerEntry& entry : report.entries) {
    out << entry_json(entry).dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  }
}

void write_verdict_json(std::ostream& out, const LedgerVerdict& verdict) {
  Json document = report::json_document("oubli.ledger-verdict/1");
  document["sound"] = verdict.is_sound();
  document["entries"] = verdict.entries;
  document["first_broken"] = number_or_null(verdict.first_broken);
  document["first_without_keys"] = number_or_null(verdict.first_without_keys);
  document["keys"] = verdict.keys;
  document["head"] = verdict.head;
  if (!verdict.asked_head.empty()) document["asked_head_is"] = number_or_null(verdict.asked_head_is);
  report::write_json(out, document);
}

void write_key_json(std::ostream& out, const KeyReport& report) {
  Json document = report::json_document("oubli.ledger-key/1");
  document["table"] = report.table;
  document["in_config"] = report.is_in_config;
  document["kept_from"] = report.kept_from.empty() ? Json(nullptr) : Json(report.kept_from);
  document["found"] = report::list_of(report.lines, [](const KeyLine& line) {
    return Json{{"run", line.run},
                {"started_at", line.started_at},
                {"side", line.side},
                {"change", line.change},
                {"confirmed", line.is_confirmed}};
  });
  report::write_json(out, document);
}

void write_texts_json(std::ostream& out, const Approval& approval) {
  Json document = report::json_document("oubli.texts/1");
  document["approved_by"] = approval.approved_by;
  document["approved_at"] = approval.approved_at;
  document["texts"] = report::list_of(approval.texts, text_json);
  report::write_json(out, document);
}

}  // namespace oubli
