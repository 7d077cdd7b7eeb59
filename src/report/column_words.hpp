/// What becomes of columns in records that stay, in plain words (S15, S17).
#pragma once

#include "oubli/model/explanation.hpp"

#include <string>
#include <vector>

namespace oubli::report {

/// "contact and identity".
[[nodiscard]] std::string category_words(CategorySet categories, const TableRules& rules);
[[nodiscard]] std::vector<std::string> category_names(CategorySet categories, const TableRules& rules);

/// "emptied", "set to '-'", "cut to its first 2 characters".
[[nodiscard]] std::string left_words(const Mask& mask);

/// "email (contact): emptied once no purpose of its record needs it".
[[nodiscard]] std::string column_words(const PersonalColumn& column, const TableRules& rules);

/// A column that would be set in an explained record.
struct ExplainedColumn {
  const PersonalColumn* column = nullptr;
  const Mask* mask = nullptr;
};

/// The columns that the run would set in this record; none where it leaves.
[[nodiscard]] std::vector<ExplainedColumn> explained_columns(const Explanation& explanation);

/// "email would be emptied: no purpose of the record needs contact any more".
[[nodiscard]] std::string explained_column_words(const ExplainedColumn& explained, const Explanation& explanation);

}  // namespace oubli::report
