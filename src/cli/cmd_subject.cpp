/// `oubli subject`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/stop_orders.hpp"

#include <algorithm>
#include <array>
#include <memory>

namespace oubli {

namespace {

/// GDPR art. 18(1)(a) to (d), as `restrict` takes them.
struct Ground {
  const char* flag;
  const char* name;
  const char* description;
};
constexpr std::array k_grounds{
    Ground{"--accuracy-contested", "accuracy_contested", "The person contests its accuracy (art. 18(1)(a))"},
    Ground{"--unlawful", "unlawful", "It is unlawful, and the person wants no erasure (art. 18(1)(b))"},
    Ground{"--to-defend-claims", "to_defend_claims", "The person needs it for a legal claim (art. 18(1)(c))"},
    Ground{"--objection-pending", "objection_pending", "The person has objected, and it isn't decided (art. 18(1)(d))"},
};

struct SubjectOptions : CommonOptions, SubjectRequest {
  std::string subject_argument;
  std::array<bool, k_grounds.size()> grounds{};
  std::string wish;
  bool handed_over = false;
  bool withdrawn = false;
  bool all = false;
};

void read_subject(SubjectOptions& options, Shell& shell) {
  options.subject = typed_value(options.subject_argument, shell);
}

ExitCode report_added(const Project& project, const Stop& stop, Shell& shell) {
  write_stop_added_text(shell.out, coverage(project, stop, shell.now), style_of(shell));
  return ExitCode::done;
}

ExitCode report_ended(const std::vector<Stop>& ended, Shell& shell) {
  for (const auto& stop : ended) shell.out << title(stop) << ": ended; what it stopped is judged again by the next run\n";
  return ExitCode::done;
}

void read_ground(SubjectOptions& options) {
  for (std::size_t i = 0; i < k_grounds.size(); ++i) {
    if (!options.grounds[i]) continue;
    if (!options.ground.empty()) throw Error(Cause::usage, "a restriction has one ground", "add one for each");
    options.ground = k_grounds[i].name;
  }
  if (options.ground.empty()) {
    throw Error(Cause::usage, "a restriction needs its ground",
                "one of --accuracy-contested, --unlawful, --to-defend-claims, --objection-pending");
  }
}

ExitCode run_restrict(SubjectOptions options, Shell& shell) {
  read_ground(options);
  const auto project = load_runnable(options, shell);
  read_subject(options, shell);
  return report_added(project, add_for_subject(project, StopKind::restriction, options, shell.now), shell);
}

ExitCode run_unrestrict(SubjectOptions options, Shell& shell) {
  const auto project = load_for_state(options, shell);
  read_subject(options, shell);
  return report_ended(end_for_subject(project, StopKind::restriction, options, shell.now), shell);
}

// The wish stands all the same: until somebody decides what to do about it, the records stay.
void warn_of_unaccepted(const std::string& wish, const Project& project, Shell& shell) {
  for (const auto& policy : project.policies) {
    if (policy.directives.empty() || std::ranges::count(policy.directives, wish) > 0) continue;
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.code = "directive-not-accepted";
    warning.message = "policy " + policy.id + " doesn't accept directives to " + wish + "; it is recorded, and stops what is due";
    warning.hint = "see directives_after_death in the policy; --withdrawn ends the directive";
    write_diagnostic(shell.err, warning, style_of(shell));
  }
}

ExitCode run_deceased(SubjectOptions options, Shell& shell) {
  const int orders = static_cast<int>(!options.wish.empty()) + static_cast<int>(options.handed_over) +
                     static_cast<int>(options.withdrawn);
  if (orders != 1) {
    throw Error(Cause::usage, "say one thing about the directive", "one of --wish, --handed-over, --withdrawn");
  }
  const auto project = load_runnable(options, shell);
  read_subject(options, shell);
  if (!options.wish.empty()) {
    options.ground = options.wish;
    warn_of_unaccepted(options.wish, project, shell);
    return report_added(project, add_for_subject(project, StopKind::directive, options, shell.now), shell);
  }
  if (options.handed_over) options.ground = "communicate";
  return report_ended(end_for_subject(project, StopKind::directive, options, shell.now), shell);
}

ExitCode run_list(const SubjectOptions& options, Shell& shell) {
  const auto project = load_for_state(options, shell);
  auto stops = all_stops(project);
  std::erase_if(stops, [&](const Stop& stop) {
    return stop.kind == StopKind::legal_hold || (stop.lifting && !options.all);
  });
  if (options.format == "json") {
    write_stops_json(shell.out, stops, stop_day(project, shell.now));
  } else {
    write_stops_text(shell.out, stops, stop_day(project, shell.now), style_of(shell));
  }
  return ExitCode::done;
}

CLI::App* add_order(CLI::App& subject, const char* name, const char* description, SubjectOptions& options) {
  auto* command = subject.add_subcommand(name, description);
  add_config(*command, options);
  command->add_option("SUBJECT", options.subject_argument, "The value of its data subject column; `-`: from stdin")
      ->required();
  command->add_option("--by", options.by, "Who orders it; kept in the ledger")
      ->type_name("NAME")
      ->check(is_one_line)
      ->required();
  command->add_option("--reason", options.reason, "Why; shown by `hold show` alone")->type_name("TEXT")->check(is_one_line);
  return command;
}

void add_unreachable(CLI::App& command, SubjectOptions& options) {
  command.add_option("--unreachable", options.unreachable, "A dataset.table that it can't reach; may be repeated")
      ->type_name("NAME");
}

void register_restrict(CLI::App& subject, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<SubjectOptions>();
  auto* command = add_order(subject, "restrict", "Restrict the processing of a person's records (GDPR art. 18)", *options);
  command->footer("Example:\n  echo jane@example.org | oubli subject restrict - --to-defend-claims --by 'A. Martin'");
  for (std::size_t i = 0; i < k_grounds.size(); ++i) {
    command->add_flag(k_grounds[i].flag, options->grounds[i], k_grounds[i].description);
  }
  add_unreachable(*command, *options);
  command->callback([options, &shell, &exit_code] { exit_code = run_restrict(*options, shell); });
}

void register_unrestrict(CLI::App& subject, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<SubjectOptions>();
  auto* command = add_order(subject, "unrestrict", "End a person's restrictions, once the person was told", *options);
  command->callback([options, &shell, &exit_code] { exit_code = run_unrestrict(*options, shell); });
}

void register_deceased(CLI::App& subject, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<SubjectOptions>();
  auto* command = add_order(subject, "deceased", "Record or end a person's directive after death", *options);
  command->footer(
      "Examples:\n"
      "  echo jane@example.org | oubli subject deceased - --wish communicate --by 'A. Martin'\n"
      "  echo jane@example.org | oubli subject deceased - --handed-over --by 'A. Martin'");
  command->add_option("--wish", options->wish, "What the person wished for: keep, communicate")
      ->check(CLI::IsMember({"keep", "communicate"}))
      ->type_name("WISH");
  command->add_flag("--handed-over", options->handed_over, "What was to be communicated is handed over");
  command->add_flag("--withdrawn", options->withdrawn, "The directive doesn't hold, or no longer");
  add_unreachable(*command, *options);
  command->callback([options, &shell, &exit_code] { exit_code = run_deceased(*options, shell); });
}

void register_list(CLI::App& subject, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<SubjectOptions>();
  auto* command = subject.add_subcommand("list", "List restrictions and directives in force");
  add_config(*command, *options);
  add_format(*command, *options);
  command->add_flag("--all", options->all, "Those that have ended, too");
  command->callback([options, &shell, &exit_code] { exit_code = run_list(*options, shell); });
}

}  // namespace

void register_subject(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto* subject =
      app.add_subcommand("subject", "Orders about one person's records: restrict, unrestrict, deceased, list");
  subject->require_subcommand(1);
  register_restrict(*subject, shell, exit_code);
  register_unrestrict(*subject, shell, exit_code);
  register_deceased(*subject, shell, exit_code);
  register_list(*subject, shell, exit_code);
}

}  // namespace oubli
