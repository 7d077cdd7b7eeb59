/// What is written in place of a value that nobody may keep any more (S15, S17).
#pragma once

#include "oubli/model/column_format.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace oubli {

/// A hash is no mask: of a value that can be guessed it only makes a pseudonym (GDPR, art. 4(5)).
struct Mask {
  enum class Kind : std::uint8_t {
    null,       ///< nothing
    constant,   ///< the same text for every record
    year_only,  ///< the year of a date; nothing of a value that can't be read as one
    truncate,   ///< the first characters
    random,     ///< a fresh random token, made from nothing of the value
  };

  Kind kind = Kind::null;
  std::string constant{};
  int length = 0;                       ///< truncate: how many characters stay, at least 1
  std::vector<ColumnFormat> formats{};  ///< year_only: how the column writes a date; the compiler sets it

  friend bool operator==(const Mask&, const Mask&) = default;
};

/// "null", "constant '-'", "year_only", "truncate 2", "random".
[[nodiscard]] std::string to_text(const Mask& mask);

}  // namespace oubli
