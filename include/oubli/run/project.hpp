/// A config with its policies and its compiled rules: what every command starts from.
#pragma once

#include "oubli/engine/read_day.hpp"
#include "oubli/model/config.hpp"
#include "oubli/model/policy.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/policy/compile.hpp"
#include "oubli/source/data_source.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

struct Project {
  Config config;
  std::vector<Policy> policies;
  std::vector<RuledDataset> datasets;             ///< sqlite and csv ones, in the config's order
  std::vector<Diagnostic> diagnostics;            ///< of all files, errors included
  std::map<std::string, LiveSchema> schemas;      ///< by dataset: those that could be read
  std::map<std::string, Diagnostic> unreachable;  ///< by dataset: it could not be opened; its rules are unchecked

  [[nodiscard]] const Policy& policy(const std::string& id) const;
};

/// The config file to use: `asked` where given, else `./oubli.yaml`, else `/etc/oubli/oubli.yaml`.
/// Throws Error (Cause::usage) when there is none.
[[nodiscard]] std::filesystem::path find_config(const std::filesystem::path& asked);

/// Reads the config, its policies and the live schemas, and compiles. Faults are collected in
/// `diagnostics`; throws Error only when the config file itself can't be read. With
/// `Access::enforce` a transaction that another program left unfinished is rolled back first.
[[nodiscard]] Project load_project(const std::filesystem::path& config_file, Access access = Access::read);

/// Throws Error (Cause::usage) when a file has errors, or says something that has no effect in
/// this version: commands that read data would otherwise do less than the text promises.
void require_runnable(const Project& project);

/// As-of day and clock day in a policy's timezone. `as_of` absent: today.
[[nodiscard]] RunDays run_days(const Policy& policy, std::chrono::system_clock::time_point now,
                               std::optional<Day> as_of);

/// The same for every policy of a project, by its id.
[[nodiscard]] std::map<std::string, RunDays> days_by_policy(const Project& project,
                                                            std::chrono::system_clock::time_point now,
                                                            std::optional<Day> as_of);

}  // namespace oubli
