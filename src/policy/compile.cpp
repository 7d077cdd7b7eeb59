/// From checked policies, a config and the live schemas to compiled rules.
#include "oubli/policy/compile.hpp"

#include "policy/check_rewriting.hpp"
#include "policy/compile_relations.hpp"
#include "policy/compile_rewriting.hpp"
#include "policy/compile_rules.hpp"
#include "policy/compile_subjects.hpp"
#include "policy/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace oubli {

namespace {

std::vector<std::string> policy_ids(const std::vector<Policy>& policies) {
  std::vector<std::string> ids;
  for (const auto& policy : policies) ids.push_back(policy.id);
  return ids;
}

const Policy* find_policy(const std::vector<Policy>& policies, const DatasetConfig& dataset,
                          CompilerFindings& findings) {
  if (dataset.policy.empty() && policies.size() == 1) return &policies.front();
  if (dataset.policy.empty()) {
    findings.error(dataset.where, "missing-key",
                   fmt::format("dataset '{}' doesn't say under which policy it is", dataset.name),
                   fmt::format("add 'policy: …', one of {}", joined(policy_ids(policies))));
    return nullptr;
  }
  const auto found =
      std::find_if(policies.begin(), policies.end(), [&](const Policy& policy) { return policy.id == dataset.policy; });
  if (found != policies.end()) return &*found;
  findings.error(dataset.policy_where, "undeclared", fmt::format("no policy has the id '{}'", dataset.policy),
                 suggestion(dataset.policy, policy_ids(policies)));
  return nullptr;
}

/// The place in the config that names a policy's file.
SourceLocation place_of(const Config& config, const Policy& policy) {
  const auto file = std::filesystem::absolute(policy.file).lexically_normal();
  const auto found = std::find(config.policies.begin(), config.policies.end(), file);
  const auto index = static_cast<std::size_t>(found - config.policies.begin());
  if (index < config.policy_locations.size()) return config.policy_locations[index];
  return {config.file, 1, 1, 1};
}

void check_policy_ids(const std::vector<Policy>& policies, const Config& config, CompilerFindings& findings) {
  std::set<std::string> seen;
  for (const auto& policy : policies) {
    if (seen.insert(policy.id).second) continue;
    findings.error(place_of(config, policy), "duplicate", fmt::format("two policies have the id '{}'", policy.id),
                   "name one version of a policy only");
  }
}

/// Compiles one dataset.
class DatasetCompiler {
 public:
  DatasetCompiler(const DatasetConfig& config, const DatasetScope& scope) : m_config(config), m_scope(scope) {}

  RuledDataset run() {
    RuledDataset dataset;
    dataset.config = m_config;
    dataset.foreign_keys_unknown = m_config.kind == DatasetKind::sqlite && m_scope.names.schema() == nullptr;
    dataset.config.policy = m_scope.policy.id;
    dataset.config.tables = resolve_tables();
    resolve_free_tables(dataset.config);
    dataset.relations = compile_relations(m_scope, dataset.config.tables);
    resolve_tables_between(m_scope, dataset.config.tables, dataset.relations);
    dataset.tables = compile_tables(dataset.config.tables);
    compile_rewriting(dataset);
    return dataset;
  }

 private:
  std::vector<TableConfig> resolve_tables() {
    std::vector<TableConfig> tables;
    for (const auto& table : m_config.tables) {
      m_scopes.push_back(find_table(m_scope, table.name, table.where));
      tables.push_back(resolve_names(m_scopes.back(), table));
      if (is_named_before(tables)) {
        m_scope.findings.error(table.where, "duplicate", fmt::format("table '{}' is there twice", tables.back().name),
                               "keep one of them");
      }
    }
    return tables;
  }

  [[nodiscard]] bool is_named_before(const std::vector<TableConfig>& tables) const {
    return std::any_of(tables.begin(), tables.end() - 1,
                       [&](const TableConfig& other) { return m_scope.names.same(other.name, tables.back().name); });
  }

  /// Tables declared free of personal data.
  void resolve_free_tables(DatasetConfig& dataset) const {
    for (auto& table : dataset.no_personal_data) {
      table.name = find_table(m_scope, table.name, table.where).name;
      const bool is_ruled = std::any_of(dataset.tables.begin(), dataset.tables.end(), [&](const TableConfig& other) {
        return m_scope.names.same(other.name, table.name);
      });
      if (!is_ruled) continue;
      m_scope.findings.error(table.where, "duplicate",
                             fmt::format("table '{}' is under 'tables' and under 'no_personal_data'", table.name),
                             "keep one of them");
    }
  }

  std::vector<RuledTable> compile_tables(const std::vector<TableConfig>& configs) const {
    std::vector<RuledTable> tables;
    const auto roots = find_roots(m_scope, configs);
    const auto subjects = compile_subjects(m_scope, configs);
    for (std::size_t i = 0; i < configs.size(); ++i) {
      tables.push_back({compile_own(i, configs, roots), configs[i], ""});
    }
    for (std::size_t i = 0; i < tables.size(); ++i) {
      tables[i].subject = subjects[i];
      if (roots[i] < 0) continue;
      const auto root = static_cast<std::size_t>(roots[i]);
      tables[i].root = configs[root].name;
      if (root != i) follow(tables[root].rules, tables[i].rules);
    }
    return tables;
  }

  [[nodiscard]] TableRules compile_own(std::size_t index, const std::vector<TableConfig>& tables,
                                       const std::vector<int>& roots) const {
    const TableConfig& table = tables[index];
    if (!table.follows && table.purposes.empty() && !gives_an_event(m_scope, tables, table.name)) {
      m_scope.findings.error(table.where, "missing-key", fmt::format("table '{}' serves no purpose", table.name),
                             "add 'purposes', or 'follows' and 'on', or list it under 'no_personal_data'");
    }
    if (table.follows) {
      TableRules rules;
      rules.table = table.name;
      return rules;
    }
    auto rules = compile_rules(m_scopes[index], m_config, table, categories_of(m_scopes[index], tables, roots));
    assign_anonymised_rule(m_scopes[index], table, rules);
    return rules;
  }

  void compile_rewriting(RuledDataset& dataset) const {
    for (std::size_t i = 0; i < dataset.tables.size(); ++i) {
      assign_personal_columns(m_scopes[i], dataset.tables[i]);
      spare_columns_of_events(m_scope, dataset, dataset.tables[i]);
      check_rewriting(m_scopes[i], dataset.relations, dataset.tables[i]);
    }
    for (auto& table : dataset.tables) {
      if (table.rules.minimises) table.rules.needed_below = categories_needed_below(m_scope, dataset, table);
    }
  }

  /// The root's rules under the follower's name (S12).
  static void follow(const TableRules& root, TableRules& follower) {
    const std::string name = follower.table;
    follower = root;
    follower.table = name;
  }

  const DatasetConfig& m_config;
  const DatasetScope& m_scope;
  std::vector<TableScope> m_scopes;  ///< one per table of the config
};

/// Purposes that no table and no external dataset serves.
class Coverage {
 public:
  void add(const Policy& policy, const RuledDataset& dataset) {
    m_used.insert(policy.id);
    for (const auto& table : dataset.tables) {
      for (const auto& purpose : table.rules.purposes) m_served.insert({policy.id, purpose.purpose});
    }
  }

  /// An external dataset names no policy: its purposes are those of any that has them.
  void add(const std::vector<Policy>& policies, const DatasetConfig& external, CompilerFindings& findings) {
    for (const auto& name : external.external_purposes) {
      bool is_known = false;
      for (const auto& policy : policies) {
        for (const auto& purpose : policy.purposes) {
          if (purpose.name != name) continue;
          is_known = true;
          m_used.insert(policy.id);
          m_served.insert({policy.id, name});
        }
      }
      if (!is_known) report_unknown(policies, external, name, findings);
    }
  }

  void report(const std::vector<Policy>& policies, const Config& config, CompilerFindings& findings) const {
    for (const auto& policy : policies) {
      if (!m_used.contains(policy.id)) {
        findings.warning(place_of(config, policy), "unused", fmt::format("no dataset is under policy '{}'", policy.id),
                         "remove it, or add the dataset");
        continue;
      }
      for (const auto& purpose : policy.purposes) {
        if (m_served.contains({policy.id, purpose.name})) continue;
        findings.warning(
            purpose.where, "unused",
            fmt::format("no table of {} serves the purpose '{}'", config.file.filename().string(), purpose.name),
            "map the table that holds its data, or list it as external");
      }
    }
  }

 private:
  static void report_unknown(const std::vector<Policy>& policies, const DatasetConfig& external,
                             const std::string& name, CompilerFindings& findings) {
    std::vector<std::string> known;
    for (const auto& policy : policies) {
      for (const auto& purpose : policy.purposes) known.push_back(purpose.name);
    }
    findings.error(external.where, "undeclared", fmt::format("no policy has the purpose '{}'", name),
                   suggestion(name, known));
  }

  std::set<std::string> m_used;
  std::set<std::pair<std::string, std::string>> m_served;
};

}  // namespace

Checked<std::vector<RuledDataset>> compile(const std::vector<Policy>& policies, const Config& config,
                                           const std::map<std::string, LiveSchema>& schemas) {
  CompilerFindings findings(config, policies);
  check_policy_ids(policies, config, findings);
  std::vector<RuledDataset> datasets;
  Coverage coverage;
  for (const auto& dataset : config.datasets) {
    if (dataset.kind == DatasetKind::external) {
      coverage.add(policies, dataset, findings);
      continue;
    }
    const auto* const policy = find_policy(policies, dataset, findings);
    if (policy == nullptr) continue;
    const auto schema = schemas.find(dataset.name);
    const LiveNames names(schema == schemas.end() ? nullptr : &schema->second, dataset.kind);
    datasets.push_back(DatasetCompiler(dataset, {*policy, names, findings}).run());
    coverage.add(*policy, datasets.back());
  }
  // A misspelt name would be told twice: as unknown and as unused.
  if (!findings.has_error()) coverage.report(policies, config, findings);
  Checked<std::vector<RuledDataset>> checked;
  checked.diagnostics = std::move(findings).take();
  if (!has_error(checked.diagnostics)) checked.value = std::move(datasets);
  return checked;
}

}  // namespace oubli
