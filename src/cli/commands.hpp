/// The table of commands: what `oubli` can do, in the order of its help.
#pragma once

#include "cli/exit_code.hpp"
#include "oubli/run/shell.hpp"

#include <CLI/CLI.hpp>

#include <span>

namespace oubli {

/// One command: `register_options` declares it on the app; when it is chosen, its callback runs it
/// and leaves the result in `exit_code`.
struct Command {
  const char* name;
  void (*register_options)(CLI::App& app, Shell& shell, ExitCode& exit_code);
};

[[nodiscard]] std::span<const Command> commands();

void register_status(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_init(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_check(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_rules(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_scan(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_complete(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_completions(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_diff(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_approve(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_enforce(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_explain(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_archive(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_audit(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_ledger(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_forecast(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_hold(CLI::App& app, Shell& shell, ExitCode& exit_code);
void register_subject(CLI::App& app, Shell& shell, ExitCode& exit_code);

}  // namespace oubli
