/// What tells whether a copy is a copy: see typed_bytes.hpp.
#pragma once

#include "oubli/model/digest.hpp"
#include "source/sqlite/value_statement.hpp"

#include <span>

namespace oubli::sqlite {

/// SHA-256 over the typed bytes of every column of the statement's present row.
[[nodiscard]] Digest content_digest(const ValueStatement& row);
/// The same with the columns in another order.
[[nodiscard]] Digest content_digest(const ValueStatement& row, std::span<const int> order);

}  // namespace oubli::sqlite
