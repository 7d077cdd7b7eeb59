/// What a single table says of itself, before the others are asked.
#pragma once

#include "oubli/proposal/survey.hpp"
#include "proposal/categories.hpp"
#include "proposal/day_format.hpp"
#include "proposal/purposes.hpp"
#include "proposal/relations.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace oubli::proposal {

/// The category of columns that hold no personal data.
inline constexpr const char* k_technical = "technical";

struct TableDraft {
  const SurveyedTable* table = nullptr;
  std::vector<GuessedRelation> relations{};
  std::optional<Guess<std::vector<std::string>>> key{};
  std::map<std::string, DayColumn> days{};          ///< columns of days in a known format that a config can name
  std::map<std::string, ColumnGuess> categories{};  ///< by column; the rest is undecided
  std::vector<std::string> undecided{};
  std::optional<PurposeGuess> purpose{};
  std::vector<std::string> gaps{};
  bool is_personal = false;  ///< one of its columns is about persons
};

[[nodiscard]] TableDraft draft_of(const SurveyedTable& table, std::vector<GuessedRelation> relations, Day today);

/// The column that tells persons apart best: their e-mail address. Null where there is none.
[[nodiscard]] const std::string* subject_column(const TableDraft& draft);

}  // namespace oubli::proposal
