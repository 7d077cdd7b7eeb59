/// Why one record is kept, archived or purged, in sentences.
#pragma once

#include "oubli/model/explanation.hpp"

#include <string>

namespace oubli::report {

/// "would be purged: its last purpose ended, due since 2026-02-04".
[[nodiscard]] std::string outcome_sentence(const Explanation& explanation);

/// One sentence for one purpose: "ended: last_contact was on 2023-02-03, so it could be kept through
/// 2026-02-03 and has been due since 2026-02-04".
[[nodiscard]] std::string purpose_sentence(const Explanation& explanation, const PurposeDecision& decision);

/// "2023-02-03", "missing", "unreadable", "2031-01-01, in the future".
[[nodiscard]] std::string reading_words(const EventReading& reading);

/// "not needed since 2023-02-03", "needed through 2027-02-03".
[[nodiscard]] std::string category_due_words(const CategoryDecision& category, Day as_of);
/// Where the day comes from, if not from a column: "the latest of interactions.at"; else empty.
[[nodiscard]] std::string origin_words(const EventRule& event);

/// The events a purpose looks at, as indices into TableRules::events, each once, in order of use.
[[nodiscard]] std::vector<std::size_t> events_of(const PurposeRule& purpose);

}  // namespace oubli::report
