/// Periods held against what the law or the recommendation they cite says.
#pragma once

#include "oubli/policy/read.hpp"
#include "policy/reader_findings.hpp"

#include <span>

namespace oubli {

/// Warns where a purpose is kept shorter than a floor or longer than a ceiling of what it cites, by
/// `use` or by a `legal_reference` that a reference knows. Where it cites a text that gives several
/// periods, one of them is enough.
void check_periods(const Policy& policy, std::span<const FoundReference> references, ReaderFindings& findings);

}  // namespace oubli
