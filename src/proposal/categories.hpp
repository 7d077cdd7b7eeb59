/// Which data category a column seems to hold: by what its values are, else by what it is called.
#pragma once

#include "oubli/audit/column_survey.hpp"
#include "oubli/proposal/survey.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::proposal {

struct ColumnGuess {
  std::string category;
  std::string evidence;
  bool is_personal = true;             ///< says by itself that the table is about persons; an amount doesn't
  std::optional<Likeness> likeness{};  ///< where a detector says so
};

/// What the rest of a table says of its columns: "name" is a person's among customers, "city" belongs to an address.
struct ColumnContext {
  bool of_persons = false;
  bool has_address = false;
};

/// Nothing where neither values nor name tell.
[[nodiscard]] std::optional<ColumnGuess> category_of(const SurveyedColumn& column, const ColumnContext& context,
                                                     Day today);

/// What a policy calls the category.
[[nodiscard]] std::string category_title(std::string_view category);

/// The category for what is processed under a purpose while no column is recognised.
inline constexpr const char* k_undescribed = "undescribed";

}  // namespace oubli::proposal
