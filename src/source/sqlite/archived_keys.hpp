/// Keys by which archived records are known to their relations.
///
/// Live columns have types and collations that decide what equals what; archived ones have none. So
/// numbers are compared as numbers, however they are written, and text without regard to case and
/// to spaces at its end: too many records may seem related, never too few.
#pragma once

#include "oubli/source/data_source.hpp"

#include <span>
#include <string_view>

namespace oubli::sqlite {

/// Null where one of the values is.
[[nodiscard]] RecordKey loose_key(std::span<const Value> values);

/// The key of all that went to the archive as one; null for an empty family.
[[nodiscard]] RecordKey family_key(const Value& run, const Value& family);

}  // namespace oubli::sqlite
