/// Values as bytes that tell type from type and field from field.
///
/// Comparing values in SQL isn't safe for deciding that a copy is a copy: affinity makes the text
/// '0612345678' equal to the integer 612345678, and NOCASE makes 'Anna' equal to 'ANNA'. So content
/// digests, record keys and identities are all made of the bytes written here: per value a tag,
/// eight bytes of length, and the value's own bytes.
#pragma once

#include "oubli/model/value.hpp"
#include "oubli/source/data_source.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::sqlite {

void append_typed(std::string& bytes, const Value& value);

[[nodiscard]] std::string typed_bytes(std::span<const Value> values);

/// The inverse; text and blobs point into `typed`. REQUIRES: `typed` was written by append_typed.
[[nodiscard]] std::vector<Value> values_from(std::string_view typed);

/// The key of the record with this identity: a rowid as it is, anything else by a digest.
[[nodiscard]] RecordKey record_key(std::span<const Value> identity);

}  // namespace oubli::sqlite
