/// `decide` compiled: every period of the rules becomes a cutoff (S4), so that a record's state is
/// found by comparing days. Periods are added only to say since when a due record is due.
#include "engine/event_readings.hpp"
#include "engine/outcome.hpp"
#include "oubli/engine/calendar.hpp"
#include "oubli/engine/decide.hpp"

#include <algorithm>

namespace oubli {
namespace {

using Readings = std::span<const EventReading>;

bool is_known(const EventReading& reading) { return reading.state == EventReading::State::known; }

/// Past every day of a civil calendar: the neutral element of "the earlier of".
constexpr Day k_never = Day::max();

/// An event expression, its members' kinds looked up.
struct Term {
  struct Member {
    std::size_t event;
    bool must_be_known;
    bool goes_on_when_absent;
  };
  EventExpression::Combine combine;
  std::vector<Member> members;

  Term(const EventTerm& term, const TableRules& rules) : combine(term.combine) {
    for (const EventTerm::Member& member : term.members) {
      const auto event = static_cast<std::size_t>(member.event);
      const bool must_be_known = combine == EventExpression::Combine::latest_of && !member.optional;
      members.push_back({event, must_be_known, rules.events[event].kind != EventKind::dated});
    }
  }

  /// The combined day. Without one, `open` says how its absence is understood.
  [[nodiscard]] std::optional<Day> day(Readings readings, bool& open) const {
    std::optional<Day> best;
    bool incomplete = false;
    open = false;
    for (const Member& member : members) {
      const EventReading& reading = readings[member.event];
      if (is_known(reading)) {
        if (!best || replaces(reading.day, *best)) best = reading.day;
      } else {
        incomplete |= member.must_be_known;
        open |= member.goes_on_when_absent;
      }
    }
    return incomplete ? std::nullopt : best;
  }

  [[nodiscard]] std::optional<Day> day(Readings readings) const {
    bool open = false;
    return day(readings, open);
  }

 private:
  [[nodiscard]] bool replaces(Day day, Day best) const {
    if (combine == EventExpression::Combine::latest_of) return day > best;
    return combine == EventExpression::Combine::earliest_of && day < best;
  }
};

/// `at_most` of a phase.
struct CompiledCap {
  Term from;
  Period keep;
  Day cutoff;  ///< a `from` up to here has ended the phase
};

/// What of one record decides a purpose's phases.
struct Facts {
  std::optional<Day> start;
  std::optional<Day> active_cap;
  std::optional<Day> archive_cap;
  Day ending = k_never;      ///< the first event that ended at least the active phase, up to the as-of day
  Day ending_all = k_never;  ///< the first that ended the purpose
};

/// One purpose with its cutoffs.
class CompiledPurpose {
 public:
  CompiledPurpose(const PurposeRule& rule, const TableRules& rules, Day as_of);

  void judge(std::span<const Value> values, Readings readings, PurposeJudgement& judgement) const;
  [[nodiscard]] Disposition then() const { return m_rule->then; }
  [[nodiscard]] std::optional<Day> active_cutoff() const {
    return m_start ? std::optional(m_active_cutoff) : std::nullopt;
  }

 private:
  void compile_phases(const TableRules& rules);
  void use(const Term& term);
  [[nodiscard]] std::optional<CompiledCap> compiled(const std::optional<CapRule>& cap, const TableRules& rules);

  void judge_concerned(Readings readings, PurposeJudgement& judgement) const;
  [[nodiscard]] std::optional<PurposeState> odd_state(Readings readings) const;
  void judge_phase(const Facts& facts, bool open, PurposeJudgement& judgement) const;
  void find_endings(Readings readings, Facts& facts) const;

  [[nodiscard]] bool active_has_ended(const Facts& facts) const;
  [[nodiscard]] bool archive_has_ended(const Facts& facts) const;
  [[nodiscard]] Day active_due(const Facts& facts) const;
  [[nodiscard]] Day archive_due(const Facts& facts) const;
  [[nodiscard]] Day ended_due(const Facts& facts) const;

  const PurposeRule* m_rule;
  const FiscalYears* m_fiscal_years;
  Day m_as_of;
  std::vector<std::size_t> m_used;  ///< events whose oddness keeps the record
  std::optional<Term> m_start;      ///< absent: no period
  Day m_active_cutoff{};            ///< of starts
  std::optional<CompiledCap> m_active_cap;
  Day m_archive_cutoff{};        ///< of starts
  Day m_archive_event_cutoff{};  ///< of ending events, where the start is missing
  Day m_archive_cap_cutoff{};    ///< of the active phase's cap, where the start is missing
  std::optional<CompiledCap> m_archive_cap;
};

/// The last start whose last day, `start ⊕ period`, is on or before `day`.
Day last_day_cutoff(Day day, const Period& period) {
  return period.is_zero() ? day : cutoff(day + date::days{1}, period);
}

CompiledPurpose::CompiledPurpose(const PurposeRule& rule, const TableRules& rules, Day as_of)
    : m_rule(&rule), m_fiscal_years(&rules.fiscal_years), m_as_of(as_of) {
  if (rule.active) compile_phases(rules);
}

void CompiledPurpose::compile_phases(const TableRules& rules) {
  const ActiveRule& active = *m_rule->active;
  m_start.emplace(active.start, rules);
  use(*m_start);
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

void CompiledPurpose::use(const Term& term) {
  for (const Term::Member& member : term.members) m_used.push_back(member.event);
}

std::optional<CompiledCap> CompiledPurpose::compiled(const std::optional<CapRule>& cap, const TableRules& rules) {
  if (!cap) return std::nullopt;
  const CompiledCap result{Term(cap->from, rules), cap->keep, cutoff(m_as_of, cap->keep)};
  use(result.from);
  return result;
}

// ---------------------------------------------------------------- judging

void CompiledPurpose::judge(std::span<const Value> values, Readings readings, PurposeJudgement& judgement) const {
  judgement = {};
  const Truth concerned = m_rule->where ? evaluate(*m_rule->where, values, readings) : Truth::yes;
  if (concerned == Truth::unknown) judgement.state = PurposeState::undetermined;
  if (concerned == Truth::yes) judge_concerned(readings, judgement);
}

void CompiledPurpose::judge_concerned(Readings readings, PurposeJudgement& judgement) const {
  if (const auto& inactive = m_rule->inactive) {
    const EventReading& made = readings[static_cast<std::size_t>(inactive->event)];
    judgement.newer_than_inactive = is_known(made) && made.day > inactive->inactive_since;
  }
  if (!m_start) {
    judgement.state = PurposeState::no_period;
    return;
  }
  if (const auto odd = odd_state(readings)) {
    judgement.state = *odd;
    return;
  }
  Facts facts;
  bool open = false;
  facts.start = m_start->day(readings, open);
  if (m_active_cap) facts.active_cap = m_active_cap->from.day(readings);
  if (m_archive_cap) facts.archive_cap = m_archive_cap->from.day(readings);
  find_endings(readings, facts);
  judge_phase(facts, open, judgement);
}

std::optional<PurposeState> CompiledPurpose::odd_state(Readings readings) const {
  std::optional<PurposeState> state;
  for (const std::size_t event : m_used) {
    if (readings[event].state == EventReading::State::unreadable) return PurposeState::unreadable;
    if (readings[event].state == EventReading::State::future) state = PurposeState::future;
  }
  return state;
}

void CompiledPurpose::find_endings(Readings readings, Facts& facts) const {
  for (const EndingRule& rule : m_rule->ends_on) {
    const EventReading& reading = readings[static_cast<std::size_t>(rule.event)];
    if (!is_known(reading) || reading.day > m_as_of) continue;
    facts.ending = std::min(facts.ending, reading.day);
    if (rule.extent == Ending::Extent::all) facts.ending_all = std::min(facts.ending_all, reading.day);
  }
}

void CompiledPurpose::judge_phase(const Facts& facts, bool open, PurposeJudgement& judgement) const {
  judgement.start = facts.start;
  if (!active_has_ended(facts)) {
    const auto without_start = open ? PurposeState::open : PurposeState::undated;
    judgement.state = facts.start ? PurposeState::active : without_start;
  } else if (m_rule->archive && facts.ending_all == k_never && !archive_has_ended(facts)) {
    judgement.state = PurposeState::archive;
    judgement.due = active_due(facts);
  } else {
    judgement.state = PurposeState::ended;
    judgement.due = ended_due(facts);
  }
}

bool CompiledPurpose::active_has_ended(const Facts& facts) const {
  if (facts.start && *facts.start <= m_active_cutoff) return true;
  if (facts.active_cap && *facts.active_cap <= m_active_cap->cutoff) return true;
  return facts.ending != k_never;
}

/// REQUIRES: the active phase has ended.
bool CompiledPurpose::archive_has_ended(const Facts& facts) const {
  if (facts.archive_cap && *facts.archive_cap <= m_archive_cap->cutoff) return true;
  if (facts.start) return *facts.start <= m_archive_cutoff;
  if (facts.active_cap && *facts.active_cap <= m_archive_cap_cutoff) return true;
  return facts.ending <= m_archive_event_cutoff;
}

Day CompiledPurpose::active_due(const Facts& facts) const {
  Day due = facts.ending;
  if (facts.start) {
    const Day counted_from = close_of(*facts.start, m_rule->active->end_of, *m_fiscal_years);
    due = std::min(due, first_due_day(counted_from, m_rule->active->period));
  }
  if (facts.active_cap) due = std::min(due, first_due_day(*facts.active_cap, m_active_cap->keep));
  return due;
}

/// The archive phase's own end, however it compares with the active phase's.
Day CompiledPurpose::archive_due(const Facts& facts) const {
  Day from = facts.ending;
  if (facts.start) {
    from = close_of(*facts.start, m_rule->active->end_of, *m_fiscal_years);
  } else if (facts.active_cap) {
    from = std::min(from, last_day(*facts.active_cap, m_active_cap->keep));
  }
  const Day due = first_due_day(from, m_rule->archive->up_to);
  return facts.archive_cap ? std::min(due, first_due_day(*facts.archive_cap, m_archive_cap->keep)) : due;
}

Day CompiledPurpose::ended_due(const Facts& facts) const {
  Day due = active_due(facts);
  if (m_rule->archive) due = std::max(due, archive_due(facts));
  return std::min(due, facts.ending_all);
}

}  // namespace

// ---------------------------------------------------------------- the matcher

/// Holds the rules by value: what is compiled points into them.
struct Matcher::Compiled {
  TableRules rules;
  RunDays days;
  EventReaders readers;
  std::vector<CompiledPurpose> purposes;

  Compiled(const TableRules& table_rules, RunDays run_days) : rules(table_rules), days(run_days), readers(rules, days) {
    for (const PurposeRule& rule : rules.purposes) purposes.emplace_back(rule, rules, days.as_of);
  }
};

Matcher::Matcher(const TableRules& rules, RunDays days) : m_compiled(std::make_unique<Compiled>(rules, days)) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

void Matcher::judge(std::span<const Value> values, Judgement& judgement) const {
  const auto& purposes = m_compiled->purposes;
  m_compiled->readers.read(values, judgement.events);
  judgement.purposes.resize(purposes.size());
  OutcomeFold fold;
  for (std::size_t i = 0; i < purposes.size(); ++i) {
    PurposeJudgement& one = judgement.purposes[i];
    purposes[i].judge(values, judgement.events, one);
    fold.add(one.state, one.due, purposes[i].then());
  }
  judgement.outcome = fold.outcome();
  judgement.due = fold.due();
}

const TableRules& Matcher::rules() const { return m_compiled->rules; }
RunDays Matcher::days() const { return m_compiled->days; }

std::optional<Day> Matcher::active_cutoff(std::size_t purpose) const {
  return m_compiled->purposes[purpose].active_cutoff();
}

}  // namespace oubli
