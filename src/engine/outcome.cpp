/// S14 and S15, for one record.
#include "engine/outcome.hpp"

#include <algorithm>

namespace oubli {
namespace {

/// What decides among several purposes: the state of the greatest weight.
int weight(PurposeState state) {
  switch (state) {
    case PurposeState::not_concerned:
      return 0;
    case PurposeState::ended:
      return 1;
    case PurposeState::archive:
      return 2;
    case PurposeState::no_period:
      return 3;
    case PurposeState::undated:
      return 4;
    case PurposeState::future:
      return 5;
    case PurposeState::unreadable:
      return 6;
    case PurposeState::undetermined:
      return 7;
    case PurposeState::open:
    case PurposeState::active:
      return 8;
  }
  return 8;
}

Outcome outcome_of(Disposition disposition) {
  switch (disposition) {
    case Disposition::flag:
      return Outcome::flag;
    case Disposition::anonymise:
      return Outcome::anonymise;
    case Disposition::purge:
      return Outcome::purge;
  }
  return Outcome::flag;
}

}  // namespace

void OutcomeFold::add(PurposeState state, const std::optional<Day>& due, Disposition then) {
  if (weight(state) > weight(m_weightiest)) m_weightiest = state;
  if (due) add_due(*due, then);
}

void OutcomeFold::add_due(Day due, Disposition then) {
  if (due < m_last_due) return;
  // On the same day the mildest disposition: Disposition is ordered so.
  m_disposition = due == m_last_due ? std::min(then, m_disposition) : then;
  m_last_due = due;
}

Outcome OutcomeFold::outcome() const {
  switch (m_weightiest) {
    case PurposeState::not_concerned:
      return Outcome::unassigned;
    case PurposeState::ended:
      return outcome_of(m_disposition);
    case PurposeState::archive:
      return Outcome::archive;
    case PurposeState::no_period:
      return Outcome::no_period;
    case PurposeState::undated:
      return Outcome::undated;
    case PurposeState::future:
      return Outcome::future;
    case PurposeState::unreadable:
      return Outcome::unreadable;
    case PurposeState::undetermined:
      return Outcome::undetermined;
    case PurposeState::open:
    case PurposeState::active:
      return Outcome::keep;
  }
  return Outcome::keep;
}

CategorySet categories_of(const PurposeRule& purpose) {
  CategorySet set = 0;
  for (const int category : purpose.categories) set |= CategorySet{1} << category;
  return set;
}

bool may_end_categories(PurposeState state) {
  return state == PurposeState::active || state == PurposeState::open || state == PurposeState::archive;
}

}  // namespace oubli
