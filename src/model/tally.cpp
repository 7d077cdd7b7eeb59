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

/// Adds what two tallies counted under the same keys.
template <class Key>
void add_counts(const std::map<Key, std::int64_t>& counts, std::map<Key, std::int64_t>& to) {
  for (const auto& [key, count] : counts) to[key] += count;
}

void add_counts(const std::vector<std::int64_t>& counts, std::vector<std::int64_t>& to) {
  to.resize(std::max(to.size(), counts.size()));
  for (std::size_t i = 0; i < counts.size(); ++i) to[i] += counts[i];
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

PurposeTally& PurposeTally::operator+=(const PurposeTally& other) {
  records += other.records;
  active += other.active;
  open += other.open;
  archive += other.archive;
  ended += other.ended;
  undated += other.undated;
  unreadable += other.unreadable;
  future += other.future;
  undetermined += other.undetermined;
  no_period += other.no_period;
  newer_than_inactive += other.newer_than_inactive;
  if (other.oldest_start) oldest_start = std::min(oldest_start.value_or(*other.oldest_start), *other.oldest_start);
  return *this;
}

void TableTally::append(const TableTally& later, std::int64_t rows_before) {
  // Taken apart so that a count that is added to a tally can't be forgotten here.
  const auto& [its_rows, its_outcomes, its_purposes, its_odd_rows, its_due_since, its_minimise, its_rewrites, its_ended,
               its_stopped] = later;
  rows += its_rows;
  outcomes += its_outcomes;
  purposes.resize(std::max(purposes.size(), its_purposes.size()));
  for (std::size_t i = 0; i < its_purposes.size(); ++i) purposes[i] += its_purposes[i];
  for (const auto& [outcome, odd] : its_odd_rows) {
    auto& known = odd_rows[outcome].rows;
    for (const auto row : odd.rows) {
      if (known.size() < OddRows::k_most) known.push_back(rows_before + row);
    }
  }
  add_counts(its_due_since, due_since);
  minimise += its_minimise;
  add_counts(its_rewrites, rewrites);
  add_counts(its_ended, ended);
  add_counts(its_stopped, stopped);
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
