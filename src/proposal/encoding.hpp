/// In which of the encodings that a config takes a text seems to be.
#pragma once

#include "oubli/model/proposal.hpp"

#include <string_view>

namespace oubli::proposal {

/// What `encoding_of` says of a text that any of them reads.
inline constexpr const char* k_only_ascii = "nothing beyond ASCII";

/// `is_whole`: the text isn't cut, so that a character at its end must be complete.
[[nodiscard]] Guess<CsvDialect::Encoding> encoding_of(std::string_view bytes, bool is_whole);

}  // namespace oubli::proposal
