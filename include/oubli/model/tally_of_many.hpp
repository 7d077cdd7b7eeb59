/// Counting many records at once that are judged alike.
#pragma once

#include "oubli/model/tally.hpp"

namespace oubli {

/// Whether the tally still wants to know which records have this judgement: the first few odd ones are
/// reported by row number.
[[nodiscard]] bool wants_rows(const TableTally& tally, const Judgement& judgement);

/// Counts records whose outcome is the judgement's own. REQUIRES: it isn't due and sets no column, the
/// tally knows an older start of each of its purposes, and doesn't want their rows.
void add_many(TableTally& tally, const Judgement& judgement, std::int64_t records);

}  // namespace oubli
