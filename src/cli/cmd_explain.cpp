/// `oubli explain`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/explain.hpp"

#include <memory>

namespace oubli {

namespace {

struct ExplainOptions : CommonOptions {
  std::string table;
  std::string key;
  std::int64_t row = 0;
  std::string as_of;
};

ExplainRequest request_of(const ExplainOptions& options, Shell& shell) {
  ExplainRequest request;
  request.table = options.table;
  request.as_of = as_of_day(options.as_of);
  if (options.row > 0) {
    request.row = options.row;
  } else if (!options.key.empty()) {
    request.key = key_parts(typed_value(options.key, shell));
  } else {
    throw Error(Cause::usage, "no record chosen", "give its key, or --row N");
  }
  return request;
}

ExitCode run_explain(const ExplainOptions& options, Shell& shell) {
  const auto project = load_runnable(options, shell);
  for (const auto& explanation : explain(project, request_of(options, shell), shell.now)) {
    if (options.format == "json") {
      write_explanation_json(shell.out, explanation);
    } else {
      write_explanation_text(shell.out, explanation, style_of(shell));
    }
  }
  return ExitCode::done;
}

}  // namespace

void register_explain(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<ExplainOptions>();
  auto* command = app.add_subcommand("explain", "Say of one record why it is kept, archived or purged");
  command->footer(
      "Examples:\n"
      "  oubli explain crm.contacts 42\n"
      "  oubli explain web.visits --row 17 --as-of 2027-01-01\n"
      "  oubli explain crm.members -          (the key is read from stdin)");
  add_config(*command, *options);
  add_as_of(*command, options->as_of);
  add_format(*command, *options);
  command->add_option("TABLE", options->table, "dataset.table")->required();
  command->add_option("KEY", options->key, "Values of the key columns, separated by commas; `-`: from stdin");
  command->add_option("--row", options->row, "Row number instead of a key")->type_name("N")->check(is_whole_number);
  command->callback([options, &shell, &exit_code] { exit_code = run_explain(*options, shell); });
}

}  // namespace oubli
