/// `oubli check`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/check.hpp"

#include <algorithm>
#include <memory>

namespace oubli {

namespace {

struct CheckOptions : CommonOptions {
  bool strict = false;
};

ExitCode run_check(const CheckOptions& options, Shell& shell) {
  const auto report = check(load_project(find_config(options.config)), shell.now);
  if (options.format == "json") {
    write_check_json(shell.out, report);
  } else {
    write_check_text(shell.out, report, style_of(shell));
  }
  if (has_error(report.diagnostics)) return ExitCode::usage;
  return options.strict && !report.diagnostics.empty() ? ExitCode::findings : ExitCode::done;
}

}  // namespace

void register_check(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<CheckOptions>();
  auto* command = app.add_subcommand("check", "Check policies and config; read no data");
  command->footer(
      "Examples:\n"
      "  oubli check\n"
      "  oubli check --config /etc/oubli/oubli.yaml --strict");
  add_config(*command, *options);
  add_format(*command, *options);
  command->add_flag("--strict", options->strict, "Exit with 1 when there are warnings");
  command->callback([options, &shell, &exit_code] { exit_code = run_check(*options, shell); });
}

}  // namespace oubli
