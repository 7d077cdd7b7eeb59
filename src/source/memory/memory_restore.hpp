/// Puts archived records in memory back among the live ones.
#pragma once

#include "source/memory/memory_reader.hpp"

namespace oubli::memory {

/// See DataSource::restore. `memory` is the live side.
[[nodiscard]] Restored restore_records(RuledMemory& memory, const ArchivedPlace& place, const GoingRecords& going);

}  // namespace oubli::memory
