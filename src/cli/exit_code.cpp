#include "cli/exit_code.hpp"

#include <algorithm>
#include <array>

namespace oubli {

ExitCode exit_code(Cause cause) {
  switch (cause) {
    case Cause::usage:
      return ExitCode::usage;
    case Cause::dataset:
      return ExitCode::dataset;
    case Cause::refused:
      return ExitCode::refused;
    case Cause::locked:
      return ExitCode::locked;
  }
  return ExitCode::dataset;
}

ExitCode worse(ExitCode a, ExitCode b) {
  static constexpr std::array k_worst_first{ExitCode::usage,   ExitCode::locked,          ExitCode::refused,
                                            ExitCode::dataset, ExitCode::erasure_pending, ExitCode::findings,
                                            ExitCode::done};
  return *std::ranges::find_if(k_worst_first, [&](ExitCode code) { return code == a || code == b; });
}

ExitCode exit_code(const RunReport& report) {
  auto code = ExitCode::done;
  if (!report.failed.empty()) code = worse(code, ExitCode::dataset);
  if (!report.refused.empty()) code = worse(code, ExitCode::refused);
  if (!report.enforced) return code;
  if (report.enforced->status == RunStatus::refused) code = worse(code, ExitCode::refused);
  if (report.enforced->status == RunStatus::incomplete) code = worse(code, ExitCode::dataset);
  for (const auto& line : report.enforced->erasure) {
    if (!line.done) code = worse(code, ExitCode::erasure_pending);
  }
  return code;
}

}  // namespace oubli
