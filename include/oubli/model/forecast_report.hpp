/// What becomes due when, as plain values: filled by src/run, written by src/report.
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/run_report.hpp"
#include "oubli/model/side.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace oubli {

/// Records by what they become due for.
struct DueCounts {
  std::int64_t archive = 0;
  std::int64_t anonymise = 0;
  std::int64_t purge = 0;
  std::int64_t flag = 0;
  std::int64_t stopped = 0;  ///< of all these: a stop in force today covers them

  [[nodiscard]] std::int64_t total() const { return archive + anonymise + purge + flag; }
  void add(Outcome outcome, bool is_stopped);
  DueCounts& operator+=(const DueCounts& other);
  friend bool operator==(const DueCounts&, const DueCounts&) = default;
};

/// One purpose's records of a table that become due because it ends.
struct ForecastLine {
  std::string dataset;
  std::string table;
  std::string policy;
  Side side = Side::live;
  std::string purpose;
  DueCounts now;                                   ///< due by the as-of day
  std::map<date::year_month, DueCounts> months{};  ///< later, those with records; the as-of day's own month included
};

struct ForecastReport {
  std::string config_digest;
  std::vector<PolicyLine> policies;
  Day until;
  std::vector<ForecastLine> lines;  ///< those with records
  std::vector<std::string> external;
  std::vector<std::string> failed;
  std::vector<Diagnostic> diagnostics;  ///< errors of what could not be read

  [[nodiscard]] DueCounts now() const;
  [[nodiscard]] std::map<date::year_month, DueCounts> months() const;
};

}  // namespace oubli
