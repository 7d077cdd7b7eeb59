/// Cutoffs of a purpose, and judging by them. Shares none of the reasoning on phases with
/// `decide.cpp`: a test holds the two together.
#include "engine/compiled_purpose.hpp"

#include "engine/outcome.hpp"
#include "oubli/engine/calendar.hpp"
#include "oubli/engine/decide.hpp"

#include <algorithm>

namespace oubli {
namespace {

bool is_known(const EventReading& reading) { return reading.state == EventReading::State::known; }

/// The last start whose last day, `start ⊕ period`, is on or before `day`.
Day last_day_cutoff(Day day, const Period& period) {
  return period.is_zero() ? day : cutoff(day + date::days{1}, period);
}

}  // namespace

// ---------------------------------------------------------------- terms

Term::Term(const EventTerm& term, const TableRules& rules) : m_combine(term.combine) {
  for (const EventTerm::Member& member : term.members) {
    const auto event = static_cast<std::size_t>(member.event);
    const bool must_be_known = m_combine == EventExpression::Combine::latest_of && !member.optional;
    m_members.push_back({event, must_be_known, rules.events[event].kind != EventKind::dated});
  }
}

bool Term::replaces(Day day, Day best) const {
  if (best == k_never) return true;
  if (m_combine == EventExpression::Combine::latest_of) return day > best;
  return m_combine == EventExpression::Combine::earliest_of && day < best;
}

Day Term::day(Readings readings) const {
  Day best = k_never;
  for (const Member& member : m_members) {
    const EventReading& reading = readings[member.event];
    if (is_known(reading)) {
      if (replaces(reading.day, best)) best = reading.day;
    } else if (member.must_be_known) {
      return k_never;
    }
  }
  return best;
}

bool Term::goes_on(Readings readings) const {
  return std::any_of(m_members.begin(), m_members.end(), [&](const Member& member) {
    return member.goes_on_when_absent && !is_known(readings[member.event]);
  });
}

void Term::add_events_to(std::vector<std::size_t>& events) const {
  for (const Member& member : m_members) events.push_back(member.event);
}

// ---------------------------------------------------------------- compiling

CompiledPurpose::CompiledPurpose(const PurposeRule& rule, const TableRules& rules, Day as_of)
    : m_rule(&rule), m_fiscal_years(&rules.fiscal_years), m_as_of(as_of), m_categories(categories_of(rule)) {
  if (rule.active) compile_phases(rules);
}

void CompiledPurpose::compile_phases(const TableRules& rules) {
  const ActiveRule& active = *m_rule->active;
  m_start.emplace(active.start, rules);
  m_start->add_events_to(m_used);
  m_active_cutoff = cutoff(m_as_of, active.period, active.end_of, rules.fiscal_years);
  m_active_cap = compiled(active.at_most, rules);
  if (const auto& archive = m_rule->archive) {
    m_archive_cutoff = cutoff(m_as_of, archive->up_to, active.end_of, rules.fiscal_years);
    m_archive_event_cutoff = cutoff(m_as_of, archive->up_to);
    if (active.at_most) m_archive_cap_cutoff = last_day_cutoff(m_archive_event_cutoff, active.at_most->keep);
    m_archive_cap = compiled(archive->at_most, rules);
  }
  for (const EndingRule& ending : m_rule->ends_on) m_used.push_back(static_cast<std::size_t>(ending.event));
}

std::optional<CompiledPurpose::Cap> CompiledPurpose::compiled(const std::optional<CapRule>& cap,
                                                              const TableRules& rules) {
  if (!cap) return std::nullopt;
  Cap result{Term(cap->from, rules), cap->keep, cutoff(m_as_of, cap->keep)};
  result.from.add_events_to(m_used);
  return result;
}

std::optional<Day> CompiledPurpose::active_cutoff() const {
  return m_start ? std::optional(m_active_cutoff) : std::nullopt;
}

// ---------------------------------------------------------------- judging

Truth CompiledPurpose::concerns(std::span<const Value> values, Readings readings) const {
  return m_rule->where ? evaluate(*m_rule->where, values, readings) : Truth::yes;
}

void CompiledPurpose::judge(Truth concerned, Readings readings, PurposeJudgement& judgement) const {
  judgement = {};
  if (concerned == Truth::unknown) judgement.state = PurposeState::undetermined;
  if (concerned == Truth::yes) judge_concerned(readings, judgement);
}

void CompiledPurpose::judge_concerned(Readings readings, PurposeJudgement& judgement) const {
  if (const auto& inactive = m_rule->inactive) {
    const EventReading& made = readings[static_cast<std::size_t>(inactive->event)];
    judgement.newer_than_inactive = is_known(made) && made.day > inactive->inactive_since;
  }
  judgement.state = m_start ? odd_state(readings) : PurposeState::no_period;
  if (judgement.state == PurposeState::active) judge_phase(facts_of(readings), readings, judgement);
}

/// Unreadable, else future, where a used event is; else active, to be looked at.
PurposeState CompiledPurpose::odd_state(Readings readings) const {
  PurposeState state = PurposeState::active;
  for (const std::size_t event : m_used) {
    if (readings[event].state == EventReading::State::unreadable) return PurposeState::unreadable;
    if (readings[event].state == EventReading::State::future) state = PurposeState::future;
  }
  return state;
}

CompiledPurpose::Facts CompiledPurpose::facts_of(Readings readings) const {
  Facts facts;
  facts.start = m_start->day(readings);
  if (m_active_cap) facts.active_cap = m_active_cap->from.day(readings);
  if (m_archive_cap) facts.archive_cap = m_archive_cap->from.day(readings);
  for (const EndingRule& rule : m_rule->ends_on) {
    const EventReading& reading = readings[static_cast<std::size_t>(rule.event)];
    if (!is_known(reading) || reading.day > m_as_of) continue;
    facts.ending = std::min(facts.ending, reading.day);
    if (rule.extent == Ending::Extent::all) facts.ending_all = std::min(facts.ending_all, reading.day);
  }
  return facts;
}

void CompiledPurpose::judge_phase(const Facts& facts, Readings readings, PurposeJudgement& judgement) const {
  const bool has_start = facts.start != k_never;
  if (has_start) judgement.start = facts.start;
  if (!active_has_ended(facts)) {
    if (!has_start) judgement.state = m_start->goes_on(readings) ? PurposeState::open : PurposeState::undated;
  } else if (m_rule->archive && facts.ending_all == k_never && !archive_has_ended(facts)) {
    judgement.state = PurposeState::archive;
    judgement.due = active_due(facts);
  } else {
    judgement.state = PurposeState::ended;
    judgement.due = ended_due(facts);
  }
}

bool CompiledPurpose::cap_has_ended_active(const Facts& facts) const {
  return m_active_cap && facts.active_cap <= m_active_cap->cutoff;
}

bool CompiledPurpose::active_has_ended(const Facts& facts) const {
  return facts.start <= m_active_cutoff || facts.ending != k_never || cap_has_ended_active(facts);
}

/// REQUIRES: the active phase has ended.
bool CompiledPurpose::archive_has_ended(const Facts& facts) const {
  if (m_archive_cap && facts.archive_cap <= m_archive_cap->cutoff) return true;
  if (facts.start != k_never) return facts.start <= m_archive_cutoff;
  if (m_active_cap && facts.active_cap <= m_archive_cap_cutoff) return true;
  return facts.ending <= m_archive_event_cutoff;
}

/// Only what has ended the phase is added up: the rest would end it later.
Day CompiledPurpose::active_due(const Facts& facts) const {
  Day due = facts.ending;
  if (facts.start <= m_active_cutoff) {
    const Day counted_from = close_of(facts.start, m_rule->active->end_of, *m_fiscal_years);
    due = std::min(due, first_due_day(counted_from, m_rule->active->period));
  }
  if (cap_has_ended_active(facts)) due = std::min(due, first_due_day(facts.active_cap, m_active_cap->keep));
  return due;
}

/// The archive phase's own end, however it compares with the active phase's.
Day CompiledPurpose::archive_due(const Facts& facts) const {
  Day from = facts.ending;
  if (facts.start != k_never) {
    from = close_of(facts.start, m_rule->active->end_of, *m_fiscal_years);
  } else if (facts.active_cap != k_never) {
    from = std::min(from, last_day(facts.active_cap, m_active_cap->keep));
  }
  const Day due = first_due_day(from, m_rule->archive->up_to);
  if (facts.archive_cap == k_never) return due;
  return std::min(due, first_due_day(facts.archive_cap, m_archive_cap->keep));
}

Day CompiledPurpose::ended_due(const Facts& facts) const {
  Day due = active_due(facts);
  if (m_rule->archive) due = std::max(due, archive_due(facts));
  return std::min(due, facts.ending_all);
}

}  // namespace oubli
