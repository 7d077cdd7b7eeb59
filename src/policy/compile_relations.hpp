/// Relations between the tables of a dataset (S12, S20).
#pragma once

#include "oubli/model/rules.hpp"
#include "policy/compile_scope.hpp"

#include <vector>

namespace oubli {

/// The live foreign keys and the relations `tables` declare, each once; `tables` have their names
/// resolved. Reports a parent that can't be told by the columns named.
[[nodiscard]] std::vector<Relation> compile_relations(const DatasetScope& dataset,
                                                      const std::vector<TableConfig>& tables);

/// Per table, the index of the table whose purposes decide: its own, or where the chain of
/// `follows` ends. Reports a chain that ends outside `tables`, or nowhere; its tables get -1.
[[nodiscard]] std::vector<int> find_roots(const DatasetScope& dataset, const std::vector<TableConfig>& tables);

/// A declared relation as the rules have it.
[[nodiscard]] Relation relation_of(const TableConfig& child, const DeclaredRelation& declared, bool follows);

/// Reports a parent whose columns don't tell one of its rows from another, where the schema knows.
void check_parent(const DatasetScope& dataset, const DeclaredRelation& declared, const Relation& relation);

}  // namespace oubli
