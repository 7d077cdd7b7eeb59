/// Sums over a run's tables.
#include "oubli/model/run_report.hpp"

namespace oubli {

std::string_view to_text(RunStatus status) {
  switch (status) {
    case RunStatus::complete:
      return "complete";
    case RunStatus::incomplete:
      return "incomplete";
    case RunStatus::refused:
      return "refused";
  }
  return "";
}

OutcomeCounts RunReport::totals() const {
  OutcomeCounts sum;
  for (const TableLine& line : tables) sum += line.tally.outcomes;
  return sum;
}

std::int64_t RunReport::rows() const {
  std::int64_t sum = 0;
  for (const TableLine& line : tables) sum += line.tally.rows;
  return sum;
}

}  // namespace oubli
