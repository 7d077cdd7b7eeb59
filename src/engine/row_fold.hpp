/// Several rows that say something of one event of one record (S11).
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/decision.hpp"

namespace oubli {

/// What two rows say together. One unreadable row makes the event unreadable, one in the future
/// future. A row without a day decides as an absent member of `latest_of` does: the latest day isn't
/// known while it lasts; the earliest passes it over. In any order and grouping the same result.
[[nodiscard]] EventReading folded(RowPick pick, const EventReading& one, const EventReading& other);

}  // namespace oubli
