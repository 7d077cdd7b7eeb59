/// From the purposes of a record to its outcome (S14), and to the data they still need (S15).
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/model/rules.hpp"

namespace oubli {

/// Takes the purposes of one record one by one, in any order, and says the record's outcome: the
/// longest keeps it, and anything odd keeps it too.
class OutcomeFold {
 public:
  /// `due` is the first day of the archive or ended state, `then` the purpose's disposition.
  void add(PurposeState state, const std::optional<Day>& due, Disposition then);

  [[nodiscard]] Outcome outcome() const;
  /// Since when the outcome is due; nothing where the record is kept.
  [[nodiscard]] std::optional<Day> due() const;

 private:
  void add_due(Day due, Disposition then);

  PurposeState m_weightiest = PurposeState::not_concerned;
  Day m_last_due = Day::min();
  Disposition m_disposition = Disposition::purge;
};

/// The categories a purpose lists.
[[nodiscard]] CategorySet categories_of(const PurposeRule& purpose);

/// True where `by_category` may end a category before its purpose: the purpose is running. One that
/// is odd or undated keeps all it lists.
[[nodiscard]] bool may_end_categories(PurposeState state);

/// Takes the purposes of one record one by one, in any order, and says which categories were needed
/// and no longer are. A purpose that may concern the record needs what it lists.
class CategoryFold {
 public:
  /// `ended`: those of the listed that the purpose no longer needs.
  void add(PurposeState state, CategorySet listed, CategorySet ended);

  [[nodiscard]] CategorySet ended() const { return m_ended & ~m_needed; }
  [[nodiscard]] CategorySet needed() const { return m_needed; }

 private:
  CategorySet m_ended = 0;
  CategorySet m_needed = 0;
};

inline std::optional<Day> OutcomeFold::due() const {
  const bool is_due = m_weightiest == PurposeState::ended || m_weightiest == PurposeState::archive;
  return is_due ? std::optional(m_last_due) : std::nullopt;
}

inline void CategoryFold::add(PurposeState state, CategorySet listed, CategorySet ended) {
  if (state == PurposeState::not_concerned) return;
  m_ended |= ended;
  m_needed |= listed & ~ended;
}

}  // namespace oubli
