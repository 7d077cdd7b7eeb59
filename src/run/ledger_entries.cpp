#include "run/ledger_entries.hpp"

#include <date/date.h>
#include <fmt/chrono.h>
#include <nlohmann/json.hpp>

#include <sstream>
#include <utility>

namespace oubli {

namespace {

// nlohmann::json keeps its keys sorted: the dump is canonical.
using Json = nlohmann::json;

std::string canonical(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json outcomes(const OutcomeCounts& counts) {
  auto json = Json::object();
  for (std::size_t i = 0; i < k_outcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    if (counts[outcome] != 0) json[std::string(to_text(outcome))] = counts[outcome];
  }
  return json;
}

Json policies(const RunReport& report) {
  auto json = Json::array();
  for (const auto& policy : report.policies) {
    json.push_back({{"policy", policy.policy}, {"digest", policy.digest}, {"as_of", to_text(policy.as_of)}});
    for (const auto& [id, digest] : policy.references) json.back()["references"][id] = digest;
  }
  return json;
}

Json allowances(const EnforceRequest& request) {
  auto json = Json::object();
  if (request.allow_share) json["allow_share"] = true;
  if (request.allow_records) json["allow_records"] = true;
  if (request.accept_clock) json["accept_clock"] = true;
  if (request.accept_lost_archive) json["accept_lost_archive"] = true;
  if (request.erase_now) json["erase_now"] = true;
  if (request.catch_up) json["catch_up"] = *request.catch_up;
  if (request.time_budget) json["time_budget_s"] = request.time_budget->count();
  return json;
}

std::string keyed_text(const Digest& digest) { return "hmac-sha256:" + to_hex(digest); }

std::string table_result(const TableLine& line) {
  if (line.refusal) return "refused: " + line.refusal->code;
  if (line.mode == TableMode::observe) return "observed";
  return line.applied && line.applied->remaining > 0 ? "incomplete" : "complete";
}

Json order_body(const ArchiveOrder& order) {
  return {{"dataset", order.dataset},
          {"table", order.table},
          {"policy", order.policy},
          {"by", order.by},
          {"version", OUBLI_VERSION}};
}

Json kept_keys(const std::vector<KeptKeys>& kept) {
  auto json = Json::array();
  for (const auto& table : kept) {
    json.push_back({{"dataset", table.dataset},
                    {"table", table.table},
                    {"side", table.side},
                    {"count", table.count},
                    {"digest", table.digest},
                    {"unconfirmed", table.unconfirmed}});
  }
  return json;
}

Json searched(const ResidueSearch& search) {
  return {{"values", search.searched}, {"found", search.found}, {"in_other_records", search.in_other_records}};
}

}  // namespace

std::string utc_text(std::chrono::system_clock::time_point time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

std::optional<std::chrono::system_clock::time_point> time_from_utc_text(const std::string& text) {
  std::istringstream in(text);
  date::sys_seconds time;
  in >> date::parse("%Y-%m-%dT%H:%M:%SZ", time);
  if (in.fail()) return std::nullopt;
  return std::chrono::system_clock::time_point(time);
}

LedgerDraft stopped_entry(const Stop& stop, std::span<const unsigned char> key) {
  const auto& scope = stop.scope;
  Json body = {{"stop", stop.number},
               {"kind", std::string(to_text(stop.kind))},
               {"case", stop.case_id},
               {"ground", stop.ground},
               {"by", stop.by},
               {"from", to_text(stop.from)},
               {"unreachable", scope.unreachable},
               {"version", OUBLI_VERSION}};
  if (!scope.dataset.empty()) body["dataset"] = scope.dataset;
  if (!scope.table.empty()) body["table"] = scope.table;
  if (stop.until) body["until"] = to_text(*stop.until);
  if (!scope.condition.empty()) body["condition"] = keyed_text(hmac_sha256(key, scope.condition));
  if (scope.subject) body["subject"] = keyed_text(*scope.subject);
  return {"stopped", {}, canonical(body), stop.added_at};
}

LedgerDraft lifted_entry(const Stop& stop, const StopLifting& lifting) {
  const Json body = {{"stop", stop.number},
                     {"kind", std::string(to_text(stop.kind))},
                     {"case", stop.case_id},
                     {"ground", stop.ground},
                     {"by", lifting.by},
                     {"version", OUBLI_VERSION}};
  return {"lifted", {}, canonical(body), lifting.lifted_at};
}

LedgerDraft shown_entry(const ArchiveOrder& order, std::int64_t records, std::span<const unsigned char> key,
                        std::chrono::system_clock::time_point now) {
  auto body = order_body(order);
  body["records"] = records;
  body["reason"] = keyed_text(hmac_sha256(key, order.reason));
  return {"shown", {}, canonical(body), utc_text(now)};
}

LedgerDraft restoring_entry(const ArchiveOrder& order, const std::string& run, std::span<const unsigned char> key,
                            std::chrono::system_clock::time_point now) {
  auto body = order_body(order);
  body["reason"] = keyed_text(hmac_sha256(key, order.reason));
  return {"restoring", run, canonical(body), utc_text(now)};
}

std::optional<std::vector<KeptKeys>> kept_keys_of(const LedgerEntry& entry) {
  if (entry.kind != "keys" && entry.kind != "cut_off") return std::nullopt;
  std::vector<KeptKeys> kept;
  try {
    const auto body = Json::parse(entry.body);
    for (const auto& table : body.at("tables")) {
      kept.push_back({table.at("dataset"), table.at("table"), table.at("side"), table.at("count"), table.at("digest"),
                      table.at("unconfirmed")});
    }
  } catch (const Json::exception&) {
    kept.clear();  // an entry that somebody changed: its hash tells
  }
  return kept;
}

std::optional<std::string> pruned_before(const LedgerEntry& entry) {
  if (entry.kind != "pruned") return std::nullopt;
  const auto body = Json::parse(entry.body, nullptr, false);
  return body.is_object() ? std::optional(body.value("before", "")) : std::nullopt;
}

LedgerDraft pruned_entry(Day before, const std::string& by, const State::Evidence& dropped,
                         std::chrono::system_clock::time_point now) {
  const Json body = {{"before", to_text(before)},
                     {"by", by},
                     {"keys", dropped.keys},
                     {"reasons", dropped.reasons},
                     {"version", OUBLI_VERSION}};
  return {"pruned", {}, canonical(body), utc_text(now)};
}

LedgerWriter::LedgerWriter(State& state, std::string run, std::chrono::system_clock::time_point now)
    : m_state(state), m_run(std::move(run)), m_time(utc_text(now)) {}

void LedgerWriter::append(const std::string& kind, const std::string& body) {
  m_head = m_state.append(kind, m_run, body, m_time).hash;
}

void LedgerWriter::started(const Project& project, const EnforceRequest& request, const RunReport& heading) {
  Json body = {{"version", OUBLI_VERSION},
               {"config", project.config.digest},
               {"policies", policies(heading)},
               {"operator", request.operated_by},
               {"allowed", allowances(request)}};
  if (!heading.enforced->plan.empty()) body["plan"] = heading.enforced->plan;
  append("started", canonical(body));
}

void LedgerWriter::table(const TableLine& line, const std::string& rules_digest) {
  const auto applied = line.applied.value_or(AppliedCounts{});
  Json body = {{"dataset", line.dataset},
               {"table", line.table},
               {"side", std::string(to_text(line.side))},
               {"policy", line.policy},
               {"rules", rules_digest},
               {"rows", line.tally.rows},
               {"outcomes", outcomes(line.tally.outcomes)},
               {"archived", applied.archived},
               {"purged", applied.purged},
               {"anonymised", applied.anonymised},
               {"minimised", applied.minimised},
               {"columns", applied.columns},
               {"minimised_there", applied.minimised_there},
               {"columns_there", applied.columns_there},
               {"minimise", line.tally.minimise},
               {"changed", applied.changed},
               {"remaining", applied.remaining},
               {"result", table_result(line)}};
  if (line.in_plan) {
    body["in_plan"] = *line.in_plan;
    body["not_in_plan"] = line.left_out;
  }
  append("table", canonical(body));
}

void LedgerWriter::failed(const std::string& name, const Diagnostic& diagnostic) {
  append("failed", canonical({{"name", name}, {"message", diagnostic.message}}));
}

void LedgerWriter::keys(const std::vector<KeptKeys>& kept) {
  if (!kept.empty()) append("keys", canonical({{"tables", kept_keys(kept)}}));
}

void LedgerWriter::cut_off(const std::string& run, const std::vector<KeptKeys>& kept) {
  m_head = m_state.append("cut_off", run, canonical({{"tables", kept_keys(kept)}, {"found_by", m_run}}), m_time).hash;
}

void LedgerWriter::finished(const RunReport& report) {
  auto erasure = Json::object();
  for (const auto& line : report.enforced->erasure) erasure[line.dataset] = line.done ? "done" : "pending";
  Json body = {{"status", std::string(to_text(report.enforced->status))},
               {"failed", report.failed},
               {"refused", report.refused},
               {"erasure", erasure}};
  for (const auto& line : report.enforced->erasure) {
    if (line.search != ResidueSearch{}) body["searched"][line.dataset] = searched(line.search);
  }
  if (!report.enforced->stopped_because.empty()) body["stopped"] = report.enforced->stopped_because;
  append("finished", canonical(body));
}

void LedgerWriter::refused(const Diagnostic& diagnostic) {
  append("refused", canonical({{"message", diagnostic.message}, {"version", OUBLI_VERSION}}));
}

void LedgerWriter::restored(const ArchiveOrder& order, const std::map<std::string, std::int64_t>& records,
                            const std::string& erasure_pending) {
  auto body = order_body(order);
  body["restored"] = records;
  body["erasure"] = erasure_pending.empty() ? "done" : "pending";
  append("restored", canonical(body));
}

void LedgerWriter::approved(const Approval& approval) {
  auto texts = Json::array();
  for (const auto& text : approval.texts) {
    texts.push_back({{"kind", text.kind}, {"name", text.name}, {"digest", text.digest}});
  }
  append("approved", canonical({{"by", approval.approved_by}, {"texts", texts}, {"version", OUBLI_VERSION}}));
}

}  // namespace oubli
