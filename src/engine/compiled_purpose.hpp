/// One purpose compiled for one as-of day: its periods are cutoffs (S4), so that a record's state is
/// found by comparing days. Periods are added only to say since when a due record is due.
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"

#include <span>
#include <vector>

namespace oubli {

using Readings = std::span<const EventReading>;

/// Past every day of a calendar: what an absent day is, so that it is never before a cutoff.
inline constexpr Day k_never = Day::max();

/// An event expression, its members' kinds looked up.
class Term {
 public:
  Term(const EventTerm& term, const TableRules& rules);

  /// The combined day; `k_never` where it is absent.
  [[nodiscard]] Day day(Readings readings) const;
  /// How the absence is understood: true when the relation goes on.
  [[nodiscard]] bool goes_on(Readings readings) const;
  void add_events_to(std::vector<std::size_t>& events) const;

 private:
  struct Member {
    std::size_t event;
    bool must_be_known;
    bool goes_on_when_absent;
  };

  [[nodiscard]] bool replaces(Day day, Day best) const;

  EventExpression::Combine m_combine;
  std::vector<Member> m_members;
};

class CompiledPurpose {
 public:
  /// `rule` and `rules` must outlive this.
  CompiledPurpose(const PurposeRule& rule, const TableRules& rules, Day as_of);

  /// Judges one record under this purpose, which it is or isn't under.
  void judge(Truth concerned, Readings readings, PurposeJudgement& judgement) const;
  /// Whether its own columns put a record under this purpose.
  [[nodiscard]] Truth concerns(std::span<const Value> values, Readings readings) const;

  [[nodiscard]] Disposition then() const { return m_rule->then; }
  [[nodiscard]] CategorySet categories() const { return m_categories; }
  /// Of starts, by the active phase's period alone; nothing without period.
  [[nodiscard]] std::optional<Day> active_cutoff() const;

 private:
  /// `at_most` of a phase.
  struct Cap {
    Term from;
    Period keep;
    Day cutoff;  ///< a `from` up to here has ended the phase
  };

  /// What of one record decides its phases; `k_never` where it is absent.
  struct Facts {
    Day start = k_never;
    Day active_cap = k_never;
    Day archive_cap = k_never;
    Day ending = k_never;      ///< the first event that ended at least the active phase, up to the as-of day
    Day ending_all = k_never;  ///< the first that ended the purpose
  };

  void compile_phases(const TableRules& rules);
  [[nodiscard]] std::optional<Cap> compiled(const std::optional<CapRule>& cap, const TableRules& rules);

  void judge_concerned(Readings readings, PurposeJudgement& judgement) const;
  [[nodiscard]] PurposeState odd_state(Readings readings) const;
  [[nodiscard]] Facts facts_of(Readings readings) const;
  void judge_phase(const Facts& facts, Readings readings, PurposeJudgement& judgement) const;

  [[nodiscard]] bool cap_has_ended_active(const Facts& facts) const;
  [[nodiscard]] bool active_has_ended(const Facts& facts) const;
  [[nodiscard]] bool archive_has_ended(const Facts& facts) const;
  [[nodiscard]] Day active_due(const Facts& facts) const;
  [[nodiscard]] Day archive_due(const Facts& facts) const;
  [[nodiscard]] Day ended_due(const Facts& facts) const;

  const PurposeRule* m_rule;
  const FiscalYears* m_fiscal_years;
  Day m_as_of;
  CategorySet m_categories;
  std::vector<std::size_t> m_used;  ///< events whose oddness keeps the record
  std::optional<Term> m_start;      ///< absent: no period
  Day m_active_cutoff{};            ///< of starts
  std::optional<Cap> m_active_cap;
  Day m_archive_cutoff{};        ///< of starts
  Day m_archive_event_cutoff{};  ///< of ending events, where the start is missing
  Day m_archive_cap_cutoff{};    ///< of the active phase's cap, where the start is missing
  std::optional<Cap> m_archive_cap;
};

}  // namespace oubli
