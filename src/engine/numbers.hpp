/// Strict decimal numbers, and days that columns write as numbers (I4).
#pragma once

#include "engine/written_time.hpp"
#include "oubli/model/column_format.hpp"
#include "oubli/model/value.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace oubli {

/// A text of the form `[+-]?digits[.digits]`, taken apart; no spaces, no exponent.
struct Decimal {
  bool negative = false;
  std::string_view digits;    ///< before the point, at least one
  std::string_view fraction;  ///< after it; empty without a point

  /// The whole number it writes; nothing when it has a fraction or doesn't fit.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  /// The greatest whole number not above it; nothing when that doesn't fit.
  [[nodiscard]] std::optional<std::int64_t> floor() const;
  /// The nearest number; nothing when it is out of range.
  [[nodiscard]] std::optional<double> real() const;
};
[[nodiscard]] std::optional<Decimal> decimal_from_text(std::string_view text);

/// Reads a number, or a decimal text, of a numeric format.
/// REQUIRES: `format` is neither iso nor pattern.
[[nodiscard]] WrittenTime read_number(ColumnFormat::Kind format, const Value& value);

}  // namespace oubli
