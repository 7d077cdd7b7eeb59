/// What is wrong with a document's text before anyone asks what it says.
#pragma once

#include "policy/findings.hpp"
#include "policy/source_text.hpp"

#include <string_view>

namespace oubli {

/// True for characters a policy may not hold, written or escaped: controls, byte-order marks and
/// what changes the direction of text. What a person approves must be what they see.
[[nodiscard]] bool is_hidden_character(char32_t character);

/// Refuses overlong lines and too many of them, bytes that aren't UTF-8, hidden characters, line ends other than LF and
/// CR LF, and directives.
void check_text(const SourceText& source, Findings& findings);

}  // namespace oubli
