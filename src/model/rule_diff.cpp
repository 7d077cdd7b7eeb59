#include "oubli/model/rule_diff.hpp"

namespace oubli {

namespace {

template <typename Counts>
std::int64_t sum_of(const std::vector<OutcomeMove>& moves, Counts counts) {
  std::int64_t sum = 0;
  for (const OutcomeMove& move : moves) sum += counts(move) ? move.records : 0;
  return sum;
}

}  // namespace

bool is_due(Outcome outcome) {
  return outcome == Outcome::archive || outcome == Outcome::anonymise || outcome == Outcome::purge;
}

bool TableDiff::is_empty() const {
  return rules.empty() && moves.empty() && minimised_before == minimised_after;
}

std::int64_t TableDiff::become_due() const {
  return sum_of(moves, [](const OutcomeMove& move) { return is_due(move.after) && !is_due(move.before); });
}

std::int64_t TableDiff::are_spared() const {
  return sum_of(moves, [](const OutcomeMove& move) { return is_due(move.before) && !is_due(move.after); });
}

}  // namespace oubli
