/// One purpose compiled for one as-of day: its periods are cutoffs (S4), so that a record's state is
/// found by comparing days. Periods are added only to say since when a due record is due.
#pragma once

#include "engine/category_ends.hpp"
#include "engine/term.hpp"
#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"
#include "oubli/model/value.hpp"

#include <span>
#include <vector>

namespace oubli {

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
  /// By event: raises the day to the last one that judging compares the event's with. Whether a day that
  /// lies past it is this one or a later one makes no difference but for `PurposeJudgement::start`.
  void raise_to_last_compared(std::span<Day> days) const;
  /// The events that `PurposeJudgement::start` is made of.
  [[nodiscard]] std::vector<std::size_t> start_events() const;

 private:
  /// `at_most` of a phase.
  struct Cap {
    Term from;
    Period keep;
    Day cutoff;  ///< a `from` up to here has ended the phase
  };

  /// What a start has ended that lies no later than these. One set for `active`, one for `never_opened`.
  struct Cutoffs {
    Day active = Day::min();
    Day archive = Day::min();     ///< the archive, where it counts from this start or from the end it sets
    Day lengthened = Day::min();  ///< the longest time that `override` may agree on
  };

  /// What of one record decides its phases; `k_never` where it is absent.
  struct Facts {
    bool never_opened = false;
    Day start = k_never;
    Day active_cap = k_never;
    Day archive_start = k_never;   ///< of an archive with an event of its own
    bool archive_is_open = false;  ///< that event is absent and its relation goes on
    Day archive_cap = k_never;
    Day agreed = k_never;      ///< the last day that `override` puts in place of the computed one
    Day ending = k_never;      ///< the first event that ended at least the active phase, up to the as-of day
    Day ending_all = k_never;  ///< the first that ended the purpose
  };

  void compile_phases(const TableRules& rules);
  void compile_archive(const TableRules& rules);
  void compile_exceptions(const TableRules& rules);
  [[nodiscard]] std::optional<Cap> compiled(const std::optional<CapRule>& cap, const TableRules& rules);
  [[nodiscard]] Cutoffs cutoffs_of(const Period& active, EndOf end_of) const;

  void judge_concerned(Readings readings, PurposeJudgement& judgement) const;
  [[nodiscard]] PurposeState odd_state(Readings readings) const;
  [[nodiscard]] Facts facts_of(Readings readings) const;
  void add_start(Readings readings, Facts& facts) const;
  void add_endings(Readings readings, Facts& facts) const;
  void judge_phase(const Facts& facts, Readings readings, PurposeJudgement& judgement) const;
  [[nodiscard]] PurposeState state_while_active(const Facts& facts, Readings readings) const;

  [[nodiscard]] const Cutoffs& cutoffs(const Facts& facts) const;
  [[nodiscard]] bool period_has_ended(const Facts& facts) const;
  [[nodiscard]] bool cap_has_ended_active(const Facts& facts) const;
  [[nodiscard]] bool active_has_ended(const Facts& facts) const;
  [[nodiscard]] bool archive_period_has_ended(const Facts& facts) const;
  [[nodiscard]] bool archive_has_ended(const Facts& facts) const;
  [[nodiscard]] bool has_ended_as_agreed(bool by_itself, bool has_end, const Facts& facts) const;

  // Sums, for the due day alone. Each is asked only where what it adds up has a day.
  [[nodiscard]] Day counted_from(const Facts& facts) const;
  [[nodiscard]] const Period& active_period(const Facts& facts) const;
  [[nodiscard]] Day active_due(const Facts& facts) const;
  [[nodiscard]] Day active_ended_on(const Facts& facts) const;
  [[nodiscard]] Day archive_due(const Facts& facts) const;
  [[nodiscard]] Day as_agreed(Day due, const Facts& facts) const;
  [[nodiscard]] Day ended_due(const Facts& facts) const;

  const PurposeRule* m_rule;
  const FiscalYears* m_fiscal_years;
  Day m_as_of;
  CategorySet m_categories;
  CategoryEnds m_category_ends;
  std::vector<std::size_t> m_used;  ///< events whose oddness keeps the record
  std::optional<Term> m_start;      ///< absent: no period
  std::optional<Term> m_never_opened_start;
  Cutoffs m_cutoffs;
  Cutoffs m_never_opened_cutoffs;
  std::optional<Cap> m_active_cap;
  std::optional<Term> m_archive_start;
  Day m_archive_event_cutoff{};  ///< of days an archive counts from as they are
  Day m_archive_cap_cutoff{};    ///< of the active phase's cap, where the archive counts from the end it sets
  std::optional<Cap> m_archive_cap;
};

}  // namespace oubli
