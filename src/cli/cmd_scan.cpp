/// `oubli scan`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/scan.hpp"

#include <algorithm>
#include <memory>
#include <optional>

namespace oubli {

namespace {

struct ScanOptions : CommonOptions {
  std::string as_of;
  Selection selection;
  bool records = false;
  bool exit_code = false;
  std::optional<unsigned> threads;
};

ExitCode run_scan(const ScanOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  require_known(options.selection, project);
  const auto report = scan(project, {as_of_day(options.as_of), options.selection, options.records, options.threads},
                           shell.now);
  if (options.format == "json") {
    write_run_json(shell.out, report);
  } else {
    write_run_text(shell.out, report, style_of(shell));
  }
  write_failures(report, shell);
  const bool is_due = std::ranges::any_of(report.tables, [](const TableLine& table) {
    return table.tally.to_change() > 0 || table.tally.outcomes[Outcome::flag] > 0;
  });
  return worse(exit_code(report), options.exit_code && is_due ? ExitCode::findings : ExitCode::done);
}

}  // namespace

void register_scan(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<ScanOptions>();
  auto* command = app.add_subcommand("scan", "Show what is due; change nothing");
  command->footer(
      "Examples:\n"
      "  oubli scan\n"
      "  oubli scan --as-of 2027-01-01 --table crm.contacts --records\n"
      "  oubli scan --format json --exit-code");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  add_format(*command, *options);
  add_selection(*command, options->selection, WithPurpose::yes);
  command->add_flag("--records", options->records, "List every record that isn't simply kept: key, outcome, reason");
  add_threads(*command, options->threads);
  command->add_flag("--exit-code", options->exit_code, "Exit with 1 when something is due");
  command->callback([options, &shell, &exit_code] { exit_code = run_scan(*options, shell); });
}

}  // namespace oubli
