/// What `oubli forecast` prints.
#pragma once

#include "oubli/model/forecast_report.hpp"
#include "oubli/report/report.hpp"

#include <ostream>

namespace oubli {

/// All records by month with bars, then each purpose.
void write_forecast_text(std::ostream& out, const ForecastReport& report, const Style& style);
/// `oubli.forecast/1`.
void write_forecast_json(std::ostream& out, const ForecastReport& report);

}  // namespace oubli
