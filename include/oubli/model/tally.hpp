/// Counts of one pass over a table: what reports print (I7) and limits compare (I8).
#pragma once

#include "oubli/model/decision.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace oubli {

/// Records per outcome, in the order of Outcome.
struct OutcomeCounts {
  std::array<std::int64_t, k_outcomes> counts{};
  [[nodiscard]] std::int64_t& operator[](Outcome outcome) { return counts[static_cast<std::size_t>(outcome)]; }
  [[nodiscard]] std::int64_t operator[](Outcome outcome) const { return counts[static_cast<std::size_t>(outcome)]; }
  [[nodiscard]] std::int64_t total() const;
  /// Records a run would remove or anonymise.
  [[nodiscard]] std::int64_t to_change() const;
  OutcomeCounts& operator+=(const OutcomeCounts& other);
  friend bool operator==(const OutcomeCounts&, const OutcomeCounts&) = default;
};

/// One purpose's records by state. `undated` holds here what keeps a record aside under this
/// purpose for lack of a usable day or period: undated, unreadable, future, undetermined, no_period
/// are each counted apart.
struct PurposeTally {
  std::int64_t records = 0;  ///< under the purpose, or possibly so (undetermined)
  std::int64_t active = 0, open = 0, archive = 0, ended = 0;
  std::int64_t undated = 0, unreadable = 0, future = 0, undetermined = 0, no_period = 0;
  std::int64_t newer_than_inactive = 0;
  std::optional<Day> oldest_start;
  void add(const PurposeJudgement& judgement);
  PurposeTally& operator+=(const PurposeTally& other);
  friend bool operator==(const PurposeTally&, const PurposeTally&) = default;
};

/// Row numbers worth a look, the first few of each kind (S9: reported by row number).
struct OddRows {
  static constexpr std::size_t k_most = 5;
  std::vector<std::int64_t> rows;  ///< ascending, at most k_most
};

/// One table's counts.
struct TableTally {
  std::int64_t rows = 0;
  OutcomeCounts outcomes;
  std::vector<PurposeTally> purposes;              ///< in the rules' order
  std::map<Outcome, OddRows> odd_rows;             ///< undetermined, unreadable, future, undated, unassigned, malformed
  std::map<Day, std::int64_t> due_since;           ///< records to be removed or anonymised, by the day they became due
  std::int64_t minimise = 0;                       ///< records that stay, with columns nobody needs any more (S15)
  std::vector<std::int64_t> rewrites{};            ///< records in which each of TableRules::personal would be set
  std::vector<std::int64_t> ended{};               ///< records that stay without need of each category (S15)
  /// Records a run would remove or change (I8).
  [[nodiscard]] std::int64_t to_change() const { return outcomes.to_change() + minimise; }
  /// Records a run would anonymise or minimise.
  [[nodiscard]] std::int64_t to_rewrite() const { return outcomes[Outcome::anonymise] + minimise; }
  std::map<std::int64_t, std::int64_t> stopped{};  ///< records held or restricted, by the number of each stop
  /// Counts one record. `outcome` is the final one: the judgement's own, or what stops it.
  void add(const Judgement& judgement, Outcome outcome, std::int64_t row);
  /// Adds the counts of records that come after these, and whose rows were counted from `rows_before` on.
  void append(const TableTally& later, std::int64_t rows_before);

 private:
  void add_rewrites(const Judgement& judgement, Outcome outcome);
  void add_ended(const Judgement& judgement, Outcome outcome);
};

}  // namespace oubli
