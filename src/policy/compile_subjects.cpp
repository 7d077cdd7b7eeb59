#include "policy/compile_subjects.hpp"

#include "policy/compile_relations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oubli {

namespace {

class PathFinder {
 public:
  PathFinder(const DatasetScope& dataset, const std::vector<TableConfig>& tables) : m_dataset(dataset), m_tables(tables) {}

  [[nodiscard]] std::optional<SubjectPath> path_from(const TableConfig& start) const {
    SubjectPath path;
    const auto* at = &start;
    // A way longer than the tables there are goes round in a circle.
    for (std::size_t steps = 0; steps <= m_tables.size(); ++steps) {
      if (at->data_subject && !at->data_subject->via) {
        path.column = at->data_subject->column.name;
        return path;
      }
      const auto* const next = next_step(*at);
      if (next == nullptr) return report_silent(start, *at);
      path.steps.push_back(relation_of(*at, *next, next != via_of(*at)));
      at = find(next->parent.name);
      if (at == nullptr) return report_unmapped(start);
    }
    return report_circle(start);
  }

  void check(const TableConfig& table) const {
    const auto* const via = via_of(table);
    if (via != nullptr) check_parent(m_dataset, *via, relation_of(table, *via, false));
  }

 private:
  static const DeclaredRelation* via_of(const TableConfig& table) {
    return table.data_subject && table.data_subject->via ? &*table.data_subject->via : nullptr;
  }

  /// What it states itself, else what it follows.
  static const DeclaredRelation* next_step(const TableConfig& table) {
    if (const auto* const via = via_of(table)) return via;
    return table.follows ? &*table.follows : nullptr;
  }

  [[nodiscard]] const TableConfig* find(const std::string& name) const {
    const auto found = std::find_if(m_tables.begin(), m_tables.end(),
                                    [&](const TableConfig& table) { return m_dataset.names.same(table.name, name); });
    return found == m_tables.end() ? nullptr : &*found;
  }

  /// A table that only follows promises nothing: then nothing tells, and that is no fault.
  void report(const TableConfig& start, const std::string& message) const {
    const auto* const via = via_of(start);
    if (via != nullptr) m_dataset.findings.error(via->parent.where, "relation", message, "name a table with a 'data_subject'");
  }

  [[nodiscard]] std::optional<SubjectPath> report_silent(const TableConfig& start, const TableConfig& end) const {
    report(start, fmt::format("table '{}' doesn't say whose its records are", end.name));
    return std::nullopt;
  }

  [[nodiscard]] std::optional<SubjectPath> report_unmapped(const TableConfig& start) const {
    const auto* const via = via_of(start);
    const bool is_missing = via != nullptr && m_dataset.names.schema() != nullptr &&
                            m_dataset.names.table(via->parent.name) == nullptr;
    if (!is_missing) report(start, "the data subject is looked for in a table that isn't mapped here");
    return std::nullopt;
  }

  [[nodiscard]] std::optional<SubjectPath> report_circle(const TableConfig& start) const {
    report(start, fmt::format("table '{}' looks for its data subject round in a circle", start.name));
    return std::nullopt;
  }

  const DatasetScope& m_dataset;
  const std::vector<TableConfig>& m_tables;
};

}  // namespace

std::vector<std::optional<SubjectPath>> compile_subjects(const DatasetScope& dataset,
                                                         const std::vector<TableConfig>& tables) {
  const PathFinder finder(dataset, tables);
  std::vector<std::optional<SubjectPath>> paths;
  for (const auto& table : tables) {
    finder.check(table);
    paths.push_back(finder.path_from(table));
  }
  return paths;
}

}  // namespace oubli
