/// `oubli rules`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"

#include <algorithm>
#include <memory>

namespace oubli {

namespace {

struct RulesOptions : CommonOptions {
  std::string as_of;
  Selection selection;
};

// The rules of the selected tables, of each only the selected purposes.
std::vector<RuledDataset> selected_rules(const Project& project, const Selection& selection) {
  std::vector<RuledDataset> selected;
  for (auto dataset : project.datasets) {
    std::erase_if(dataset.tables, [&](const RuledTable& table) { return !is_selected(selection, table); });
    for (auto& table : dataset.tables) {
      std::erase_if(table.rules.purposes, [&](const PurposeRule& rule) {
        return !selection.purposes.empty() && std::ranges::count(selection.purposes, rule.purpose) == 0;
      });
    }
    if (!dataset.tables.empty()) selected.push_back(std::move(dataset));
  }
  return selected;
}

// Every policy has days of its own: those of its timezone.
void write_sql(const RulesOptions& options, const Project& project, const std::vector<RuledDataset>& rules,
               Shell& shell) {
  for (const auto& policy : project.policies) {
    auto own = rules;
    std::erase_if(own, [&](const RuledDataset& dataset) { return dataset.config.policy != policy.id; });
    if (!own.empty()) write_rules_sql(shell.out, own, run_days(policy, shell.now, as_of_day(options.as_of)));
  }
}

ExitCode run_rules(const RulesOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  require_known(options.selection, project);
  const auto rules = selected_rules(project, options.selection);
  if (options.format == "json") {
    write_rules_json(shell.out, rules);
  } else if (options.format == "sql") {
    write_sql(options, project, rules, shell);
  } else {
    write_rules_text(shell.out, rules, style_of(shell));
  }
  return ExitCode::done;
}

}  // namespace

void register_rules(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<RulesOptions>();
  auto* command = app.add_subcommand("rules", "Print the compiled rules in plain words");
  command->footer(
      "Examples:\n"
      "  oubli rules\n"
      "  oubli rules --table contacts --format sql --as-of 2026-12-31");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  add_format(*command, *options, {"text", "sql", "json"});
  add_selection(*command, options->selection, WithPurpose::yes);
  command->callback([options, &shell, &exit_code] { exit_code = run_rules(*options, shell); });
}

}  // namespace oubli
