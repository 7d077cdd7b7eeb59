/// What an audit counts of judged records: how long things have been overdue, how old those are that no
/// period reaches, and how starts are spread over days and years. Judges nothing itself: it is told the
/// judgement and the outcome that `scan` counts, too.
#pragma once

#include "oubli/engine/read_day.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/side.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace oubli {

/// Records that should have gone on an earlier day than the audit's.
struct Overdue {
  std::int64_t records = 0;
  std::int64_t over_a_year = 0;  ///< of these, since more than a year
  std::optional<Day> oldest;     ///< the first of them became due
  void add(Day due, Day as_of);
};

/// Records that no period reaches. A record is as old as the earliest day that any of its events gives: it
/// was there by then. One that is flagged counts from the day it became due.
struct Aged {
  std::int64_t records = 0;
  std::int64_t too_old = 0;      ///< older than their limit
  std::int64_t unknown_age = 0;  ///< none of their events has a day
  std::optional<Day> oldest;
  void add(std::optional<Day> since, Day limit);
};

/// One year's starts of a purpose.
struct YearCount {
  std::int64_t records = 0;
  std::int64_t ended = 0;
  std::int64_t overdue = 0;
};

/// What was counted of one table's records on one side.
struct RecordCounts {
  std::map<std::size_t, Overdue> overdue;  ///< by purpose: that which ended last, or that which archives the record
  std::map<Outcome, Aged> aside;           ///< by the outcome that keeps them; `flag` is for a person to decide
  std::map<std::size_t, Aged> open;        ///< by purpose: under it the relation goes on
  std::vector<std::map<Day, std::int64_t>> starts;  ///< by purpose
  std::vector<std::map<int, YearCount>> years;      ///< by purpose
  std::vector<std::int64_t> without_start;          ///< by purpose: under it, and their start isn't known
};

/// Counts one table's records, one by one.
class RecordSurvey {
 public:
  /// `rules` must outlive this.
  RecordSurvey(const TableRules& rules, Side side, RunDays days);

  void add(const Judgement& judgement, Outcome outcome);
  [[nodiscard]] const RecordCounts& counts() const { return m_counts; }

 private:
  void add_purpose(std::size_t purpose, const Judgement& judgement, bool is_overdue);
  void add_aside(const Judgement& judgement, Outcome outcome);
  [[nodiscard]] Day limit_of(const Judgement& judgement, PurposeState state) const;

  Side m_side;
  RunDays m_days;
  Day m_three_years_ago;
  std::vector<Day> m_limits;  ///< by purpose: what began by then is older than its own period
  RecordCounts m_counts;
};

/// How long a purpose keeps a record in all, where its policy gives a length: to the end of the archive, or
/// of the active phase.
[[nodiscard]] std::optional<Period> whole_period(const PurposeRule& purpose);

}  // namespace oubli
