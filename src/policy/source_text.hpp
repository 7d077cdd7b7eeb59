/// The text of a document as the parser gets it, and where its bytes stand for a person.
#pragma once

#include "oubli/diag/diagnostic.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace oubli {

/// Bytes [begin, end) of a SourceText.
struct Extent {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// A document's text without its byte-order mark and with LF line ends, so that the parser, our own
/// checks and the reported places agree on what a line is.
class SourceText {
 public:
  SourceText(std::string_view raw, std::filesystem::path file);

  [[nodiscard]] const std::string& text() const { return m_text; }
  [[nodiscard]] std::string_view view(Extent extent) const;

  /// The place of an extent; its length is 1 where it spans lines. Cheap while places ascend: a
  /// hostile line of 4 MiB is counted once, not once for every value in it.
  [[nodiscard]] SourceLocation locate(Extent extent);

 private:
  struct Place {
    std::size_t offset = 0;
    int line = 1;
    int column = 1;
  };
  void seek(std::size_t offset);

  std::string m_text;
  std::filesystem::path m_file;
  std::vector<std::size_t> m_line_starts;
  Place m_place;
};

/// Byte-order mark of UTF-8.
inline constexpr std::string_view k_byte_order_mark = "\xEF\xBB\xBF";

/// Where each line of a text starts.
[[nodiscard]] std::vector<std::size_t> line_starts(std::string_view text);

}  // namespace oubli
