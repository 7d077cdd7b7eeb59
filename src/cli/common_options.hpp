/// Options that several commands share, and what they stand for.
#pragma once

#include "oubli/report/report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"
#include "oubli/run/shell.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>
#include <vector>

namespace oubli {

/// `--config`, `--format`.
struct CommonOptions {
  std::string config;
  std::string format = "text";
};
void add_config(CLI::App& command, CommonOptions& options);
void add_format(CLI::App& command, CommonOptions& options, const std::vector<std::string>& formats = {"text", "json"});

/// `--as-of`, checked by the parser.
void add_as_of(CLI::App& command, std::string& as_of);
[[nodiscard]] std::optional<Day> as_of_day(const std::string& as_of);

/// `--threads`
void add_threads(CLI::App& command, std::optional<unsigned>& threads);

/// A check for options that take a day.
[[nodiscard]] std::string is_day(const std::string& text);

/// `--policy`, `--dataset`, `--table` and, where asked for, `--purpose`.
enum class WithPurpose { no, yes };
/// Returns `--purpose`, or null.
CLI::Option* add_selection(CLI::App& command, Selection& selection, WithPurpose with_purpose);

/// A check for options that take a whole number from 1.
[[nodiscard]] std::string is_whole_number(const std::string& text);

/// A check for a name or a reason that a person can read in a list or the ledger.
[[nodiscard]] std::string is_one_line(const std::string& text);

/// `--by`, `--reason`: who orders something, and why; both are required.
void add_author(CLI::App& command, std::string& by, std::string& reason, const std::string& what_becomes_of_reason);

/// The values of a key as they are typed, separated by commas.
[[nodiscard]] std::vector<std::string> key_parts(const std::string& key);

/// A value that may be personal: `-` is read from stdin, so that it stays out of the shell's history and `ps`.
[[nodiscard]] std::string typed_value(const std::string& argument, Shell& shell);

/// The project of a command that looks at the state alone. Throws Error (Cause::usage) when the config doesn't
/// say where that is.
[[nodiscard]] Project load_for_state(const CommonOptions& options, Shell& shell);

/// Throws Error (Cause::usage) when a selected name isn't in the config.
void require_known(const Selection& selection, const Project& project);

/// The faults of a project that can't be run, so that a person sees why, to `shell.err`.
void write_faults(const Project& project, Shell& shell);

/// Loads the project and writes its errors and warnings to `shell.err`. Throws Error
/// (Cause::usage) when it can't be run.
[[nodiscard]] Project load_runnable(const CommonOptions& options, Shell& shell, Access access = Access::read);

/// Why datasets or tables could not be read or changed, to `shell.err`.
void write_failures(const RunReport& report, Shell& shell);

[[nodiscard]] Style style_of(const Shell& shell);

}  // namespace oubli
