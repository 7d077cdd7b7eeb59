/// What points to what: as declared, else by names and by every value being found in the other table.
#pragma once

#include "oubli/model/proposal.hpp"
#include "oubli/proposal/survey.hpp"

#include <map>
#include <string>
#include <vector>

namespace oubli::proposal {

/// A table's key: its primary key, else a column that never repeats a value and is called like one.
[[nodiscard]] std::optional<Guess<std::vector<std::string>>> key_of(const SurveyedTable& table);

struct Relations {
  std::map<std::string, std::vector<GuessedRelation>> of{};  ///< by table: where its rows point to
  /// By table: columns called like a reference of which it can't be told, and why.
  std::map<std::string, std::vector<std::string>> gaps{};
};

/// `only_unique`: only what the source itself keeps unique can be pointed to, as in a database.
[[nodiscard]] Relations relations_of(const SurveyedDataset& dataset, bool only_unique);

}  // namespace oubli::proposal
