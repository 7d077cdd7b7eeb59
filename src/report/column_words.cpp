#include "report/column_words.hpp"

#include "report/text.hpp"

#include <fmt/format.h>

namespace oubli::report {

std::vector<std::string> category_names(CategorySet categories, const TableRules& rules) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < rules.categories.size(); ++i) {
    if ((categories >> i & 1U) != 0) names.push_back(rules.categories[i]);
  }
  return names;
}

std::string category_words(CategorySet categories, const TableRules& rules) {
  return listed(category_names(categories, rules));
}

std::string left_words(const Mask& mask) {
  switch (mask.kind) {
    case Mask::Kind::null:
      return "emptied";
    case Mask::Kind::constant:
      return fmt::format("set to '{}'", printable(mask.constant));
    case Mask::Kind::year_only:
      return "cut to its year";
    case Mask::Kind::truncate:
      return mask.length == 1 ? "cut to its first character"
                              : fmt::format("cut to its first {} characters", mask.length);
    case Mask::Kind::random:
      return "replaced by a random token";
  }
  return "emptied";
}

std::string column_words(const PersonalColumn& column, const TableRules& rules) {
  std::vector<std::string> words;
  if (rules.minimises && column.judges) words.emplace_back("never minimised, for its record is judged by it");
  if (rules.minimises && !column.judges) {
    words.push_back(left_words(column.minimised) + " once no purpose of its record needs it");
  }
  if (rules.anonymised) words.push_back(left_words(column.anonymised) + " when its record is anonymised");
  return fmt::format("{} ({}): {}", printable(column.column), category_words(column.categories, rules),
                     fmt::join(words, "; "));
}

std::vector<ExplainedColumn> explained_columns(const Explanation& explanation) {
  std::vector<ExplainedColumn> columns;
  if (removes(explanation.outcome) || !explanation.stops.empty()) return columns;
  const bool anonymises = explanation.outcome == Outcome::anonymise;
  for (const std::size_t i : explanation.decision.rewrites) {
    const PersonalColumn& column = explanation.rules.personal[i];
    columns.push_back({&column, anonymises ? &column.anonymised : &column.minimised});
  }
  return columns;
}

std::string explained_column_words(const ExplainedColumn& explained, const Explanation& explanation) {
  const std::string why = explanation.outcome == Outcome::anonymise
                              ? std::string("the record is anonymised")
                              : fmt::format("no purpose of the record needs {} any more",
                                            category_words(explained.column->categories, explanation.rules));
  return fmt::format("{} would be {}: {}", printable(explained.column->column), left_words(*explained.mask), why);
}

}  // namespace oubli::report
