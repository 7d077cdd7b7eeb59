/// `oubli enforce`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/enforce.hpp"

#include <memory>

namespace oubli {

namespace {

struct EnforceOptions : CommonOptions, EnforceRequest {
  std::string as_of_text;
  std::int64_t oldest = 0;
  bool verbose = false;
};

// Off a terminal, cron mails whatever is printed: silence means that all is well.
bool is_worth_printing(const EnforceOptions& options, const Shell& shell, ExitCode code) {
  return options.format == "json" || options.verbose || shell.out_is_terminal || code != ExitCode::done;
}

// One line for cron's mail; the report says the rest.
void write_trouble(const RunReport& report, ExitCode code, Shell& shell) {
  if (code == ExitCode::done) return;
  write_failures(report, shell);
  shell.err << "oubli: error: run " << report.enforced->run << " is " << to_text(report.enforced->status)
            << (code == ExitCode::erasure_pending ? ", erasure pending" : "") << '\n';
}

ExitCode run_enforce(EnforceOptions options, Shell& shell) {
  const auto project = load_runnable(options, shell, Access::enforce);
  require_known(options.selection, project);
  options.as_of = as_of_day(options.as_of_text);
  if (options.oldest > 0) options.catch_up = options.oldest;
  const auto report = enforce(project, options, shell.now);
  const auto code = exit_code(report);
  if (is_worth_printing(options, shell, code)) {
    if (options.format == "json") {
      write_run_json(shell.out, report);
    } else {
      write_run_text(shell.out, report, style_of(shell));
    }
  }
  write_trouble(report, code, shell);
  return code;
}

}  // namespace

void register_enforce(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<EnforceOptions>();
  auto* command = app.add_subcommand("enforce", "Archive and purge what is due, and leave proof");
  command->footer(
      "Off a terminal it prints nothing when all is well.\n"
      "Examples:\n"
      "  oubli enforce\n"
      "  oubli enforce --catch-up 5000\n"
      "  oubli enforce --dataset crm --format json");
  add_config(*command, *options);
  add_as_of(*command, options->as_of_text);
  add_format(*command, *options);
  add_selection(*command, options->selection, WithPurpose::no);
  command->add_flag("--allow-share", options->allow_share, "Once: go over max_share");
  command->add_flag("--allow-records", options->allow_records, "Once: go over max_records");
  command->add_option("--catch-up", options->oldest, "Once: take only the N oldest of each table, whatever the limits")
      ->type_name("N")
      ->check(is_whole_number);
  command->add_flag("--accept-clock", options->accept_clock, "Once: the clock is right although it looks wrong");
  command->add_option("--operator", options->operated_by, "Who runs it; kept in the ledger")->type_name("NAME");
  command->add_flag("--verbose", options->verbose, "Print the report off a terminal, too");
  command->callback([options, &shell, &exit_code] { exit_code = run_enforce(*options, shell); });
}

}  // namespace oubli
