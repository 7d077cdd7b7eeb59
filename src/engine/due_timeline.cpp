#include "oubli/engine/due_timeline.hpp"

#include <algorithm>

namespace oubli {

namespace {

/// In the archive a record stays for as long as its archive phase lasts.
bool is_step(Outcome outcome, Side side) {
  if (outcome == Outcome::archive) return side == Side::live;
  return changes(outcome) || outcome == Outcome::flag;
}

}  // namespace

std::size_t deciding_purpose(const Judgement& judgement) {
  const auto decides = [&](const PurposeJudgement& purpose) {
    const bool is_past = purpose.state == PurposeState::ended || purpose.state == PurposeState::archive;
    return is_past && purpose.due == judgement.due;
  };
  const auto found = std::ranges::find_if(judgement.purposes, decides);
  return found == judgement.purposes.end() ? 0 : static_cast<std::size_t>(found - judgement.purposes.begin());
}

DueTimeline::DueTimeline(const TableRules& rules, Side side, RunDays days, Day until)
    : m_rules(rules), m_side(side), m_days(days), m_until(until) {}

std::span<const DueStep> DueTimeline::steps(const RecordFacts& facts) {
  m_steps.clear();
  // Two steps at most: into the archive, then out of it. More would be a mistake of ours, not of a record.
  constexpr std::size_t k_most_steps = 4;
  for (Day day = m_until; day >= m_days.as_of && m_steps.size() < k_most_steps;) {
    auto step = step_on(day, facts);
    if (!step) break;
    step->due = first_day_of(*step, day, facts);
    m_steps.push_back(*step);
    day = step->due - date::days{1};
  }
  std::ranges::reverse(m_steps);
  return m_steps;
}

std::optional<DueStep> DueTimeline::step_on(Day day, const RecordFacts& facts) {
  const auto& judged = judge_on(day, facts);
  if (!is_step(judged.outcome, m_side) || !judged.due) return std::nullopt;
  return DueStep{*judged.due, judged.outcome, deciding_purpose(judged)};
}

// A record may be due since a day on which it was still kept aside, because another of its days lay in the future.
Day DueTimeline::first_day_of(const DueStep& step, Day known, const RecordFacts& facts) {
  const auto is_it = [&](Day day) { return step_on(day, facts) == step; };
  Day before = std::max(step.due, m_days.as_of);
  if (before == known || is_it(before)) return step.due;
  while (known - before > date::days{1}) {
    const Day between = before + (known - before) / 2;
    (is_it(between) ? known : before) = between;
  }
  return known;
}

const Judgement& DueTimeline::judge_on(Day day, const RecordFacts& facts) {
  const auto& matcher = matcher_on(day);
  give_again(facts, matcher.days());
  matcher.judge({facts.values, m_given, facts.concerned, facts.personal}, m_judgement);
  return m_judgement;
}

const Matcher& DueTimeline::matcher_on(Day day) {
  return m_matchers.try_emplace(day, m_rules, RunDays{day, m_days.clock}).first->second;
}

// A day that another table or the archive gives lay in the future of the pass; on a later day it may not any more.
void DueTimeline::give_again(const RecordFacts& facts, RunDays days) {
  m_given.assign(facts.given.begin(), facts.given.end());
  for (std::size_t i = 0; i < m_given.size(); ++i) {
    auto& reading = m_given[i];
    const bool has_day =
        reading && (reading->state == EventReading::State::known || reading->state == EventReading::State::future);
    if (has_day) reading = reading_of_day(reading->day, m_rules.events[i], m_rules, days);
  }
}

}  // namespace oubli
