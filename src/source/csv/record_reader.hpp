/// Splits a CSV file into records and fields without changing or copying a byte of it.
///
/// The grammar is RecordParser's, and beyond a single record:
/// - A file that ends inside quotes is refused whole: nothing after the quote can be told apart.
/// - An empty line is a record of one empty field. Empty lines at the very end of the file are no
///   records; they stay where they are.
/// - A record longer than 1 MiB is malformed and its fields aren't looked at.
///
/// Memory is one buffer of 256 KiB at most, which grows to 2 MiB while a long record passes, and an
/// index of it. A record cut by the end of the buffer is moved to its front and read once more.
#pragma once

#include "oubli/model/config.hpp"
#include "source/csv/file_system.hpp"
#include "source/csv/raw_record.hpp"
#include "source/csv/record_index.hpp"
#include "source/csv/record_parser.hpp"
#include "source/csv/text_decoder.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace oubli::csv {

[[nodiscard]] Grammar grammar_of(const CsvDialect& dialect);

/// How a file is read; of no influence on what is read. Tests try them all.
struct ReadingWay {
  Simd simd = chosen_simd();
  std::size_t buffer_bytes = 256 * 1024;
};

/// Records of the index, one after the other, that wait to be delivered. All of them end with an LF.
struct RecordRun {
  const char* base;                ///< what offsets are counted from
  const char* begin;               ///< of the first record
  const std::uint32_t* field_ends;
  std::uint32_t fields_before;     ///< how many of these come before the first record's
  std::span<const RecordMark> records;
  Grammar grammar;
};

/// Takes records where they lie in the index, so that they needn't be delivered one by one.
class RecordTaker {
 public:
  virtual ~RecordTaker() = default;
  /// How many of the first records it took: none, if the first must be delivered.
  [[nodiscard]] virtual std::size_t take(const RecordRun& run) = 0;
};

class RecordReader {
 public:
  static constexpr std::size_t k_longest_record = 1024 * 1024;

  /// Reads from `begin` on. `file` must outlive the reader; `name` is for messages. `decoder`, which
  /// must outlive it, too: what RawRecord::is_sound_text is told by; null: it is never set.
  RecordReader(const Descriptor& file, const CsvDialect& dialect, std::int64_t begin, std::string name,
               const TextDecoder* decoder = nullptr, ReadingWay way = {});

  /// False at the end of the file, or where it was told to stop. Throws FileFault when the file ends inside
  /// quotes.
  [[nodiscard]] bool next(RawRecord& record);

  /// Offers it records that are known to be sound text, and not too long, before they are delivered. It must
  /// outlive the reading; null: nobody.
  void set_taker(RecordTaker* taker) { m_taker = taker; }
  /// How many records were taken.
  [[nodiscard]] std::int64_t taken() const { return m_taken; }
  /// No record that begins there or later is delivered or offered.
  void stop_at(std::int64_t offset) { m_stop = offset; }
  [[nodiscard]] bool has_stopped() const { return position() >= m_stop; }
  /// Where the record begins that comes next.
  [[nodiscard]] std::int64_t position() const { return offset_of(m_record); }

 private:
  enum class Progress { complete, cut, end };

  void let_take();
  [[nodiscard]] std::span<const RecordMark> before_stop(const RecordIndex::Rest& rest) const;
  [[nodiscard]] Progress find(RawRecord& record);
  [[nodiscard]] bool find_in_index(RawRecord& record);
  [[nodiscard]] Progress parse(RawRecord& record);
  void deliver(RawRecord& record, const char* base, std::span<const std::uint32_t> field_ends);
  [[nodiscard]] bool is_trailing_blank(const RawRecord& record);
  void read_more();
  void make_room(std::size_t kept);
  void pass_over_long_record(RawRecord& record);
  [[noreturn]] void refuse_open_quote(std::int64_t quote) const;
  [[nodiscard]] std::int64_t offset_of(const char* at) const { return m_offset + (at - m_buffer.get()); }

  const Descriptor& m_file;
  std::string m_name;
  Grammar m_grammar;
  bool m_checks_text;
  RecordIndex m_index;
  RecordParser m_parser;

  std::size_t m_capacity;            ///< of the buffer, without the bytes that a block may reach beyond it
  std::unique_ptr<char[]> m_buffer;  ///< bytes of the file from `m_offset` on, valid up to `m_limit`
  std::int64_t m_offset = 0;
  bool m_at_end = false;  ///< the last valid byte is the file's last

  const char* m_record = nullptr;  ///< first byte of the record at hand
  const char* m_limit = nullptr;   ///< end of the valid bytes
  std::int64_t m_blank_until = 0;  ///< what lies before was looked at for trailing empty lines

  RecordTaker* m_taker = nullptr;
  std::int64_t m_taken = 0;
  std::int64_t m_stop = std::numeric_limits<std::int64_t>::max();
};

/// The first byte that is neither CR nor LF, from `offset` on; the file's size when there is none.
[[nodiscard]] std::int64_t first_content(const Descriptor& file, std::int64_t offset, const std::string& name);

/// Where a file's text begins: after its byte order mark, where UTF-8 has one. Throws FileFault for
/// a file in UTF-16.
[[nodiscard]] std::int64_t text_begin(const Descriptor& file, const CsvDialect& dialect, const std::string& name);

}  // namespace oubli::csv
