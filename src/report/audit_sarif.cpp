// `audit` for tools that collect findings: SARIF 2.1.0 (OASIS). A finding without a line of its own stands at
// the config; where in the data it is, its logical location says.

#include "oubli/report/audit_report.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Json;

constexpr auto k_schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string rule_id(const AuditCheck& check) { return fmt::format("oubli-{}", check.number); }

/// "warning" where a check can only ask is said by each of its findings.
const char* level_of(CheckState state) { return state == CheckState::fail ? "error" : "warning"; }

Json rule_of(const AuditCheck& check) {
  return {{"id", rule_id(check)},
          {"name", check.name},
          {"shortDescription", {{"text", check.title}}},
          {"fullDescription", {{"text", fmt::format("{} ({})", check.title, check.legal)}}},
          {"properties", {{"legal", check.legal}, {"group", check.group}}}};
}

/// A path as part of a URI: what isn't plain is written as `%20`.
std::string uri_of(const std::filesystem::path& path) {
  constexpr std::string_view k_plain = "-._~/";
  std::string uri = path.is_absolute() ? "file://" : "";
  for (const char c : path.string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          k_plain.find(c) != std::string_view::npos;
    uri += is_plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return uri;
}

Json location_of(const FindingPlace& place, const std::filesystem::path& config) {
  const auto& where = place.where;
  const bool is_known = !where.file.empty();
  Json location = {{"physicalLocation", {{"artifactLocation", {{"uri", uri_of(is_known ? where.file : config)}}}}}};
  if (is_known && where.line > 0) {
    Json region = {{"startLine", where.line}};
    if (where.column > 0) region["startColumn"] = where.column;
    location["physicalLocation"]["region"] = std::move(region);
  }
  const std::string logical = in_words(place);
  if (!logical.empty()) location["logicalLocations"] = Json::array({Json{{"fullyQualifiedName", logical}}});
  return location;
}

Json result_of(const AuditReport& report, const AuditCheck& check, std::size_t rule, const AuditFinding& finding) {
  const std::string place = in_words(finding.place);
  Json result = {
      {"ruleId", rule_id(check)},
      {"ruleIndex", rule},
      {"level", level_of(finding.state)},
      {"message",
       {{"text", fmt::format("{}{}{}; {}", place, place.empty() ? "" : ": ", finding.message, finding.hint)}}},
      {"locations", Json::array({location_of(finding.place, report.config)})}};
  if (finding.accepted) {
    result["suppressions"] = Json::array({Json{
        {"kind", "external"},
        {"justification", fmt::format("{} (until {})", finding.accepted->reason, to_text(finding.accepted->until))}}});
  }
  return result;
}

Json results_of(const AuditReport& report) {
  Json results = Json::array();
  for (std::size_t i = 0; i < report.checks.size(); ++i) {
    for (const AuditFinding& finding : report.checks[i].findings) {
      results.push_back(result_of(report, report.checks[i], i, finding));
    }
  }
  return results;
}

/// What kept the audit from looking: a tool must not take its silence for a pass.
Json invocation_of(const AuditReport& report) {
  Json notifications = Json::array();
  for (const Diagnostic& diagnostic : report.diagnostics) {
    notifications.push_back({{"level", "error"}, {"message", {{"text", diagnostic.message}}}});
  }
  return {{"executionSuccessful", report.failed.empty()}, {"toolExecutionNotifications", std::move(notifications)}};
}

}  // namespace

void write_audit_sarif(std::ostream& out, const AuditReport& report) {
  const Json driver = {
      {"name", "oubli"}, {"version", OUBLI_VERSION}, {"rules", report::list_of(report.checks, rule_of)}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"invocations", Json::array({invocation_of(report)})},
                    {"columnKind", "unicodeCodePoints"},
                    {"results", results_of(report)}};
  const Json document = {{"$schema", k_schema}, {"version", "2.1.0"}, {"runs", Json::array({run})}};
  report::write_json(out, document);
}

}  // namespace oubli
