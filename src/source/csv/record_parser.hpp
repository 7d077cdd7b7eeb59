/// The grammar of a record, byte by byte: what the quick way is held against, and what reads the
/// records that it leaves.
///
/// - A record ends at LF, CR LF or CR CR LF, mixed as they come, or at the end of the file.
/// - A field opens a quote only as its first byte; a doubled quote inside stands for one. After the
///   closing quote only a delimiter or the end of the record may follow, else the record is
///   malformed. A quote anywhere else is text. Without a quote character every quote is text.
#pragma once

#include "source/csv/structure.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace oubli::csv {

class RecordParser {
 public:
  enum class Result {
    complete,
    cut,        ///< `bytes` don't hold all of it
    open_quote  ///< the file ends inside quotes
  };

  explicit RecordParser(Grammar grammar) : m_grammar(grammar) {}

  /// Parses the record that `bytes`, of which there is at least one, begin with. `is_all`: the file
  /// ends where they do.
  [[nodiscard]] Result parse(std::string_view bytes, bool is_all);

  /// Where its fields end, counted from its begin: delimiters, then the LF or the end of the file.
  [[nodiscard]] const std::vector<std::uint32_t>& field_ends() const { return m_field_ends; }
  [[nodiscard]] bool is_malformed() const { return m_is_malformed; }
  /// Result::open_quote: where it opens.
  [[nodiscard]] std::size_t open_quote() const { return m_open_quote; }

 private:
  [[nodiscard]] Result parse_field();
  [[nodiscard]] Result parse_quoted_field();
  [[nodiscard]] bool find_line_end(std::size_t from);
  void pass_over_plain_text();
  [[nodiscard]] bool is_line_end(std::size_t at) const;

  Grammar m_grammar;
  std::string_view m_bytes;
  bool m_is_all = false;
  std::size_t m_at = 0;
  std::size_t m_line_end = 0;  ///< the next LF from `m_at` on, or the end of the file
  std::vector<std::uint32_t> m_field_ends;
  bool m_is_malformed = false;
  std::size_t m_open_quote = 0;
};

/// The record without its line end, which begins with the last LF or the end of the file.
[[nodiscard]] std::string_view without_returns(std::string_view record);

}  // namespace oubli::csv
