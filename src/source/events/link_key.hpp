/// By what a row points to another, as bytes: equal exactly where the columns' values are.
#pragma once

#include "source/events/foreign_rows.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace oubli::events {

/// Nothing where one of the values is NULL, which points to nothing. A number is the same whether
/// it is an integer or a real.
[[nodiscard]] std::optional<std::string> link_key(std::span<const Value> values,
                                                  std::span<const KeyComparison> comparisons);

/// The same for values that are all compared as they are.
[[nodiscard]] std::optional<std::string> link_key(std::span<const Value> values);

/// All that a record says, as bytes.
[[nodiscard]] std::string content_of(std::span<const Value> values);

/// A digest of a link key, for an index.
[[nodiscard]] RecordKey digest_of(std::string_view link_key);

}  // namespace oubli::events
