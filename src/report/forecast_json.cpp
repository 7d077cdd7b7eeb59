// `forecast` for a machine: `oubli.forecast/1`.

#include "oubli/report/forecast_report.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

namespace oubli {

namespace {

using report::Json;

Json to_json(const PolicyLine& policy) {
  return {{"policy", policy.policy},     {"version", policy.version},      {"controller", policy.controller},
          {"timezone", policy.timezone}, {"as_of", to_text(policy.as_of)}, {"digest", policy.digest}};
}

Json to_json(const DueCounts& counts) {
  return {{"archive", counts.archive},
          {"anonymise", counts.anonymise},
          {"purge", counts.purge},
          {"flag", counts.flag},
          {"stopped", counts.stopped}};
}

Json months_of(const std::map<date::year_month, DueCounts>& months) {
  Json result = Json::array();
  for (const auto& [month, counts] : months) {
    Json line = {
        {"month", fmt::format("{:04}-{:02}", static_cast<int>(month.year()), static_cast<unsigned>(month.month()))}};
    line.update(to_json(counts));
    result.push_back(std::move(line));
  }
  return result;
}

Json to_json(const ForecastLine& line) {
  return {{"dataset", line.dataset},         {"table", line.table},     {"policy", line.policy},
          {"side", to_text(line.side)},      {"purpose", line.purpose}, {"due_now", to_json(line.now)},
          {"months", months_of(line.months)}};
}

}  // namespace

void write_forecast_json(std::ostream& out, const ForecastReport& report) {
  Json document = report::json_document("oubli.forecast/1");
  document["config_digest"] = report.config_digest;
  document["policies"] = report::list_of(report.policies, [](const PolicyLine& line) { return to_json(line); });
  document["until"] = to_text(report.until);
  document["purposes"] = report::list_of(report.lines, [](const ForecastLine& line) { return to_json(line); });
  document["totals"] = {{"due_now", to_json(report.now())}, {"months", months_of(report.months())}};
  document["external"] = report.external;
  document["failed"] = report.failed;
  document["diagnostics"] = report::to_json(report.diagnostics);
  report::write_json(out, document);
}

}  // namespace oubli
