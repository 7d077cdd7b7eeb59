/// When one record becomes due, by the rules and by what is known of it today: what `oubli forecast` counts.
///
/// Nothing is guessed: each step is what the table's matcher says on that day. It is asked from the last day
/// backwards, and a judgement says since when its outcome is due, so that a record costs one judgement where it
/// isn't due by then, and a few more for each of its steps where it is.
#pragma once

#include "oubli/engine/decide.hpp"
#include "oubli/model/side.hpp"

#include <map>
#include <span>
#include <vector>

namespace oubli {

/// What becomes of a record, and from which day on.
struct DueStep {
  Day due;
  Outcome outcome = Outcome::purge;  ///< archive, anonymise, purge or flag
  std::size_t purpose = 0;           ///< the one whose phase ended; index into TableRules::purposes
  friend bool operator==(const DueStep&, const DueStep&) = default;
};

/// Of one table's records on one side. Not for concurrent use: it keeps a matcher for each day it was asked about.
class DueTimeline {
 public:
  /// `rules` must outlive this. `until`: the last day that is looked at; not before `days.as_of`.
  DueTimeline(const TableRules& rules, Side side, RunDays days, Day until);

  /// The steps of a record up to the last day, earliest first; those before the as-of day are the step it is in
  /// then, if any. Lives until the next call. Knows neither stops nor other records that still need this one.
  [[nodiscard]] std::span<const DueStep> steps(const RecordFacts& facts);

 private:
  [[nodiscard]] const Matcher& matcher_on(Day day);
  [[nodiscard]] std::optional<DueStep> step_on(Day day, const RecordFacts& facts);
  [[nodiscard]] Day first_day_of(const DueStep& step, Day known, const RecordFacts& facts);
  [[nodiscard]] const Judgement& judge_on(Day day, const RecordFacts& facts);
  void give_again(const RecordFacts& facts, RunDays days);

  const TableRules& m_rules;
  Side m_side;
  RunDays m_days;
  Day m_until;
  std::map<Day, Matcher> m_matchers;
  Judgement m_judgement;
  std::vector<std::optional<EventReading>> m_given;
  std::vector<DueStep> m_steps;
};

/// The purpose whose end made a record due.
[[nodiscard]] std::size_t deciding_purpose(const Judgement& judgement);

}  // namespace oubli
