/// `oubli ledger show`, `verify`, `find`, `export`, `policy`, `certificate`, `prune`
#include "cli/commands.hpp"
#include "cli/common_options.hpp"
#include "oubli/run/ledger.hpp"

#include <memory>

namespace oubli {

namespace {

struct LedgerOptions : CommonOptions, LedgerSelection {
  std::int64_t most = 0;
  std::string head;
  std::string on;
  std::string table;
  std::string key;
  std::string before;
  std::string by;
};

/// Whatever is wrong with the texts of today, the proof of what was done can be read, as long as they
/// say where it is.
Project project_of(const LedgerOptions& options, Shell& shell) {
  auto project = load_project(find_config(options.config));
  return project.config.state.empty() ? load_runnable(options, shell) : project;
}

void run_show(LedgerOptions options, Shell& shell) {
  if (options.most > 0) options.last = options.most;
  const auto report = ledger(project_of(options, shell), options);
  if (options.format == "json") {
    write_ledger_json(shell.out, report);
  } else {
    write_ledger_text(shell.out, report, style_of(shell));
  }
}

ExitCode run_verify(const LedgerOptions& options, Shell& shell) {
  const auto verdict = verify_ledger(project_of(options, shell), options.head);
  if (options.format == "json") {
    write_verdict_json(shell.out, verdict);
  } else {
    write_verdict_text(shell.out, verdict, style_of(shell));
  }
  return verdict.is_sound() ? ExitCode::done : ExitCode::findings;
}

void run_policy(const LedgerOptions& options, Shell& shell) {
  const auto approval = texts_in_force(project_of(options, shell), as_of_day(options.on).value());
  if (options.format == "json") {
    write_texts_json(shell.out, approval);
  } else {
    write_texts_text(shell.out, approval);
  }
}

void run_find(const LedgerOptions& options, Shell& shell) {
  const auto key = key_parts(typed_value(options.key, shell));
  const auto report = find_in_ledger(project_of(options, shell), {options.table, key});
  if (options.format == "json") {
    write_key_json(shell.out, report);
  } else {
    write_key_text(shell.out, report, style_of(shell));
  }
}

void run_prune(const LedgerOptions& options, Shell& shell) {
  const PruneRequest request{as_of_day(options.before).value(), options.by};
  write_prune_text(shell.out, prune_ledger(project_of(options, shell), request, shell.now));
}

ExitCode run_certificate(const LedgerOptions& options, Shell& shell) {
  const auto written = certificate(project_of(options, shell), options.run);
  if (options.format == "json") {
    write_certificate_json(shell.out, written);
  } else {
    write_certificate_text(shell.out, written, style_of(shell));
  }
  return written.is_chain_sound ? ExitCode::done : ExitCode::findings;
}

CLI::App& add_part(CLI::App& command, const char* name, const char* what, LedgerOptions& options) {
  auto& part = *command.add_subcommand(name, what);
  add_config(part, options);
  return part;
}

}  // namespace

void register_ledger(CLI::App& app, Shell& shell, ExitCode& exit_code) {
  auto options = std::make_shared<LedgerOptions>();
  auto* command = app.add_subcommand("ledger", "Show, check and export the proof of what was done");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n"
      "  oubli ledger show --last 20\n"
      "  oubli ledger verify --head HASH\n"
      "  oubli ledger find crm.contacts 42\n"
      "  oubli ledger policy --on 2026-03-31\n"
      "  oubli ledger certificate 20261122T030012Z-1f3a9c04\n"
      "  oubli ledger prune --before 2024-01-01 --by 'Jane Doe'");

  auto& show = add_part(*command, "show", "List its entries", *options);
  add_format(show, *options);
  show.add_option("--run", options->run, "Those of one run alone")->type_name("ID");
  show.add_option("--last", options->most, "The last N alone")->type_name("N")->check(is_whole_number);
  show.add_flag("--reasons", options->with_reasons, "With the reasons that were given; free text, which may name a person");
  show.callback([options, &shell] { run_show(*options, shell); });

  auto& verify = add_part(*command, "verify", "Compute the chain again; exit with 1 when it was changed", *options);
  add_format(verify, *options);
  verify.add_option("--head", options->head, "A head printed earlier, which must be in the chain")->type_name("HASH");
  verify.callback([options, &shell, &exit_code] { exit_code = run_verify(*options, shell); });

  auto& find = add_part(*command, "find", "Say what runs did to the record with a key", *options);
  add_format(find, *options);
  find.add_option("TABLE", options->table, "dataset.table")->required();
  find.add_option("KEY", options->key, "Values of the key columns, separated by commas; `-`: from stdin")->required();
  find.callback([options, &shell] { run_find(*options, shell); });

  auto& lines = add_part(*command, "export", "Write every entry as one JSON object a line", *options);
  lines.callback([options, &shell] { write_ledger_lines(shell.out, ledger(project_of(*options, shell), {})); });

  auto& policy = add_part(*command, "policy", "Print the texts that were in force on a day", *options);
  add_format(policy, *options);
  policy.add_option("--on", options->on, "The day, YYYY-MM-DD")->type_name("DAY")->check(is_day)->required();
  policy.callback([options, &shell] { run_policy(*options, shell); });

  auto& certificate = add_part(*command, "certificate", "Say what a run destroyed, under what rules and how", *options);
  add_format(certificate, *options);
  certificate.add_option("RUN", options->run, "Its id, as the report and `ledger show` print it")->required();
  certificate.callback([options, &shell, &exit_code] { exit_code = run_certificate(*options, shell); });

  auto& prune = add_part(*command, "prune", "Drop digests of keys, and reasons, from before a day", *options);
  prune.add_option("--before", options->before, "The day, YYYY-MM-DD")->type_name("DAY")->check(is_day)->required();
  prune.add_option("--by", options->by, "Who orders it; kept in the ledger")
      ->type_name("NAME")
      ->check(is_one_line)
      ->required();
  prune.callback([options, &shell] { run_prune(*options, shell); });
}

}  // namespace oubli
