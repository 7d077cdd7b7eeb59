/// `oubli audit`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/report/audit_report.hpp"
#include "oubli/run/audit.hpp"

#include <memory>

namespace oubli {

namespace {

struct AuditOptions : CommonOptions {
  std::string as_of;
  Selection selection;
  std::vector<std::string> roots;
  std::string baseline;
  bool by_age = false;
};

AuditRequest request_of(const AuditOptions& options) {
  AuditRequest request;
  request.as_of = as_of_day(options.as_of);
  request.selection = options.selection;
  request.roots.assign(options.roots.begin(), options.roots.end());
  if (!options.baseline.empty()) request.baseline = options.baseline;
  request.by_age = options.by_age;
  return request;
}

void write_report(const AuditReport& report, const AuditOptions& options, Shell& shell) {
  if (options.format == "json") return write_audit_json(shell.out, report);
  if (options.format == "sarif") return write_audit_sarif(shell.out, report);
  write_audit_text(shell.out, report, style_of(shell));
}

// Policies or a config with errors are a finding here, and still wrong (I6).
ExitCode result_of(const AuditReport& report, const Project& project) {
  auto code = report.result() == CheckState::fail ? ExitCode::findings : ExitCode::done;
  if (!report.failed.empty()) code = worse(code, ExitCode::dataset);
  const bool is_runnable = !has_error(project.diagnostics) && !has_unsupported(project.diagnostics);
  return is_runnable ? code : worse(code, ExitCode::usage);
}

ExitCode run_audit(const AuditOptions& options, Shell& shell) {
  const auto project = load_project(find_config(options.config));
  write_faults(project, shell);
  if (!has_error(project.diagnostics)) require_known(options.selection, project);
  const auto report = audit(project, request_of(options), shell.now);
  write_report(report, options, shell);
  for (const auto& diagnostic : report.diagnostics) write_diagnostic(shell.err, diagnostic, style_of(shell));
  return result_of(report, project);
}

}  // namespace

void register_audit(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<AuditOptions>();
  auto* command = app.add_subcommand("audit", "Check whether the data obeys the policy, before the auditor does");
  command->footer(
      "Examples:\n"
      "  oubli audit\n"
      "  oubli audit --by-age --purpose prospecting\n"
      "  oubli audit --roots /srv --baseline known.yaml --format sarif >oubli.sarif");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  add_format(*command, *options, {"text", "json", "sarif"});
  add_selection(*command, options->selection, WithPurpose::yes);
  command->add_option("--roots", options->roots, "Look for databases and CSV files under this folder; may be repeated")
      ->type_name("DIR");
  command->add_option("--baseline", options->baseline, "Findings that are known and accepted until a day")
      ->type_name("FILE");
  command->add_flag("--by-age", options->by_age, "Add the records of each purpose by the year of their start");
  command->callback([options, &shell, &exit_code] { exit_code = run_audit(*options, shell); });
}

}  // namespace oubli
