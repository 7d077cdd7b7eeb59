#include "cli/common_options.hpp"

#include "oubli/policy/read.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace oubli {

namespace {

void require_one_of(const std::vector<std::string>& asked, const std::vector<std::string>& known, const char* what) {
  for (const auto& name : asked) {
    if (std::ranges::count(known, name) > 0) continue;
    const auto near = nearest_word(name, known);
    throw Error(Cause::usage, fmt::format("the config has no {} {}", what, name),
                near.empty() ? fmt::format("it has {}", fmt::join(known, ", ")) : "did you mean " + near + "?");
  }
}

}  // namespace

// Warnings of a project that runs were told by `check`.
void write_faults(const Project& project, Shell& shell) {
  if (!has_error(project.diagnostics) && !has_unsupported(project.diagnostics)) return;
  for (const auto& diagnostic : project.diagnostics) write_diagnostic(shell.err, diagnostic, style_of(shell));
}

void add_config(CLI::App& command, CommonOptions& options) {
  command.add_option("--config", options.config, "Config file; default ./oubli.yaml, then /etc/oubli/oubli.yaml")
      ->type_name("FILE");
}

void add_format(CLI::App& command, CommonOptions& options, const std::vector<std::string>& formats) {
  command.add_option("--format", options.format, fmt::format("How to print: {}", fmt::join(formats, ", ")))
      ->check(CLI::IsMember(formats))
      ->type_name("FORMAT")
      ->capture_default_str();
}

void add_as_of(CLI::App& command, std::string& as_of) {
  command.add_option("--as-of", as_of, "Day to judge by, YYYY-MM-DD; default today")
      ->type_name("DAY")
      ->check(is_day);
}

void add_threads(CLI::App& command, std::optional<unsigned>& threads) {
  command.add_option("--threads", threads, "How many threads read at once; default as many as there are cores")
      ->type_name("N")
      ->check(is_whole_number);
}

std::optional<Day> as_of_day(const std::string& as_of) { return day_from_text(as_of); }

CLI::Option* add_selection(CLI::App& command, Selection& selection, WithPurpose with_purpose) {
  command.add_option("--policy", selection.policies, "Only what is under this policy; may be repeated")->type_name("ID");
  command.add_option("--dataset", selection.datasets, "Only this dataset; may be repeated")->type_name("NAME");
  command.add_option("--table", selection.tables, "Only this table, or dataset.table; may be repeated")
      ->type_name("NAME");
  if (with_purpose == WithPurpose::no) return nullptr;
  return command.add_option("--purpose", selection.purposes, "Only this purpose; may be repeated")->type_name("NAME");
}

std::string is_day(const std::string& text) {
  return day_from_text(text) ? std::string{} : "'" + text + "' is no day: write it as 2026-11-21";
}

std::string is_one_line(const std::string& text) {
  const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7F; };
  const bool is_blank = text.find_first_not_of(' ') == std::string::npos;
  return is_blank || std::ranges::any_of(text, is_control) ? "write it on one line" : "";
}

void add_author(CLI::App& command, std::string& by, std::string& reason, const std::string& what_becomes_of_reason) {
  command.add_option("--by", by, "Who orders it; kept in the ledger")->type_name("NAME")->check(is_one_line)->required();
  command.add_option("--reason", reason, what_becomes_of_reason)->type_name("TEXT")->check(is_one_line)->required();
}

std::vector<std::string> key_parts(const std::string& key) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (auto comma = key.find(','); comma != std::string::npos; comma = key.find(',', begin)) {
    parts.push_back(key.substr(begin, comma - begin));
    begin = comma + 1;
  }
  parts.push_back(key.substr(begin));
  return parts;
}

std::string typed_value(const std::string& argument, Shell& shell) {
  if (argument != "-") return argument;
  std::string line;
  std::getline(shell.in, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string is_whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc{} && end == text.data() + text.size() && number > 0;
  return is_whole ? std::string{} : "'" + text + "' is no whole number from 1";
}

void require_known(const Selection& selection, const Project& project) {
  std::vector<std::string> datasets;
  std::vector<std::string> tables;
  std::vector<std::string> purposes;
  std::vector<std::string> policies;
  for (const auto& dataset : project.datasets) {
    datasets.push_back(dataset.config.name);
    for (const auto& table : dataset.tables) {
      tables.push_back(table.rules.table);
      tables.push_back(dataset.config.name + "." + table.rules.table);
    }
  }
  for (const auto& policy : project.policies) {
    policies.push_back(policy.id);
    for (const auto& purpose : policy.purposes) purposes.push_back(purpose.name);
  }
  require_one_of(selection.policies, policies, "policy");
  require_one_of(selection.datasets, datasets, "dataset");
  require_one_of(selection.tables, tables, "table");
  require_one_of(selection.purposes, purposes, "purpose");
}

Project load_runnable(const CommonOptions& options, Shell& shell, Access access) {
  auto project = load_project(find_config(options.config), access);
  write_faults(project, shell);
  require_runnable(project);
  return project;
}

Project load_for_state(const CommonOptions& options, Shell& shell) {
  auto project = load_project(find_config(options.config));
  if (!project.config.state.empty()) return project;
  write_faults(project, shell);
  require_runnable(project);
  return project;
}

void write_failures(const RunReport& report, Shell& shell) {
  for (const auto& diagnostic : report.diagnostics) {
    if (diagnostic.severity == Severity::error) write_diagnostic(shell.err, diagnostic, style_of(shell));
  }
}

Style style_of(const Shell& shell) { return {shell.colour, shell.columns}; }

}  // namespace oubli
