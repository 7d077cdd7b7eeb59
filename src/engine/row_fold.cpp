#include "engine/row_fold.hpp"

#include <algorithm>

namespace oubli {
namespace {

using State = EventReading::State;

/// What keeps the record aside comes before what keeps it open, and that before a day.
int weight(RowPick pick, State state) {
  switch (state) {
    case State::unreadable:
      return 3;
    case State::future:
      return 2;
    case State::missing:
      return pick == RowPick::latest ? 1 : -1;
    case State::known:
      return 0;
  }
  return 3;
}

}  // namespace

EventReading folded(RowPick pick, const EventReading& one, const EventReading& other) {
  const int weight_of_one = weight(pick, one.state);
  const int weight_of_other = weight(pick, other.state);
  if (weight_of_one != weight_of_other) return weight_of_one > weight_of_other ? one : other;
  const Day day = pick == RowPick::latest ? std::max(one.day, other.day) : std::min(one.day, other.day);
  return {one.state, day};
}

}  // namespace oubli
