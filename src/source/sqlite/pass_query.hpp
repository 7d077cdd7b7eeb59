/// The SQL of a pass: one statement over the table, and over the tables it follows.
#pragma once

#include "source/sqlite/open_dataset.hpp"
#include "source/sqlite/pass.hpp"

#include <string>

namespace oubli::sqlite {

/// The columns of its result, in this order: the table's identity; where it follows another, the
/// first column of its root's identity, NULL without a root; the slots; the key; the identity of
/// each as_child parent.
[[nodiscard]] std::string pass_query(const OpenDataset& dataset, const TablePass& pass, Selection selection);

/// The condition for the record that `pass.only` chooses by its key; bound by `bind_key`.
[[nodiscard]] std::string chosen_key(const TablePass& pass);
void bind_key(ValueStatement& statement, const std::vector<std::string>& key);

}  // namespace oubli::sqlite
