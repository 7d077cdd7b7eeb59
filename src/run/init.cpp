#include "oubli/run/init.hpp"

#include "model/ascii.hpp"
#include "oubli/policy/read.hpp"
#include "oubli/proposal/propose.hpp"
#include "proposal/name_words.hpp"
#include "run/init_sources.hpp"
#include "run/init_survey.hpp"
#include "run/new_files.hpp"
#include "run/project_texts.hpp"
#include "run/reference_shelf.hpp"

#include <date/tz.h>

#include <algorithm>
#include <set>
#include <utility>

namespace oubli {

namespace {

namespace fs = std::filesystem;

constexpr auto k_config = "oubli.yaml";
constexpr auto k_policy = "policy.yaml";
constexpr auto k_timezone = "Europe/Paris";

Guess<std::string> timezone_of(const InitOptions& options) {
  if (options.timezone.empty()) return {k_timezone, "the zone in which days begin and end"};
  try {
    static_cast<void>(date::locate_zone(options.timezone));
  } catch (const std::runtime_error&) {
    throw Error(Cause::usage, "there is no timezone " + options.timezone, "write it as Europe/Paris");
  }
  return {options.timezone, ""};
}

std::string policy_id(const InitOptions& options, const fs::path& folder) {
  if (!options.policy_id.empty()) {
    if (proposal::identifier_from(options.policy_id, "") == options.policy_id) return options.policy_id;
    throw Error(Cause::usage, "'" + options.policy_id + "' can't be the id of a policy",
                "write a letter, then letters, digits, _ and -, 64 at most");
  }
  const auto& name = options.controller.empty() ? folder.filename().string() : options.controller;
  return ascii_lower(proposal::identifier_from(name, "policy"));
}

void require_absent(const fs::path& file) {
  if (!fs::exists(fs::symlink_status(file))) return;
  throw Error(Cause::usage, file.string() + " is there already, and is left as it is",
              "write elsewhere with --output DIR, or move it away");
}

/// The path as the config is to name it: relative to its folder where that is no longer.
std::string as_named(const fs::path& file, const fs::path& folder) {
  const auto relative = file.lexically_relative(folder).string();
  const auto absolute = file.string();
  const auto& named = relative.empty() || relative.size() > absolute.size() ? absolute : relative;
  if (proposal::is_nameable(named)) return named;
  throw Error(Cause::dataset, "a source's path has characters that a config can't hold", "rename it, or its folder");
}

/// Names for datasets, each once.
class DatasetNames {
 public:
  std::string take(const fs::path& named) {
    const auto wanted = proposal::identifier_from(named.string(), "data");
    std::string name = wanted;
    for (int number = 2; !m_taken.insert(name).second; ++number) name = wanted + "_" + std::to_string(number);
    return name;
  }

 private:
  std::set<std::string> m_taken;
};

std::vector<LookedAtDataset> look_at(const FoundSources& found, const fs::path& folder, Day today) {
  DatasetNames names;
  std::vector<LookedAtDataset> datasets;
  for (const auto& file : found.databases) {
    auto dataset = look_at_database(names.take(file.stem()), file, today);
    dataset.path = as_named(file, folder);
    datasets.push_back(std::move(dataset));
  }
  for (const auto& csv : found.csv) {
    auto dataset = look_at_csv(names.take(csv.folder.filename()), csv, today);
    for (auto& [table, files] : dataset.files) files.files.glob = as_named(files.files.glob, folder);
    datasets.push_back(std::move(dataset));
  }
  return datasets;
}

/// The proposal read as every command reads it.
Project project_of(const InitReport& report, const std::string& config, const std::string& policy) {
  const auto texts = [&](const Config&, std::vector<Diagnostic>&) {
    return std::vector<PolicyText>{{report.policy, policy, references_for(report.policy)}};
  };
  return make_project(report.config, config, texts, Access::read);
}

}  // namespace

InitReport init(const InitOptions& options, std::chrono::system_clock::time_point now) {
  const auto folder = fs::absolute(options.folder).lexically_normal();
  const auto home = folder.has_filename() ? folder : folder.parent_path();
  InitReport report;
  report.config = options.folder / k_config;
  report.policy = options.folder / k_policy;
  require_absent(report.config);
  require_absent(report.policy);

  const auto timezone = timezone_of(options);
  const Day today(date::floor<date::days>(date::locate_zone(timezone.value)->to_local(now)).time_since_epoch());
  const auto datasets = look_at(find_sources(options.sources), home, today);
  report.proposal = propose(datasets, {policy_id(options, home), options.controller, timezone, today});
  const auto config = config_text(report.proposal, k_policy);
  const auto policy = policy_text(report.proposal);
  const auto project = project_of(report, config, policy);
  report.marks = review_marks(project.diagnostics).size();
  report.errors =
      static_cast<std::size_t>(std::ranges::count(project.diagnostics, Severity::error, &Diagnostic::severity));
  write_new_files({{report.policy, policy}, {report.config, config}});
  return report;
}

}  // namespace oubli
