/// `oubli forecast`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/report/forecast_report.hpp"
#include "oubli/run/forecast.hpp"

#include <memory>

namespace oubli {

namespace {

struct ForecastOptions : CommonOptions {
  std::string as_of;
  std::string until;
  Selection selection;
};

ExitCode run_forecast(const ForecastOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  require_known(options.selection, project);
  const auto report =
      forecast(project, {as_of_day(options.as_of), day_from_text(options.until), options.selection}, shell.now);
  if (options.format == "json") {
    write_forecast_json(shell.out, report);
  } else {
    write_forecast_text(shell.out, report, style_of(shell));
  }
  for (const auto& diagnostic : report.diagnostics) write_diagnostic(shell.err, diagnostic, style_of(shell));
  return report.failed.empty() ? ExitCode::done : ExitCode::dataset;
}

}  // namespace

void register_forecast(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<ForecastOptions>();
  auto* command = app.add_subcommand("forecast", "Show what becomes due in the months to come");
  command->footer(
      "Examples:\n"
      "  oubli forecast\n"
      "  oubli forecast --until 2031-12-31 --purpose accounting\n"
      "  oubli forecast --format json");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  command->add_option("--until", options->until, "The last day, YYYY-MM-DD; default the end of the 24th month to come")
      ->type_name("DAY")
      ->check(is_day);
  add_format(*command, *options);
  add_selection(*command, options->selection, WithPurpose::yes);
  command->callback([options, &shell, &exit_code] { exit_code = run_forecast(*options, shell); });
}

}  // namespace oubli
