/// Empties and masks fields of records in memory.
#pragma once

#include "source/memory/memory_reader.hpp"
#include "source/rewrite.hpp"

#include <memory>

namespace oubli::memory {

/// `memory`, `plan` and `going` outlive what is returned.
[[nodiscard]] std::unique_ptr<Rewriting> start_rewriting(RuledMemory& memory, const TablePlan& plan,
                                                         const GoingRecords& going);

}  // namespace oubli::memory
