/// `oubli init`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/init.hpp"

#include <memory>

namespace oubli {

namespace {

ExitCode run_init(const InitOptions& options, Shell& shell) {
  write_init_text(shell.out, init(options, shell.now), style_of(shell));
  return ExitCode::done;
}

}  // namespace

void register_init(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<InitOptions>();
  auto* command = app.add_subcommand("init", "Propose a config and a policy for databases and CSV files");
  command->footer(
      "Examples:\n"
      "  oubli init crm.db\n"
      "  oubli init crm.db exports/ --controller 'Tea Shop' --output /etc/oubli\n"
      "  oubli init 'exports/visits-*.csv'");
  command->add_option("sources", options->sources, "A SQLite database, a CSV file, or a folder of them; any number")
      ->type_name("SOURCE")
      ->required();
  command->add_option("--output", options->folder, "Folder to write oubli.yaml and policy.yaml to")
      ->type_name("DIR")
      ->check(CLI::ExistingDirectory)
      ->capture_default_str();
  command->add_option("--controller", options->controller, "Who decides what the data is processed for")
      ->type_name("NAME")
      ->check(is_one_line);
  command->add_option("--policy-id", options->policy_id, "Id of the policy; default from --controller, else the folder")
      ->type_name("ID");
  command->add_option("--timezone", options->timezone, "Where days begin and end; default Europe/Paris")
      ->type_name("ZONE");
  command->callback([options, &shell, &exit_code] { exit_code = run_init(*options, shell); });
}

}  // namespace oubli
