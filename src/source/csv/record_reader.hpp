/// Splits a CSV file into records and fields without changing or copying a byte of it.
///
/// The grammar, for a declared dialect:
/// - A record ends at LF, CR LF or CR CR LF, mixed as they come, or at the end of the file.
/// - A field opens a quote only as its first byte; a doubled quote inside stands for one. After the
///   closing quote only a delimiter or the end of the record may follow, else the record is
///   malformed. A quote anywhere else is text. Without a quote character every quote is text.
/// - A file that ends inside quotes is refused whole: nothing after the quote can be told apart.
/// - An empty line is a record of one empty field. Empty lines at the very end of the file are no
///   records; they stay where they are.
/// - A record longer than 1 MiB is malformed and its fields aren't looked at.
///
/// Memory is one buffer of 256 KiB, which grows to at most 2 MiB while a long record passes.
/// Records are found by searching for the next byte of interest; a record cut by the end of the
/// buffer is moved to its front and read once more.
#pragma once

#include "oubli/model/config.hpp"
#include "source/csv/file_system.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oubli::csv {

/// A field as it stands in the file, without the quotes around it.
struct RawField {
  std::string_view bytes;
  bool has_doubled_quotes = false;
};

/// A record as it stands in the file. The views live until the next one is read.
struct RawRecord {
  std::int64_t begin = 0;            ///< offsets in the file…
  std::int64_t end = 0;              ///< …with the line end
  std::string_view bytes;            ///< all of it, line end included; empty when too long
  std::string_view content;          ///< without the line end; empty when too long
  std::span<const RawField> fields;  ///< empty when too long
  bool malformed = false;            ///< text after a closing quote, or too long
};

class RecordReader {
 public:
  static constexpr std::size_t k_longest_record = 1024 * 1024;

  /// Reads from `begin` on. `file` must outlive the reader; `name` is for messages.
  RecordReader(const Descriptor& file, const CsvDialect& dialect, std::int64_t begin, std::string name);

  /// False at the end of the file. Throws FileFault when the file ends inside quotes.
  [[nodiscard]] bool next(RawRecord& record);

 private:
  enum class Progress { complete, cut, end };

  [[nodiscard]] Progress parse();
  [[nodiscard]] bool parse_field();
  [[nodiscard]] bool parse_quoted_field();
  void add_field(const char* begin, const char* end, bool has_doubled_quotes = false);
  [[nodiscard]] const char* content_end() const;
  [[nodiscard]] bool find_line_end(const char* from);
  [[nodiscard]] bool is_trailing_blank(const RawRecord& record);
  void deliver(RawRecord& record);
  void read_more();
  void pass_over_long_record(RawRecord& record);
  [[noreturn]] void refuse_open_quote(std::int64_t quote) const;
  [[nodiscard]] std::int64_t offset_of(const char* at) const { return m_offset + (at - m_buffer.data()); }

  const Descriptor& m_file;
  std::string m_name;
  char m_delimiter;
  bool m_has_quote;
  char m_quote;

  std::string m_buffer;  ///< bytes of the file from `m_offset` on, valid up to `m_limit`
  std::int64_t m_offset = 0;
  bool m_at_end = false;  ///< the last valid byte is the file's last

  const char* m_record = nullptr;    ///< first byte of the record at hand
  const char* m_at = nullptr;        ///< where its parsing stands
  const char* m_limit = nullptr;     ///< end of the valid bytes
  const char* m_line_end = nullptr;  ///< the next LF, or `m_limit` at the end of the file
  bool m_malformed = false;
  std::vector<RawField> m_fields;
  std::int64_t m_blank_until = 0;  ///< what lies before was looked at for trailing empty lines
};

/// The first byte that is neither CR nor LF, from `offset` on; the file's size when there is none.
[[nodiscard]] std::int64_t first_content(const Descriptor& file, std::int64_t offset, const std::string& name);

/// Where a file's text begins: after its byte order mark, where UTF-8 has one. Throws FileFault for
/// a file in UTF-16.
[[nodiscard]] std::int64_t text_begin(const Descriptor& file, const CsvDialect& dialect, const std::string& name);

}  // namespace oubli::csv
