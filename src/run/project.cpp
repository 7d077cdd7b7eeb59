#include "oubli/run/project.hpp"

#include "oubli/policy/compile.hpp"
#include "run/project_texts.hpp"

#include <date/tz.h>

#include <algorithm>

namespace oubli {

namespace {

template <class T>
void add_diagnostics(Project& project, const Checked<T>& checked) {
  project.diagnostics.insert(project.diagnostics.end(), checked.diagnostics.begin(), checked.diagnostics.end());
}

void add_new_diagnostics(Project& project, const FoundReference& found) {
  for (const auto& diagnostic : found.read.diagnostics) {
    const auto is_same = [&](const Diagnostic& other) {
      return other.where == diagnostic.where && other.code == diagnostic.code;
    };
    if (std::ranges::none_of(project.diagnostics, is_same)) project.diagnostics.push_back(diagnostic);
  }
}

// An approval knows a reference by its id: one project has one text of each.
void require_same_reference(Project& project, const Policy& policy, const UsedReference& used) {
  for (const auto& earlier : project.policies) {
    for (const auto& other : earlier.references) {
      if (other.id != used.id || other.digest == used.digest) continue;
      Diagnostic differs;
      differs.code = "reference-differs";
      differs.where = {policy.file, 0, 0, 1};
      differs.message = "this policy takes another text as reference " + used.id + " than " + earlier.file.string();
      differs.hint = "let both policies find the same file";
      project.diagnostics.push_back(differs);
    }
  }
}

void add_policy(Project& project, PolicyText text) {
  for (const auto& found : text.references) add_new_diagnostics(project, found);
  auto policy = read_policy(std::move(text.text), text.file, text.references);
  add_diagnostics(project, policy);
  if (!policy.value) return;
  for (const auto& used : policy.value->references) require_same_reference(project, *policy.value, used);
  project.policies.push_back(std::move(*policy.value));
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

Project make_project(const std::filesystem::path& file, std::string config_text, const PolicyTexts& policies,
                     Access access) {
  Project project;
  project.config.file = file;
  auto config = read_config(std::move(config_text), file);
  add_diagnostics(project, config);
  if (!config.value) return project;
  project.config = std::move(*config.value);
  for (auto& text : policies(project.config, project.diagnostics)) add_policy(project, std::move(text));
  if (has_error(project.diagnostics)) return project;
  project.schemas = live_schemas(project, access);
  auto datasets = compile(project.policies, project.config, project.schemas);
  add_diagnostics(project, datasets);
  if (datasets.value) project.datasets = std::move(*datasets.value);
  return project;
}

Project load_project(const std::filesystem::path& config_file, Access access) {
  auto text = file_bytes(config_file);
  if (!text)
    throw Error(Cause::usage, "the config " + config_file.string() + " can't be read", "name it with --config FILE");
  return make_project(config_file, std::move(*text), policies_on_disk, access);
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
