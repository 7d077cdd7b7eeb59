/// What a column's value writes, by one of its formats (I4).
#pragma once

#include "engine/text_shapes.hpp"
#include "engine/written_time.hpp"
#include "oubli/model/column_format.hpp"
#include "oubli/model/value.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace oubli {

/// Without the spaces around it: exports pad their cells.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A format, ready to read.
class ColumnReader {
 public:
  explicit ColumnReader(const ColumnFormat& format);
  /// `text` is the value's, trimmed; empty where it isn't text.
  [[nodiscard]] WrittenTime read(const Value& value, std::string_view text) const;

 private:
  ColumnFormat::Kind m_kind;
  std::optional<TextShape> m_shape;  ///< Kind::pattern
};

/// The day as it stands there, in no timezone, by the first format that fits.
[[nodiscard]] std::optional<Day> written_day(std::span<const ColumnFormat> formats, const Value& value);

}  // namespace oubli
