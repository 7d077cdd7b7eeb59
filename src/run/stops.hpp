/// The stops a command goes by: read from the state, held against config and schema, ready for each dataset.
#pragma once

#include "engine/stop_matcher.hpp"
#include "oubli/run/project.hpp"
#include "oubli/state/state.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace oubli {

/// What is in force for one dataset.
struct DatasetStops {
  std::vector<Stop> stops;                   ///< by number
  std::map<std::string, TableStops> tables;  ///< by ruled table
  /// Tables with a stop that those which follow them can't tell by themselves: by a condition, or by a data
  /// subject where the follower names its own.
  std::set<std::string> told_by_record;

  [[nodiscard]] bool any() const { return !stops.empty(); }
  [[nodiscard]] const TableStops& of(const std::string& table) const;
  /// REQUIRES: a number of `stops`.
  [[nodiscard]] const Stop& stop(std::int64_t number) const;
};

class Stops {
 public:
  /// Of a state, or none without one. Throws Error (Cause::usage) when one that isn't over names a dataset,
  /// a table or a column that config or schema no longer have: passed over, it would no longer hold.
  Stops(const Project& project, const State* state, std::chrono::system_clock::time_point now);

  /// Every stop of the state, lifted ones too: what a later reading is compared with.
  [[nodiscard]] const std::vector<Stop>& all() const { return m_all; }
  /// What is in force on the clock's day.
  [[nodiscard]] std::shared_ptr<const DatasetStops> in_force(const RuledDataset& dataset, Day clock) const;

 private:
  const Project& m_project;
  std::vector<Stop> m_all;
  TableStops::Key m_key{};
};

/// Today, where it is earliest among the policies' timezones: a stop from this day on is in force everywhere.
[[nodiscard]] Day first_clock_day(const Project& project, std::chrono::system_clock::time_point now);

/// Chosen stops made ready for a dataset. `key`: the state's, of the subjects' digests.
[[nodiscard]] std::shared_ptr<const DatasetStops> dataset_stops(const std::vector<Stop>& stops,
                                                                const RuledDataset& dataset, const Project& project,
                                                                const TableStops::Key& key);

/// What a scope names and the config, or the live schema as far as it is known, lacks: "table crm.contacts".
/// Throws Error (Cause::usage) for a condition that can't be read or isn't one on columns.
[[nodiscard]] std::optional<std::string> missing_part(const StopScope& scope, const Project& project);

/// The tables in the scope of a stop that no path leads from to a data subject, as `dataset.table`.
[[nodiscard]] std::vector<std::string> tables_out_of_reach(const StopScope& scope, const Project& project);

}  // namespace oubli
