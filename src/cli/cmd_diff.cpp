/// `oubli diff`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/diff.hpp"

#include <memory>

namespace oubli {

namespace {

struct DiffOptions : CommonOptions, DiffRequest {
  std::string as_of_text;
  std::string before;
  std::string after;
};

Project runnable(const std::string& file, const std::filesystem::path& config, Shell& shell) {
  auto project = project_with(file, config);
  write_faults(project, shell);
  require_runnable(project);
  return project;
}

RuleDiff between(const DiffOptions& options, const Project& before, const Project& after, const Shell& shell) {
  auto found = diff(before, after, options, shell.now);
  found.before = options.before;
  found.after = options.after.empty() ? "the texts as they are" : options.after;
  return found;
}

RuleDiff rule_diff(const DiffOptions& options, Shell& shell) {
  const auto config = find_config(options.config);
  if (options.after.empty()) {
    const auto present = load_runnable(options, shell);
    if (options.before.empty()) return diff_from_approved(present, options, shell.now);
    return between(options, runnable(options.before, config, shell), present, shell);
  }
  return between(options, runnable(options.before, config, shell), runnable(options.after, config, shell), shell);
}

ExitCode run_diff(DiffOptions options, Shell& shell) {
  options.as_of = as_of_day(options.as_of_text);
  const auto found = rule_diff(options, shell);
  if (options.format == "json") {
    write_diff_json(shell.out, found);
  } else {
    write_diff_text(shell.out, found, style_of(shell));
  }
  for (const auto& diagnostic : found.diagnostics) write_diagnostic(shell.err, diagnostic, style_of(shell));
  return found.failed.empty() ? ExitCode::done : ExitCode::dataset;
}

}  // namespace

void register_diff(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<DiffOptions>();
  auto* command = app.add_subcommand("diff", "Show which rules changed, and which records that makes due or spares");
  command->footer(
      "Without a file it compares with what was approved.\n"
      "Examples:\n"
      "  oubli diff\n"
      "  oubli diff policies/crm-2025.yaml\n"
      "  oubli diff old/oubli.yaml new/oubli.yaml --as-of 2027-01-01");
  add_config(*command, *options);
  add_as_of(*command, options->as_of_text);
  add_format(*command, *options);
  add_selection(*command, options->selection, WithPurpose::no);
  command->add_option("BEFORE", options->before, "A policy or config to compare with, instead of what was approved");
  command->add_option("AFTER", options->after, "A policy or config in place of the present one");
  command->callback([options, &shell, &exit_code] { exit_code = run_diff(*options, shell); });
}

}  // namespace oubli
