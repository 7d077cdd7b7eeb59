/// `oubli hold`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/stop_orders.hpp"

#include <algorithm>
#include <memory>

namespace oubli {

namespace {

struct AddOptions : CommonOptions, HoldRequest {
  std::string from_text;
  std::string until_text;
  std::string subject_text;
};

struct ListOptions : CommonOptions {
  bool all = false;
};

struct OneOptions : CommonOptions {
  std::int64_t number = 0;
  std::string by;
  std::string reason;
};

ExitCode run_add(AddOptions options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  options.from = day_from_text(options.from_text);
  options.until = day_from_text(options.until_text);
  if (!options.subject_text.empty()) options.subject = typed_value(options.subject_text, shell);
  const auto stop = add_hold(project, options, shell.now);
  write_stop_added_text(shell.out, coverage(project, stop, shell.now), style_of(shell));
  return ExitCode::done;
}

ExitCode run_list(const ListOptions& options, Shell& shell) {
  const auto project = load_for_state(options, shell);
  const auto today = stop_day(project, shell.now);
  auto stops = all_stops(project);
  std::erase_if(stops, [&](const Stop& stop) {
    const bool is_over = stop.lifting || (stop.until && *stop.until < today);
    return stop.kind != StopKind::legal_hold || (is_over && !options.all);
  });
  if (options.format == "json") {
    write_stops_json(shell.out, stops, today);
  } else {
    write_stops_text(shell.out, stops, today, style_of(shell));
  }
  return ExitCode::done;
}

ExitCode run_show(const OneOptions& options, Shell& shell) {
  const auto project = load_for_state(options, shell);
  const auto stops = all_stops(project);
  const auto found = std::ranges::find(stops, options.number, &Stop::number);
  if (found == stops.end()) {
    throw Error(Cause::usage, "there is no hold " + std::to_string(options.number), "`oubli hold list` numbers them");
  }
  if (options.format == "json") {
    write_stop_json(shell.out, *found, stop_day(project, shell.now));
  } else {
    write_stop_text(shell.out, *found, stop_day(project, shell.now), style_of(shell));
  }
  return ExitCode::done;
}

ExitCode run_lift(const OneOptions& options, Shell& shell) {
  const auto stop = lift_hold(load_for_state(options, shell), options.number, options.by, options.reason, shell.now);
  shell.out << title(stop) << ": lifted; what it stopped is judged again by the next run\n";
  return ExitCode::done;
}

void register_add(CLI::App& hold, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<AddOptions>();
  auto* command = hold.add_subcommand("add", "Add a hold; in force when the command returns");
  command->footer(
      "It covers the records that satisfy every part of its scope.\n"
      "Examples:\n"
      "  oubli hold add --case 2026-17 --reason 'claim of a supplier' --by 'A. Martin' --table shop.invoices\n"
      "  oubli hold add --case 2026-18 --reason 'complaint' --by 'A. Martin' --subject -   (read from stdin)");
  add_config(*command, *options);
  command->add_option("--case", options->case_id, "The case, as reports name it; without a person's name")
      ->type_name("ID")
      ->check(is_one_line)
      ->required();
  add_author(*command, options->by, options->reason, "Why; shown by `hold show` alone");
  command->add_option("--from", options->from_text, "First day in force; default today")->type_name("DAY")->check(is_day);
  command->add_option("--until", options->until_text, "Last day in force; default until lifted")
      ->type_name("DAY")
      ->check(is_day);
  command->add_option("--dataset", options->dataset, "Only records of this dataset")->type_name("NAME");
  command->add_option("--table", options->table, "Only records of this table, or dataset.table")->type_name("NAME");
  command->add_option("--where", options->condition, "Only records for which this condition holds or is unknown")
      ->type_name("CONDITION");
  command->add_option("--subject", options->subject_text, "Only records of this data subject; `-`: from stdin")
      ->type_name("VALUE");
  command->add_option("--unreachable", options->unreachable, "A dataset.table that --subject can't reach; may be repeated")
      ->type_name("NAME");
  command->callback([options, &shell, &exit_code] { exit_code = run_add(*options, shell); });
}

void register_list(CLI::App& hold, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<ListOptions>();
  auto* command = hold.add_subcommand("list", "List the holds that are in force or will be");
  add_config(*command, *options);
  add_format(*command, *options);
  command->add_flag("--all", options->all, "Those that are over or lifted, too");
  command->callback([options, &shell, &exit_code] { exit_code = run_list(*options, shell); });
}

CLI::App* add_one(CLI::App& hold, const char* name, const char* description, OneOptions& options) {
  auto* command = hold.add_subcommand(name, description);
  add_config(*command, options);
  command->add_option("NUMBER", options.number, "Of the hold, as `hold list` shows it")->check(is_whole_number)->required();
  return command;
}

void register_show(CLI::App& hold, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<OneOptions>();
  auto* command = add_one(hold, "show", "Show one hold with its reason and its condition", *options);
  add_format(*command, *options);
  command->callback([options, &shell, &exit_code] { exit_code = run_show(*options, shell); });
}

void register_lift(CLI::App& hold, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<OneOptions>();
  auto* command = add_one(hold, "lift", "Lift one hold; the next run resumes what it stopped", *options);
  command->footer("Example:\n  oubli hold lift 3 --by 'A. Martin' --reason 'settled'");
  add_author(*command, options->by, options->reason, "Why; shown by `hold show` alone");
  command->callback([options, &shell, &exit_code] { exit_code = run_lift(*options, shell); });
}

}  // namespace

void register_hold(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto* hold = app.add_subcommand("hold", "Stop what is due while a claim or a duty lasts: add, list, show, lift");
  hold->require_subcommand(1);
  register_add(*hold, shell, exit_code);
  register_list(*hold, shell, exit_code);
  register_show(*hold, shell, exit_code);
  register_lift(*hold, shell, exit_code);
}

}  // namespace oubli
