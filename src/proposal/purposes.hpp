/// Which purpose of the reference a table seems to serve, and whose data it is about.
#pragma once

#include "oubli/proposal/survey.hpp"
#include "proposal/day_format.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace oubli::proposal {

/// The reference whose purposes are proposed.
inline constexpr std::string_view k_reference = "fr";

/// The purpose for data whose purpose nobody has named yet.
inline constexpr std::string_view k_undecided = "undecided";

struct Subject {
  std::string name;
  std::string title;
  std::string evidence;
};

/// Whose data a table of this name is about; "person" where its name doesn't tell.
[[nodiscard]] Subject subject_of(std::string_view table);

/// Whether its name says that its records are persons.
[[nodiscard]] bool is_of_persons(std::string_view table);

/// What a table's name or columns suggest.
struct PurposeGuess {
  std::string purpose;  ///< of the reference
  std::string evidence;
  std::string event;   ///< its period runs from or until this
  std::string column;  ///< that gives its day; empty where none does
  std::string column_evidence;
  std::string gap;  ///< why none does
};

/// `days`: the columns that hold days whose format is known.
[[nodiscard]] std::optional<PurposeGuess> purpose_of(const SurveyedTable& table,
                                                     const std::map<std::string, DayColumn>& days);

}  // namespace oubli::proposal
