/// How a column writes a day (I4).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// One way to read a column's value as a day.
struct ColumnFormat {
  enum class Kind : std::uint8_t {
    iso,           ///< date or date-time, with or without offset
    pattern,       ///< fixed width: `dd/mm/yyyy`, `yyyymmdd`, `yyyymm`, `dd/mm/yyyy HH:MM:SS`, …
    epoch_s,       ///< since 1970-01-01T00:00:00Z
    epoch_ms,
    epoch_us,
    chromium_us,   ///< microseconds since 1601-01-01T00:00:00Z
    julian_day,    ///< days since noon, 24 November 4714 BC (proleptic Gregorian), UTC
    excel_serial,  ///< days since 1899-12-30; the false 29 February 1900 is serial 60
  };

  Kind kind = Kind::iso;
  std::string pattern;  ///< Kind::pattern: as written

  friend bool operator==(const ColumnFormat&, const ColumnFormat&) = default;
};

/// "iso", "dd/mm/yyyy", "epoch_us".
[[nodiscard]] std::string to_text(const ColumnFormat& format);

/// Reads a format's name or pattern; nothing when it is neither. A pattern needs exactly one of
/// each `yyyy` and `mm`, at most one `dd`, `HH`, `MM`, `SS`, in that case, other characters standing
/// for themselves.
[[nodiscard]] std::optional<ColumnFormat> column_format_from_text(std::string_view text);

}  // namespace oubli
