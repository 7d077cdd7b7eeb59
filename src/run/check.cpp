#include "oubli/run/check.hpp"

#include <algorithm>

namespace oubli {

namespace {

Diagnostic warning(std::string code, SourceLocation where, std::string message, std::string hint) {
  Diagnostic diagnostic;
  diagnostic.severity = Severity::warning;
  diagnostic.code = std::move(code);
  diagnostic.where = std::move(where);
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

const DatasetConfig& dataset_config(const Project& project, const std::string& name) {
  return *std::ranges::find(project.config.datasets, name, &DatasetConfig::name);
}

std::vector<CheckReport::PolicySummary::Taken> taken_by(const Policy& policy) {
  std::vector<CheckReport::PolicySummary::Taken> taken;
  for (const auto& purpose : policy.purposes) {
    if (purpose.taken) taken.push_back({purpose.name, *purpose.taken});
  }
  return taken;
}

}  // namespace

CheckReport check(const Project& project, std::chrono::system_clock::time_point now) {
  CheckReport report;
  report.config = project.config.file;
  report.diagnostics = project.diagnostics;
  for (const auto& [name, why] : project.unreachable) {
    report.diagnostics.push_back(warning("unreachable", dataset_config(project, name).where,
                                         name + " can't be opened, so its names are unchecked: " + why.message,
                                         "check again where the data is"));
  }
  for (const auto& policy : project.policies) {
    if (policy.in_force_from > run_days(policy, now, std::nullopt).clock) {
      report.diagnostics.push_back(warning("not-in-force", {policy.file, 0, 0, 1},
                                           policy.id + " is in force from " + to_text(policy.in_force_from) + " only",
                                           "`oubli enforce` refuses it until then"));
    }
    report.policies.push_back(
        {policy.id, policy.file, policy.purposes.size(), policy.assumptions, taken_by(policy)});
  }
  for (const auto& dataset : project.datasets) report.tables += dataset.tables.size();
  return report;
}

}  // namespace oubli
