#include "oubli/run/project.hpp"

#include "oubli/policy/compile.hpp"
#include "oubli/policy/read.hpp"

#include <date/tz.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace oubli {

namespace {

std::optional<std::string> file_bytes(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes{std::istreambuf_iterator<char>(in), {}};
  return in.bad() ? std::nullopt : std::optional(std::move(bytes));
}

template <class T>
void add_diagnostics(Project& project, const Checked<T>& checked) {
  project.diagnostics.insert(project.diagnostics.end(), checked.diagnostics.begin(), checked.diagnostics.end());
}

// A config named relative to the working folder gets its policies named so, too.
std::filesystem::path as_named(const std::filesystem::path& file, const std::filesystem::path& config_file) {
  return config_file.is_absolute() ? file : std::filesystem::proximate(file);
}

void read_policies(Project& project, const std::filesystem::path& config_file) {
  for (std::size_t i = 0; i < project.config.policies.size(); ++i) {
    const auto& file = project.config.policies[i];
    auto text = file_bytes(file);
    if (!text) {
      Diagnostic missing;
      missing.code = "no-file";
      missing.where = project.config.policy_locations[i];
      missing.message = "the policy " + file.string() + " can't be read";
      missing.hint = "paths are relative to the config's folder";
      project.diagnostics.push_back(missing);
      continue;
    }
    auto policy = read_policy(std::move(*text), as_named(file, config_file));
    add_diagnostics(project, policy);
    if (policy.value) project.policies.push_back(std::move(*policy.value));
  }
}

LiveSchema live_schema(const DataSource& source, bool enforces_keys) {
  LiveSchema schema;
  for (const auto& table : source.schema()) {
    LiveTable live{table.name, {}, table.unique, table.is_plain_table, table.primary_key};
    for (const auto& column : table.columns) {
      live.columns.push_back(column.name);
      if (column.not_null) live.not_null.push_back(column.name);
      if (column.generated) live.generated.push_back(column.name);
    }
    schema.tables.push_back(std::move(live));
  }
  schema.foreign_keys = source.foreign_keys();
  schema.enforces_keys = enforces_keys;
  return schema;
}

// Opening a database to change it also rolls back what another program left unfinished in it.
std::unique_ptr<DataSource> open_for_schema(const DatasetConfig& dataset, Access access) {
  try {
    return open_source(dataset, Access::read);
  } catch (const Error&) {
    if (access == Access::read) throw;
    return open_source(dataset, access);
  }
}

// A dataset that isn't there is no fault of the config: its names just can't be checked now.
std::map<std::string, LiveSchema> live_schemas(Project& project, Access access) {
  std::map<std::string, LiveSchema> schemas;
  for (const auto& dataset : project.config.datasets) {
    if (dataset.kind == DatasetKind::external) continue;
    try {
      const auto source = open_for_schema(dataset, access);
      schemas.emplace(dataset.name, live_schema(*source, dataset.kind == DatasetKind::sqlite));
    } catch (const Error& error) {
      project.unreachable.emplace(dataset.name, error.diagnostic());
    }
  }
  return schemas;
}

Day civil_day(const std::string& zone, std::chrono::system_clock::time_point now) {
  return Day(date::floor<date::days>(date::locate_zone(zone)->to_local(now)).time_since_epoch());
}

}  // namespace

const Policy& Project::policy(const std::string& id) const { return *std::ranges::find(policies, id, &Policy::id); }

std::filesystem::path find_config(const std::filesystem::path& asked) {
  if (!asked.empty()) return asked;
  for (const auto* candidate : {"oubli.yaml", "/etc/oubli/oubli.yaml"}) {
    if (std::filesystem::exists(candidate)) return candidate;
  }
  throw Error(Cause::usage, "no config: neither ./oubli.yaml nor /etc/oubli/oubli.yaml is there",
              "name one with --config FILE");
}

Project load_project(const std::filesystem::path& config_file, Access access) {
  auto text = file_bytes(config_file);
  if (!text)
    throw Error(Cause::usage, "the config " + config_file.string() + " can't be read", "name it with --config FILE");
  Project project;
  project.config.file = config_file;
  auto config = read_config(std::move(*text), config_file);
  add_diagnostics(project, config);
  if (!config.value) return project;
  project.config = std::move(*config.value);
  read_policies(project, config_file);
  if (has_error(project.diagnostics)) return project;
  auto datasets = compile(project.policies, project.config, live_schemas(project, access));
  add_diagnostics(project, datasets);
  if (datasets.value) project.datasets = std::move(*datasets.value);
  return project;
}

void require_runnable(const Project& project) {
  if (has_error(project.diagnostics))
    throw Error(Cause::usage, "nothing is done: the policy or config has errors", "run `oubli check`");
  if (has_unsupported(project.diagnostics)) {
    throw Error(Cause::usage, "nothing is done: the policy or config asks for what this version can't do",
                "run `oubli check` and leave out what it marks not-supported");
  }
}

RunDays run_days(const Policy& policy, std::chrono::system_clock::time_point now, std::optional<Day> as_of) {
  const auto today = civil_day(policy.timezone, now);
  return {as_of.value_or(today), today};
}

std::map<std::string, RunDays> days_by_policy(const Project& project, std::chrono::system_clock::time_point now,
                                              std::optional<Day> as_of) {
  std::map<std::string, RunDays> days;
  for (const auto& policy : project.policies) days.emplace(policy.id, run_days(policy, now, as_of));
  return days;
}

}  // namespace oubli
