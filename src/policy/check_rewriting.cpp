#include "policy/check_rewriting.hpp"

#include "policy/personal_columns.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

void check_same_mask(const TableScope& table, const ListedColumn& listed) {
  const Mask* stated = nullptr;
  for (const auto& category : table.dataset.policy.categories) {
    if (!category.mask || !is_among(listed.categories, category.name)) continue;
    if (stated != nullptr && *stated != *category.mask) {
      table.dataset.findings.error(listed.column.where, "conflict",
                                   fmt::format("column '{}' is under categories with different masks: {} and {}",
                                               listed.column.name, to_text(*stated), to_text(*category.mask)),
                                   "give the categories the same mask, or list the column under one of them");
    }
    stated = &*category.mask;
  }
}

/// Looks for what stands against emptying or masking a column.
class ColumnCheck {
 public:
  ColumnCheck(const TableScope& table, const std::vector<Relation>& relations, const RuledTable& ruled)
      : m_table(table), m_relations(relations), m_ruled(ruled) {}

  void run(const NamedColumn& column, const PersonalColumn& rule) const {
    const bool is_masked = anonymises(m_ruled.rules);
    const bool is_emptied = m_ruled.rules.minimises && !rule.judges;
    if (!is_masked && !is_emptied) return;
    if (is_identity(column) || is_generated(column)) return;
    const bool is_sound = !is_masked || has_fitting_mask(column, rule.anonymised, "anonymised");
    if (is_emptied && is_sound) static_cast<void>(has_fitting_mask(column, rule.minimised, "minimised"));
  }

 private:
  bool refuse(const NamedColumn& column, const std::string& why, const std::string& hint) const {
    m_table.dataset.findings.error(column.where, "unmaskable",
                                   fmt::format("column '{}' of table '{}' {}", column.name, m_table.name, why), hint);
    return true;
  }

  [[nodiscard]] bool is_identity(const NamedColumn& column) const {
    static constexpr auto k_hint = "list it under technical, or leave it out";
    const bool is_key = is_among(m_ruled.config.key, column.name) ||
                        (m_table.live != nullptr && is_among(m_table.live->primary_key, column.name));
    if (is_key) return refuse(column, "tells its records apart and can't be emptied", k_hint);
    for (const auto& relation : m_relations) {
      const bool is_linked = relation.parent == m_table.name && is_among(relation.parent_columns, column.name);
      const bool is_tie =
          relation.follows && relation.child == m_table.name && is_among(relation.child_columns, column.name);
      if (is_linked) {
        return refuse(column, fmt::format("is what records of '{}' point to and can't be emptied", relation.child),
                      k_hint);
      }
      if (is_tie) {
        return refuse(column, fmt::format("ties its records to '{}' and can't be emptied", relation.parent), k_hint);
      }
    }
    return false;
  }

  [[nodiscard]] bool is_generated(const NamedColumn& column) const {
    if (m_table.live == nullptr || !is_among(m_table.live->generated, column.name)) return false;
    return refuse(column, "is computed from other columns and can't be set",
                  "list it under technical: it follows from the columns it is made of");
  }

  [[nodiscard]] bool has_fitting_mask(const NamedColumn& column, const Mask& mask, const char* what) const {
    if (mask.kind == Mask::Kind::null && refuses_null(m_table, column.name)) {
      return !refuse(column, fmt::format("refuses NULL and can't be {} without a mask", what),
                     "give its data category a mask, as in 'mask: {constant: \"-\"}'");
    }
    const bool may_repeat = mask.kind != Mask::Kind::null && mask.kind != Mask::Kind::random;
    if (!may_repeat || !is_unique(column.name)) return true;
    return !refuse(column, fmt::format("is unique, and the mask {} would repeat", to_text(mask)),
                   "give its data category the mask 'random', or let the column be null");
  }

  [[nodiscard]] bool is_unique(const std::string& column) const {
    if (m_table.live == nullptr) return false;
    return std::any_of(m_table.live->unique.begin(), m_table.live->unique.end(),
                       [&](const auto& set) { return is_among(set, column); });
  }

  const TableScope& m_table;
  const std::vector<Relation>& m_relations;
  const RuledTable& m_ruled;
};

/// Every column of an anonymised record must be accounted for.
void check_mapped(const TableScope& table, const std::vector<Relation>& relations, const TableConfig& config) {
  if (table.live == nullptr) return;
  const auto is_listed = [&](const std::string& name) {
    return std::any_of(config.columns.begin(), config.columns.end(),
                       [&](const CategoryColumns& category) { return is_among(category.patterns, name); });
  };
  const auto is_tie = [&](const std::string& name) {
    return std::any_of(relations.begin(), relations.end(), [&](const Relation& relation) {
      return (relation.child == config.name && is_among(relation.child_columns, name)) ||
             (relation.parent == config.name && is_among(relation.parent_columns, name));
    });
  };
  for (const auto& name : table.live->columns) {
    const bool is_mark = config.anonymised_mark && config.anonymised_mark->name == name;
    const bool is_key = is_among(config.key, name) || is_among(table.live->primary_key, name);
    if (is_listed(name) || is_mark || is_key || is_tie(name)) continue;
    table.dataset.findings.error(
        config.where, "unmapped",
        fmt::format("table '{}' anonymises, but its column '{}' is under no category", table.name, name),
        "list it under its data category, or under technical");
  }
}

void check_mark(const TableScope& table, const TableConfig& config, bool is_masked) {
  if (!config.anonymised_mark) return;
  const auto& mark = *config.anonymised_mark;
  const auto listed = personal_columns(config);
  const bool is_personal = std::any_of(listed.begin(), listed.end(),
                                       [&](const ListedColumn& column) { return column.column.name == mark.name; });
  if (is_personal) {
    table.dataset.findings.error(mark.where, "conflict",
                                 fmt::format("column '{}' marks anonymised records and holds personal data", mark.name),
                                 "name a column of its own");
  }
  if (is_masked) return;
  table.dataset.findings.warning(
      mark.where, "unused", fmt::format("no purpose of table '{}' anonymises, so nothing is ever marked", table.name),
      "leave 'anonymised_mark' out, or say 'then: anonymise' in the policy");
}

void warn_of_judging_column(const TableScope& table, const NamedColumn& column) {
  table.dataset.findings.warning(
      column.where, "judged-by",
      fmt::format("minimising leaves column '{}' of table '{}': its records are judged by it", column.name, table.name),
      "list it under technical if it holds nothing else");
}

}  // namespace

void check_rewriting(const TableScope& table, const std::vector<Relation>& relations, const RuledTable& ruled) {
  const bool is_masked = anonymises(ruled.rules);
  check_mark(table, ruled.config, is_masked);
  if (ruled.rules.personal.empty()) return;
  const ColumnCheck check(table, relations, ruled);
  const auto listed = personal_columns(ruled.config);
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const PersonalColumn& rule = ruled.rules.personal[i];
    check_same_mask(table, listed[i]);
    check.run(listed[i].column, rule);
    if (ruled.rules.minimises && rule.judges) warn_of_judging_column(table, listed[i].column);
  }
  if (is_masked) check_mapped(table, relations, ruled.config);
}

}  // namespace oubli
