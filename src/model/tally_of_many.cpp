#include "oubli/model/tally_of_many.hpp"

namespace oubli {

namespace {

TableTally tally_of_one(const Judgement& judgement) {
  TableTally tally;
  tally.add(judgement, judgement.outcome, 0);
  return tally;
}

PurposeTally times(const PurposeTally& one, std::int64_t records) {
  PurposeTally many = one;
  for (auto* const count :
       {&many.records, &many.active, &many.open, &many.archive, &many.ended, &many.undated, &many.unreadable,
        &many.future, &many.undetermined, &many.no_period, &many.newer_than_inactive}) {
    *count *= records;
  }
  return many;
}

}  // namespace

bool wants_rows(const TableTally& tally, const Judgement& judgement) {
  if (tally_of_one(judgement).odd_rows.empty()) return false;
  const auto known = tally.odd_rows.find(judgement.outcome);
  return known == tally.odd_rows.end() || known->second.rows.size() < OddRows::k_most;
}

// What a due record or one to be rewritten would add isn't there.
void add_many(TableTally& tally, const Judgement& judgement, std::int64_t records) {
  TableTally many = tally_of_one(judgement);
  many.odd_rows.clear();
  many.rows *= records;
  for (auto& count : many.outcomes.counts) count *= records;
  for (auto& purpose : many.purposes) purpose = times(purpose, records);
  for (auto& count : many.ended) count *= records;
  tally.append(many, 0);
}

}  // namespace oubli
