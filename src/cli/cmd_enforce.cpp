/// `oubli enforce`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/interruption.hpp"
#include "cli/replaced_file.hpp"
#include "oubli/report/metrics.hpp"
#include "oubli/run/enforce.hpp"
#include "oubli/run/metrics.hpp"
#include "report/run_words.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

namespace oubli {

namespace {

constexpr int k_most_throttle = 95;

struct EnforceOptions : CommonOptions, EnforceRequest {
  std::string as_of_text;
  std::int64_t oldest = 0;
  std::string budget_text;
  std::string metrics;    ///< a file; empty: none
  std::string plan_file;  ///< a saved plan; empty: none
  bool verbose = false;
  bool syslog = false;
};

using SteadyTime = std::chrono::steady_clock::time_point;

// "90s", "30m", "2h".
std::optional<std::chrono::seconds> time_from(const std::string& text) {
  std::int64_t number = 0;
  const auto [unit, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view rest(unit, text.data() + text.size());
  constexpr std::int64_t k_most = 1'000'000;
  if (error != std::errc{} || number < 1 || number > k_most) return std::nullopt;
  if (rest == "s") return std::chrono::seconds(number);
  if (rest == "m") return std::chrono::minutes(number);
  if (rest == "h") return std::chrono::hours(number);
  return std::nullopt;
}

std::string is_span(const std::string& text) {
  return time_from(text) ? std::string{} : "'" + text + "' is no time: write it as 90s, 30m or 2h";
}

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

void write_metrics_file(const EnforceOptions& options, const Project& project, const std::optional<RunReport>& report,
                        ExitCode code, SteadyTime started, const Shell& shell) {
  if (options.metrics.empty()) return;
  auto metrics = metrics_of_state(project, shell.now);
  metrics.took = std::chrono::steady_clock::now() - started;
  metrics.ended += std::chrono::duration_cast<std::chrono::seconds>(metrics.took);
  metrics.exit_status = static_cast<int>(code);
  metrics.report = report;
  std::ostringstream text;
  write_metrics(text, metrics);
  replace_file(options.metrics, text.str());
}

std::string plan_text(const std::string& file) {
  const bool is_file = std::filesystem::is_regular_file(file);
  std::ifstream in(file, std::ios::binary);
  if (!is_file || !in) {
    throw Error(Cause::usage, "the plan " + file + " can't be read", "name a file that `oubli scan --save-plan` wrote");
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_log(const EnforceOptions& options, LogLevel level, const std::string& line, const Shell& shell) {
  if (options.syslog && shell.log) shell.log(level, line);
}

// A run that is refused as a whole must be seen by who watches the metrics or the log, too.
RunReport enforce_measured(const EnforceOptions& options, const Project& project, SteadyTime started, Shell& shell) {
  try {
    return enforce(project, options, shell.now);
  } catch (const Error& refusal) {
    write_log(options, LogLevel::warning, "no run: " + refusal.diagnostic().message, shell);
    try {
      write_metrics_file(options, project, std::nullopt, exit_code(refusal.cause()), started, shell);
    } catch (const Error& unwritten) {
      write_diagnostic(shell.err, unwritten.diagnostic(), style_of(shell));
    }
    throw;
  }
}

ExitCode run_enforce(EnforceOptions options, Shell& shell) {
  const auto project = load_runnable(options, shell, Access::enforce);
  require_known(options.selection, project);
  options.as_of = as_of_day(options.as_of_text);
  if (options.oldest > 0) options.catch_up = options.oldest;
  if (!options.plan_file.empty()) options.plan = plan_text(options.plan_file);
  if (!options.budget_text.empty()) options.time_budget = time_from(options.budget_text);
  const Interruption interruption;
  options.is_asked_to_stop = [&] { return interruption.has_come(); };
  const auto started = std::chrono::steady_clock::now();
  const auto report = enforce_measured(options, project, started, shell);
  const auto code = exit_code(report);
  write_log(options, code == ExitCode::done ? LogLevel::info : LogLevel::warning, report::log_words(report), shell);
  if (is_worth_printing(options, shell, code)) {
    if (options.format == "json") {
      write_run_json(shell.out, report);
    } else {
      write_run_text(shell.out, report, style_of(shell));
    }
  }
  write_trouble(report, code, shell);
  write_metrics_file(options, project, report, code, started, shell);
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
      "  oubli enforce --plan plan.txt\n"
      "  oubli enforce --time-budget 2h --throttle 50\n"
      "  oubli enforce --dataset crm --format json");
  add_config(*command, *options);
  add_as_of(*command, options->as_of_text);
  add_format(*command, *options);
  add_selection(*command, options->selection, WithPurpose::no);
  command->add_flag("--allow-share", options->allow_share, "Once: go over max_share");
  command->add_flag("--allow-records", options->allow_records, "Once: go over max_records");
  auto* const catch_up =
      command
          ->add_option("--catch-up", options->oldest, "Once: take only the N oldest of each table, whatever the limits")
          ->type_name("N")
          ->check(is_whole_number);
  command->add_option("--plan", options->plan_file, "Only the records of a plan that `scan --save-plan` kept")
      ->type_name("FILE")
      ->excludes(catch_up);
  command->add_option("--time-budget", options->budget_text, "Begin nothing more after this time")
      ->type_name("TIME")
      ->check(is_span);
  command->add_option("--throttle", options->throttle, "Pause for this share of the time, in percent")
      ->type_name("PERCENT")
      ->check(CLI::Range(1, k_most_throttle));
  command->add_flag("--accept-clock", options->accept_clock, "Once: the clock is right although it looks wrong");
  command->add_flag("--accept-lost-archive", options->accept_lost_archive,
                    "Once: archived records that are gone are lost for good");
  command->add_flag("--erase-now", options->erase_now, "Erase removed data from the files now, whatever `erasure` says");
  command->add_option("--operator", options->operated_by, "Who runs it; kept in the ledger")->type_name("NAME");
  add_threads(*command, options->threads);
  command->add_option("--metrics", options->metrics, "Write the run's figures for node_exporter's textfile collector")
      ->type_name("FILE");
  command->add_flag("--syslog", options->syslog, "Write one line to the system's log: what was done, and the ledger's head");
  command->add_flag("--verbose", options->verbose, "Print the report off a terminal, too");
  command->callback([options, &shell, &exit_code] { exit_code = run_enforce(*options, shell); });
}

}  // namespace oubli
