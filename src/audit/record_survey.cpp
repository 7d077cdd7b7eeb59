#include "oubli/audit/record_survey.hpp"

#include "oubli/engine/calendar.hpp"
#include "oubli/engine/due_timeline.hpp"

#include <algorithm>

namespace oubli {

namespace {

/// Of what no purpose gives a length for: as long as what is kept by common practice without a contract
/// (CNIL, guide on retention periods).
constexpr Period k_usual_limit{3, 0, 0, 0};

/// The state of a purpose that makes a record's outcome, where one does.
std::optional<PurposeState> state_behind(Outcome outcome) {
  switch (outcome) {
    case Outcome::undated:
      return PurposeState::undated;
    case Outcome::unreadable:
      return PurposeState::unreadable;
    case Outcome::future:
      return PurposeState::future;
    case Outcome::undetermined:
      return PurposeState::undetermined;
    case Outcome::no_period:
      return PurposeState::no_period;
    default:
      return std::nullopt;
  }
}

bool is_aside(Outcome outcome) {
  return state_behind(outcome) || outcome == Outcome::unassigned || outcome == Outcome::malformed ||
         outcome == Outcome::flag;
}

std::optional<Day> first_known_day(const Judgement& judgement) {
  std::optional<Day> first;
  for (const auto& event : judgement.events) {
    if (event.state != EventReading::State::known) continue;
    first = std::min(first.value_or(event.day), event.day);
  }
  return first;
}

int year_of(Day day) { return static_cast<int>(date::year_month_day(day).year()); }

}  // namespace

std::optional<Period> whole_period(const PurposeRule& purpose) {
  if (!purpose.active) return std::nullopt;
  if (!purpose.archive) return purpose.active->period;
  if (purpose.archive->own) return std::nullopt;  // it counts from another event
  return purpose.archive->up_to;
}

void Aged::add(std::optional<Day> since, Day limit) {
  ++records;
  if (!since) {
    ++unknown_age;
    return;
  }
  if (*since <= limit) ++too_old;
  oldest = std::min(oldest.value_or(*since), *since);
}

void Overdue::add(Day due, Day as_of) {
  ++records;
  if (due <= cutoff(as_of, {1, 0, 0, 0})) ++over_a_year;
  oldest = std::min(oldest.value_or(due), due);
}

RecordSurvey::RecordSurvey(const TableRules& rules, Side side, RunDays days)
    : m_side(side), m_days(days), m_three_years_ago(cutoff(days.as_of, k_usual_limit)) {
  m_counts.starts.resize(rules.purposes.size());
  m_counts.years.resize(rules.purposes.size());
  m_counts.without_start.resize(rules.purposes.size());
  for (const auto& purpose : rules.purposes) {
    const auto period = whole_period(purpose);
    const bool has_length = period && !period->is_zero();
    m_limits.push_back(has_length ? cutoff(days.as_of, *period) : m_three_years_ago);
  }
}

void RecordSurvey::add(const Judgement& judgement, Outcome outcome) {
  const bool is_overdue = changes(outcome) && judgement.due && *judgement.due < m_days.as_of;
  if (is_overdue) m_counts.overdue[deciding_purpose(judgement)].add(*judgement.due, m_days.as_of);
  if (is_aside(outcome)) add_aside(judgement, outcome);
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) add_purpose(i, judgement, is_overdue);
}

void RecordSurvey::add_purpose(std::size_t purpose, const Judgement& judgement, bool is_overdue) {
  const auto& judged = judgement.purposes[purpose];
  if (judged.state == PurposeState::not_concerned) return;
  // A relation that goes on has no length: it is compared with the longer of both limits.
  if (judged.state == PurposeState::open) {
    m_counts.open[purpose].add(first_known_day(judgement), std::min(m_limits[purpose], m_three_years_ago));
  }
  if (!judged.start) {
    ++m_counts.without_start[purpose];
    return;
  }
  ++m_counts.starts[purpose][*judged.start];
  auto& year = m_counts.years[purpose][year_of(*judged.start)];
  ++year.records;
  const bool has_ended =
      judged.state == PurposeState::ended || (m_side == Side::live && judged.state == PurposeState::archive);
  if (has_ended) ++year.ended;
  if (has_ended && is_overdue) ++year.overdue;
}

void RecordSurvey::add_aside(const Judgement& judgement, Outcome outcome) {
  // What is flagged has been waiting for a person since it became due.
  if (outcome == Outcome::flag) return m_counts.aside[outcome].add(judgement.due, m_three_years_ago);
  const auto state = state_behind(outcome);
  m_counts.aside[outcome].add(first_known_day(judgement), state ? limit_of(judgement, *state) : m_three_years_ago);
}

/// Of several purposes the longest: it may keep the record.
Day RecordSurvey::limit_of(const Judgement& judgement, PurposeState state) const {
  std::optional<Day> limit;
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) {
    if (judgement.purposes[i].state != state) continue;
    limit = std::min(limit.value_or(m_limits[i]), m_limits[i]);
  }
  return limit.value_or(m_three_years_ago);
}

}  // namespace oubli
