/// `oubli`, `oubli status`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/status.hpp"

#include <algorithm>
#include <memory>

namespace oubli {

namespace {

struct StatusOptions : CommonOptions {
  std::string as_of;
  Selection selection;
};

ExitCode run_status(const StatusOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  require_known(options.selection, project);
  const auto report = status(project, shell.now, as_of_day(options.as_of), options.selection);
  if (options.format == "json") {
    write_status_json(shell.out, report);
  } else {
    write_status_text(shell.out, report, style_of(shell));
  }
  const auto has_failed = [](const StatusReport::DatasetStatus& dataset) { return !dataset.failure.empty(); };
  return std::ranges::any_of(report.datasets, has_failed) ? ExitCode::dataset : ExitCode::done;
}

}  // namespace

void register_status(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<StatusOptions>();
  auto* command = app.add_subcommand("status", "Show where things stand; what `oubli` alone does");
  command->footer("Examples:\n  oubli\n  oubli status --format json");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  add_format(*command, *options);
  add_selection(*command, options->selection, WithPurpose::no);
  command->callback([options, &shell, &exit_code] { exit_code = run_status(*options, shell); });
}

}  // namespace oubli
