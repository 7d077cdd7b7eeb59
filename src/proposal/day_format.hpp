/// How a column writes days, judged by the very reader that rules use.
#pragma once

#include "oubli/model/proposal.hpp"
#include "oubli/proposal/survey.hpp"

#include <optional>
#include <string>

namespace oubli::proposal {

struct DayColumn {
  /// As a config writes it: "iso", "dd/mm/yyyy", "[iso, dd/mm/yyyy]"; empty where it can't be told.
  std::string format;
  std::string evidence;
};

/// Nothing where the column holds no days. A number is only a day where its name or declared type says so, too; of day
/// and month, whichever comes first must be shown by a value above 12.
[[nodiscard]] std::optional<DayColumn> day_column(const SurveyedColumn& column, Day today);

/// Whether the column's name or declared type promises a day.
[[nodiscard]] bool is_named_as_day(const SurveyedColumn& column);

}  // namespace oubli::proposal
