/// The names of a dataset's live schema, compared as its source compares them.
#pragma once

#include "oubli/policy/compile.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// SQLite folds ASCII letters in names, CSV headers are exact. The schema outlives it.
class LiveNames {
 public:
  /// `schema` is null where the dataset can't be reached: no name is known then, none is missing.
  LiveNames(const LiveSchema* schema, DatasetKind kind) : m_schema(schema), m_folds(kind == DatasetKind::sqlite) {}

  [[nodiscard]] const LiveSchema* schema() const { return m_schema; }
  /// A catalog declares the names of a database; those of a CSV are what its first line says.
  [[nodiscard]] bool has_declared_names() const { return m_folds; }
  [[nodiscard]] bool same(std::string_view a, std::string_view b) const;
  /// The table of that name, or nullptr.
  [[nodiscard]] const LiveTable* table(std::string_view name) const;
  /// The column's name in the schema's spelling, or nullptr.
  [[nodiscard]] const std::string* column(const LiveTable& table, std::string_view name) const;
  /// True when a pattern of a config, in which `*` stands for any characters, fits a column.
  [[nodiscard]] bool fits(std::string_view pattern, std::string_view column) const;
  [[nodiscard]] std::vector<std::string> table_names() const;

 private:
  const LiveSchema* m_schema;
  bool m_folds;
};

}  // namespace oubli
