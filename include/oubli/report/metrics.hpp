/// The last run in the text format of Prometheus, as node_exporter's textfile collector reads it.
#pragma once

#include "oubli/model/run_metrics.hpp"

#include <ostream>

namespace oubli {

/// Gauges alone, each with its help and type. No personal value: names of datasets, tables and outcomes.
void write_metrics(std::ostream& out, const RunMetrics& metrics);

}  // namespace oubli
