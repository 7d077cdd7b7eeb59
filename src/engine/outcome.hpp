/// From the purposes of a record to its outcome (S14).
#pragma once

#include "oubli/model/decision.hpp"
#include "oubli/model/policy.hpp"

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

}  // namespace oubli
