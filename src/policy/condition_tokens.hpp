/// The words of a condition (I3).
#pragma once

#include "oubli/policy/read.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oubli::condition {

struct Token {
  enum class Kind { keyword, name, text, number, day, comparison, open, close, comma, end };

  Kind kind = Kind::end;
  std::string text;        ///< keyword: in lower case; name, text: without quotes; else as written
  std::size_t offset = 0;  ///< into the condition, in bytes
  std::size_t length = 1;
};

/// Splits a condition; the last token is `end`. On failure, what stands in the way.
[[nodiscard]] std::variant<std::vector<Token>, Complaint> tokens_of(std::string_view text);

/// A complaint about `length` bytes from `offset`.
[[nodiscard]] Complaint complaint(std::string message, std::string hint, std::size_t offset, std::size_t length);

}  // namespace oubli::condition
