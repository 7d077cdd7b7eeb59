/// `oubli forecast`: what becomes due in the months to come, if nothing changes. Changes nothing.
#pragma once

#include "oubli/model/forecast_report.hpp"
#include "oubli/run/project.hpp"
#include "oubli/run/selection.hpp"

#include <chrono>
#include <optional>

namespace oubli {

struct ForecastRequest {
  std::optional<Day> as_of;  ///< absent: today in each policy's timezone
  std::optional<Day> until;  ///< absent: the end of the 24th month after the as-of day's
  Selection selection;
};

/// Finds the due days of every selected record, live and archived, in one pass over each table. A record that
/// others still need is counted on its own day, too: when those go is another record's matter. Throws Error
/// (Cause::usage) for a last day before the as-of day or more than 50 years after it.
[[nodiscard]] ForecastReport forecast(const Project& project, const ForecastRequest& request,
                                      std::chrono::system_clock::time_point now);

}  // namespace oubli
