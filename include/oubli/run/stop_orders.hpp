/// Adding and lifting what stops a disposition (S18, S19). Each order is in force when its function returns:
/// it waits for the step of a run that is under way, and the next one sees it.
#pragma once

#include "oubli/model/stop.hpp"
#include "oubli/report/report.hpp"
#include "oubli/run/project.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace oubli {

using TimePoint = std::chrono::system_clock::time_point;

struct HoldRequest {
  std::string case_id;
  std::string reason;
  std::string by;
  std::optional<Day> from;             ///< absent: from today
  std::optional<Day> until;            ///< absent: until it is lifted
  std::string dataset;
  std::string table;                   ///< `table` or `dataset.table`
  std::string condition;               ///< needs a table
  std::optional<std::string> subject;  ///< the data subject's value; only its digest is kept
  std::vector<std::string> unreachable;
};

/// Adds a hold and its ledger entry. Throws Error (Cause::usage) for one that covers nothing, names what isn't
/// there, or is on a data subject whom a table of its scope can't be asked for and that isn't named.
[[nodiscard]] Stop add_hold(const Project& project, const HoldRequest& request, TimePoint now);

/// Lifts the hold of that number. Throws Error (Cause::usage) when there is none, or it is lifted already.
[[nodiscard]] Stop lift_hold(const Project& project, std::int64_t number, const std::string& by,
                             const std::string& reason, TimePoint now);

/// An order about one data subject.
struct SubjectRequest {
  std::string subject;  ///< its value; only its digest is kept
  std::string by;
  std::string reason;
  std::string ground;  ///< of a restriction or a directive
  std::vector<std::string> unreachable;
};

/// Adds a restriction or a directive; throws as add_hold does.
[[nodiscard]] Stop add_for_subject(const Project& project, StopKind kind, const SubjectRequest& request, TimePoint now);

/// Ends every stop of that kind, and ground where one is given, on this data subject. Throws Error
/// (Cause::usage) when there is none.
[[nodiscard]] std::vector<Stop> end_for_subject(const Project& project, StopKind kind, const SubjectRequest& request,
                                                TimePoint now);

/// Every stop of the state.
[[nodiscard]] std::vector<Stop> all_stops(const Project& project);
/// The day by which lists say what is in force.
[[nodiscard]] Day stop_day(const Project& project, TimePoint now);

/// Looks at the live records a stop covers now, due or not.
[[nodiscard]] StopReport coverage(const Project& project, const Stop& stop, TimePoint now);

}  // namespace oubli
