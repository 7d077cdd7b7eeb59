/// Counting judgements.
#include "oubli/model/tally.hpp"

#include "oubli/model/rules.hpp"

#include <algorithm>
#include <numeric>

namespace oubli {
namespace {

/// Outcomes whose records a person should look at.
bool is_odd(Outcome outcome) {
  switch (outcome) {
    case Outcome::undated:
    case Outcome::unreadable:
    case Outcome::future:
    case Outcome::undetermined:
    case Outcome::unassigned:
    case Outcome::malformed:
      return true;
    default:
      return false;
  }
}

/// The counter of a state; nullptr where a record isn't under the purpose.
std::int64_t* counter(PurposeTally& tally, PurposeState state) {
  switch (state) {
    case PurposeState::not_concerned:
      return nullptr;
    case PurposeState::active:
      return &tally.active;
    case PurposeState::open:
      return &tally.open;
    case PurposeState::undetermined:
      return &tally.undetermined;
    case PurposeState::unreadable:
      return &tally.unreadable;
    case PurposeState::future:
      return &tally.future;
    case PurposeState::undated:
      return &tally.undated;
    case PurposeState::no_period:
      return &tally.no_period;
    case PurposeState::archive:
      return &tally.archive;
    case PurposeState::ended:
      return &tally.ended;
  }
  return nullptr;
}

}  // namespace

std::int64_t OutcomeCounts::total() const { return std::accumulate(counts.begin(), counts.end(), std::int64_t{0}); }

std::int64_t OutcomeCounts::to_change() const {
  const OutcomeCounts& self = *this;
  return self[Outcome::archive] + self[Outcome::anonymise] + self[Outcome::purge];
}

OutcomeCounts& OutcomeCounts::operator+=(const OutcomeCounts& other) {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += other.counts[i];
  return *this;
}

void PurposeTally::add(const PurposeJudgement& judgement) {
  std::int64_t* const count = counter(*this, judgement.state);
  if (count == nullptr) return;
  ++records;
  ++*count;
  if (judgement.newer_than_inactive) ++newer_than_inactive;
  if (judgement.start && (!oldest_start || *judgement.start < *oldest_start)) oldest_start = judgement.start;
}

void TableTally::add(const Judgement& judgement, Outcome outcome, std::int64_t row) {
  ++rows;
  ++outcomes[outcome];
  if (is_odd(outcome)) {
    auto& odd = odd_rows[outcome].rows;
    if (odd.size() < OddRows::k_most) odd.push_back(row);
  }
  // A malformed record was never judged: whatever its judgement holds belongs to another record.
  if (outcome == Outcome::malformed) return;
  purposes.resize(std::max(purposes.size(), judgement.purposes.size()));
  for (std::size_t i = 0; i < judgement.purposes.size(); ++i) purposes[i].add(judgement.purposes[i]);
  if (changes(outcome) && judgement.due) ++due_since[*judgement.due];
  if (!removes(outcome)) add_rewrites(judgement, outcome);
  add_ended(judgement, outcome);
}

// A blocked or flagged record is reported as such: all its purposes have ended.
void TableTally::add_ended(const Judgement& judgement, Outcome outcome) {
  if (changes(outcome) || outcome == Outcome::blocked || outcome == Outcome::flag) return;
  for (std::size_t i = 0; i < k_most_categories && judgement.ended_categories >> i != 0; ++i) {
    if ((judgement.ended_categories >> i & 1U) == 0) continue;
    ended.resize(std::max(ended.size(), i + 1));
    ++ended[i];
  }
}

void TableTally::add_rewrites(const Judgement& judgement, Outcome outcome) {
  if (judgement.rewrites.empty()) return;
  if (outcome != Outcome::anonymise) ++minimise;
  rewrites.resize(std::max(rewrites.size(), judgement.rewrites.back() + 1));
  for (const std::size_t column : judgement.rewrites) ++rewrites[column];
}

}  // namespace oubli
