/// A compiled rule in plain words: who, what, from when until when, what then, and why.
#pragma once

#include "oubli/model/rules.hpp"

#include <string>

namespace oubli::report {

/// "the latest of a and b (b only where it is known)".
[[nodiscard]] std::string term_words(const EventTerm& term, const TableRules& rules);

/// "last_contact: column last_contact_on, written iso; without it a record is undated and kept".
[[nodiscard]] std::string event_words(const EventRule& event, const TableRules& rules);

/// "Records where status = 'prospect' are kept 3 years from last_contact, or until objection if that
/// is earlier; then purged."
[[nodiscard]] std::string purpose_words(const PurposeRule& purpose, const TableRules& rules);

/// "legitimate interests; section 1.4".
[[nodiscard]] std::string reason_words(const PurposeRule& purpose);

/// "legitimate interests".
[[nodiscard]] std::string words_for(LegalBasis basis);

/// "purged", "anonymised", "flagged for a person to decide".
[[nodiscard]] std::string past_words(Disposition disposition);

}  // namespace oubli::report
