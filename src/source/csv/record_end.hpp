/// Finds where a record ends, byte by byte and in pieces of any size: the slow way, for records too
/// long to be held at once. Keeps no byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace oubli::csv {

class RecordEnd {
 public:
  RecordEnd(char delimiter, std::optional<char> quote) : m_delimiter(delimiter), m_quote(quote) {}

  /// Takes the next bytes of the record; returns how many of them belong to it.
  [[nodiscard]] std::size_t feed(std::string_view bytes);

  [[nodiscard]] bool found() const { return m_state == State::ended; }
  [[nodiscard]] bool is_inside_quotes() const { return m_state == State::quoted; }
  /// Where the last quoted field opened, counted from the record's first byte.
  [[nodiscard]] std::int64_t last_quote() const { return m_last_quote; }

 private:
  enum class State { field_start, plain, quoted, after_quote, ended };
  [[nodiscard]] State after(char byte) const;
  [[nodiscard]] State after_unquoted(char byte) const;

  char m_delimiter;
  std::optional<char> m_quote;
  State m_state = State::field_start;
  std::int64_t m_taken = 0;
  std::int64_t m_last_quote = 0;
};

}  // namespace oubli::csv
