/// `oubli scan`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "cli/replaced_file.hpp"
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
  std::string plan;  ///< a file; empty: none
  std::optional<unsigned> threads;
};

// A reader of JSON looks for nothing after it.
void write_plan(const ScanOptions& options, const std::optional<SavedPlanText>& plan, Shell& shell) {
  if (options.plan.empty()) return;
  if (!plan) {
    shell.err << "oubli: error: no plan was saved, for not all could be read\n"
                 "hint: mend it, or choose by --dataset what to make a plan of\n";
    return;
  }
  replace_private_file(options.plan, plan->text);
  if (options.format == "json") return;
  shell.out << "plan of " << plan->records << (plan->records == 1 ? " record" : " records") << " saved to " << options.plan
            << ", good until " << plan->good_until << '\n';
}

ExitCode run_scan(const ScanOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  require_known(options.selection, project);
  ScanRequest request{as_of_day(options.as_of), options.selection, options.records, options.threads};
  std::optional<SavedPlanText> plan;
  if (!options.plan.empty()) request.save_plan = [&](const SavedPlanText& made) { plan = made; };
  const auto report = scan(project, request, shell.now);
  if (options.format == "json") {
    write_run_json(shell.out, report);
  } else {
    write_run_text(shell.out, report, style_of(shell));
  }
  write_failures(report, shell);
  write_plan(options, plan, shell);
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
      "  oubli scan --save-plan plan.txt\n"
      "  oubli scan --format json --exit-code");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  add_format(*command, *options);
  auto* const purpose = add_selection(*command, options->selection, WithPurpose::yes);
  command->add_flag("--records", options->records, "List every record that isn't simply kept: key, outcome, reason");
  command->add_option("--save-plan", options->plan, "Keep what is due in FILE, for `enforce --plan` once it is reviewed")
      ->type_name("FILE")
      ->excludes(purpose);
  add_threads(*command, options->threads);
  command->add_flag("--exit-code", options->exit_code, "Exit with 1 when something is due");
  command->callback([options, &shell, &exit_code] { exit_code = run_scan(*options, shell); });
}

}  // namespace oubli
