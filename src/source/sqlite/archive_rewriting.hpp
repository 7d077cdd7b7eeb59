/// Emptying and masking columns of records that stay in the archive (S15, S17).
///
/// Archived columns have no types and no constraints, so everything can be written. The digest in the
/// bookkeeping is that of the new content; of an anonymised record nothing there names the person.
#pragma once

#include "source/sqlite/open_archive.hpp"

#include <memory>

namespace oubli::sqlite {

/// All three outlive what is returned.
[[nodiscard]] std::unique_ptr<Rewriting> start_rewriting(OpenArchive& archive, const TablePlan& plan,
                                                         const GoingRecords& going);

}  // namespace oubli::sqlite
