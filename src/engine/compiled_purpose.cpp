/// Cutoffs of a purpose, and judging by them. Shares none of the reasoning on phases with
/// `decided_phases.cpp`: a test holds the two together.
#include "engine/compiled_purpose.hpp"

#include "engine/outcome.hpp"
#include "oubli/engine/calendar.hpp"
#include "oubli/engine/decide.hpp"

#include <algorithm>

namespace oubli {
namespace {

/// The last start whose last day, `close ⊕ period`, is on or before `day`.
Day last_day_cutoff(Day day, const Period& period, EndOf end_of = EndOf::none, const FiscalYears& fiscal_years = {}) {
  return cutoff(period.is_zero() ? day : day + date::days{1}, period, end_of, fiscal_years);
}

}  // namespace

// ---------------------------------------------------------------- compiling

CompiledPurpose::CompiledPurpose(const PurposeRule& rule, const TableRules& rules, Day as_of)
    : m_rule(&rule),
      m_fiscal_years(&rules.fiscal_years),
      m_as_of(as_of),
      m_categories(categories_of(rule)),
      m_category_ends(rule, rules, as_of) {
  if (!rule.active) return;
  compile_archive(rules);
  compile_phases(rules);
  compile_exceptions(rules);
}

void CompiledPurpose::compile_archive(const TableRules& rules) {
  const auto& archive = m_rule->archive;
  if (!archive) return;
  m_archive_event_cutoff = cutoff(m_as_of, archive->own ? archive->own->period : archive->up_to);
  if (const auto& cap = m_rule->active->at_most) {
    m_archive_cap_cutoff = last_day_cutoff(m_archive_event_cutoff, cap->keep);
  }
  if (archive->own) m_archive_start.emplace(archive->own->start, rules).add_events_to(m_used);
  m_archive_cap = compiled(archive->at_most, rules);
}

void CompiledPurpose::compile_phases(const TableRules& rules) {
  const ActiveRule& active = *m_rule->active;
  m_start.emplace(active.start, rules).add_events_to(m_used);
  m_cutoffs = cutoffs_of(active.period, active.end_of);
  m_active_cap = compiled(active.at_most, rules);
  for (const EndingRule& ending : m_rule->ends_on) m_used.push_back(static_cast<std::size_t>(ending.event));
}

void CompiledPurpose::compile_exceptions(const TableRules& rules) {
  // Not `opened`: whatever its value, readable or not, the relation goes on.
  if (const auto& never = m_rule->never_opened) {
    m_never_opened_start.emplace(never->from, rules).add_events_to(m_used);
    m_never_opened_cutoffs = cutoffs_of(never->keep, EndOf::none);
  }
  if (const auto& rule = m_rule->last_day_override) m_used.push_back(static_cast<std::size_t>(rule->last_day));
  if (m_rule->unless_since) m_used.push_back(static_cast<std::size_t>(*m_rule->unless_since));
  m_category_ends.add_events_to(m_used);
}

std::optional<CompiledPurpose::Cap> CompiledPurpose::compiled(const std::optional<CapRule>& cap,
                                                              const TableRules& rules) {
  if (!cap) return std::nullopt;
  Cap result{Term(cap->from, rules), cap->keep, cutoff(m_as_of, cap->keep)};
  result.from.add_events_to(m_used);
  return result;
}

CompiledPurpose::Cutoffs CompiledPurpose::cutoffs_of(const Period& active, EndOf end_of) const {
  Cutoffs result;
  result.active = cutoff(m_as_of, active, end_of, *m_fiscal_years);
  if (const auto& archive = m_rule->archive) {
    result.archive = archive->own ? last_day_cutoff(m_archive_event_cutoff, active, end_of, *m_fiscal_years)
                                  : cutoff(m_as_of, archive->up_to, end_of, *m_fiscal_years);
  }
  const auto& rule = m_rule->last_day_override;
  if (rule && rule->at_most) result.lengthened = cutoff(m_as_of, *rule->at_most, end_of, *m_fiscal_years);
  return result;
}

std::optional<Day> CompiledPurpose::active_cutoff() const {
  return m_start ? std::optional(m_cutoffs.active) : std::nullopt;
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
  if (judgement.state != PurposeState::active) return;
  judge_phase(facts_of(readings), readings, judgement);
  const bool has_ended = judgement.state == PurposeState::ended;
  judgement.ended_categories = has_ended ? m_categories : m_category_ends.ended(judgement.state, readings);
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
  add_start(readings, facts);
  if (m_active_cap) facts.active_cap = m_active_cap->from.day(readings);
  if (m_archive_start) {
    facts.archive_start = m_archive_start->day(readings);
    facts.archive_is_open = facts.archive_start == k_never && m_archive_start->goes_on(readings);
  }
  if (m_archive_cap) facts.archive_cap = m_archive_cap->from.day(readings);
  if (const auto& rule = m_rule->last_day_override) {
    const EventReading& agreed = readings[static_cast<std::size_t>(rule->last_day)];
    if (is_known(agreed)) facts.agreed = agreed.day;
  }
  add_endings(readings, facts);
  return facts;
}

void CompiledPurpose::add_start(Readings readings, Facts& facts) const {
  if (m_never_opened_start) {
    const EventReading& opened = readings[static_cast<std::size_t>(m_rule->never_opened->opened)];
    facts.never_opened = opened.state == EventReading::State::missing && m_start->is_missing(readings);
  }
  facts.start = (facts.never_opened ? *m_never_opened_start : *m_start).day(readings);
}

void CompiledPurpose::add_endings(Readings readings, Facts& facts) const {
  Day voided = Day::min();  // endings before this day
  if (m_rule->unless_since) {
    const EventReading& since = readings[static_cast<std::size_t>(*m_rule->unless_since)];
    if (is_known(since)) voided = since.day;
  }
  for (const EndingRule& rule : m_rule->ends_on) {
    const EventReading& reading = readings[static_cast<std::size_t>(rule.event)];
    if (!is_known(reading) || reading.day > m_as_of || reading.day < voided) continue;
    facts.ending = std::min(facts.ending, reading.day);
    if (rule.extent == Ending::Extent::all) facts.ending_all = std::min(facts.ending_all, reading.day);
  }
}

void CompiledPurpose::judge_phase(const Facts& facts, Readings readings, PurposeJudgement& judgement) const {
  if (facts.start != k_never) judgement.start = facts.start;
  if (!active_has_ended(facts)) {
    judgement.state = state_while_active(facts, readings);
  } else if (m_rule->archive && facts.ending_all == k_never && !archive_has_ended(facts)) {
    judgement.state = PurposeState::archive;
    judgement.due = active_due(facts);
  } else {
    judgement.state = PurposeState::ended;
    judgement.due = ended_due(facts);
  }
}

PurposeState CompiledPurpose::state_while_active(const Facts& facts, Readings readings) const {
  if (facts.start != k_never) {
    return facts.archive_is_open && period_has_ended(facts) ? PurposeState::open : PurposeState::active;
  }
  const Term& start = facts.never_opened ? *m_never_opened_start : *m_start;
  return start.goes_on(readings) ? PurposeState::open : PurposeState::undated;
}

// ---------------------------------------------------------------- comparing

const CompiledPurpose::Cutoffs& CompiledPurpose::cutoffs(const Facts& facts) const {
  return facts.never_opened ? m_never_opened_cutoffs : m_cutoffs;
}

bool CompiledPurpose::period_has_ended(const Facts& facts) const { return facts.start <= cutoffs(facts).active; }

bool CompiledPurpose::cap_has_ended_active(const Facts& facts) const {
  return m_active_cap && facts.active_cap <= m_active_cap->cutoff;
}

bool CompiledPurpose::active_has_ended(const Facts& facts) const {
  bool has_ended = (period_has_ended(facts) && !facts.archive_is_open) || cap_has_ended_active(facts);
  if (!m_rule->archive) {
    const bool has_end = facts.start != k_never || facts.active_cap != k_never;
    has_ended = has_ended_as_agreed(has_ended, has_end, facts);
  }
  return has_ended || facts.ending != k_never;
}

/// Where the archive has no start it runs from the first end of the active phase: its period's, its
/// cap's or an event's, and the archive is over once it is over for any of them.
bool CompiledPurpose::archive_period_has_ended(const Facts& facts) const {
  if (facts.archive_start != k_never) return facts.archive_start <= m_archive_event_cutoff;
  if (facts.archive_is_open) return false;
  const bool by_start = facts.start <= cutoffs(facts).archive;
  if (!m_archive_start && facts.start != k_never) return by_start;
  const bool by_cap = m_active_cap && facts.active_cap <= m_archive_cap_cutoff;
  return by_start || by_cap || facts.ending <= m_archive_event_cutoff;
}

/// REQUIRES: the active phase has ended.
bool CompiledPurpose::archive_has_ended(const Facts& facts) const {
  const bool by_cap = m_archive_cap && facts.archive_cap <= m_archive_cap->cutoff;
  const bool has_end = !facts.archive_is_open || facts.archive_cap != k_never;
  return has_ended_as_agreed(by_cap || archive_period_has_ended(facts), has_end, facts);
}

/// S10: whether the last phase has ended, given whether it would have by itself.
bool CompiledPurpose::has_ended_as_agreed(bool by_itself, bool has_end, const Facts& facts) const {
  if (facts.agreed == k_never || !has_end) return by_itself;
  const LastDayOverrideRule& rule = *m_rule->last_day_override;
  const bool agreed_day_is_over = facts.agreed < m_as_of;
  if (!by_itself) return rule.may_shorten && agreed_day_is_over;
  const bool longest_is_over = rule.at_most && facts.start <= cutoffs(facts).lengthened;
  return !rule.may_lengthen || agreed_day_is_over || longest_is_over;
}

}  // namespace oubli
