/// The records of a stretch of bytes, found all at once and given one by one.
#pragma once

#include "source/csv/structure.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace oubli::csv {

class RecordIndex {
 public:
  /// A record whose last byte is an LF.
  struct Found {
    std::span<const std::uint32_t> field_ends;  ///< counted from `begin()`; the last is the LF
    bool is_sound_text;
  };

  /// Those that weren't given yet.
  struct Rest {
    const std::uint32_t* field_ends;  ///< of all records of the index
    std::uint32_t fields_before;      ///< how many of them are of records that were given
    std::span<const RecordMark> records;
  };

  RecordIndex(const StructureQuestion& question, Simd simd);

  /// Looks at the bytes from `begin`, the first of a record, to `limit`. REQUIRES: `k_block_bytes`
  /// readable bytes behind them.
  void build(const char* begin, const char* limit);
  /// Of no bytes: they have moved.
  void clear();

  /// False when there are no more.
  [[nodiscard]] bool next(Found& found);
  [[nodiscard]] Rest rest() const;
  /// Passes over the next ones. REQUIRES: there are as many, and one at least.
  void skip(std::size_t records);
  /// Where the record before the next one ended; `begin()` before the first.
  [[nodiscard]] const char* given_end() const;

  /// What was looked at.
  [[nodiscard]] const char* begin() const { return m_begin; }
  [[nodiscard]] const char* end() const { return m_begin + m_structure.seen; }

 private:
  StructureQuestion m_question;
  FindStructure m_find;
  std::unique_ptr<std::uint32_t[]> m_field_ends;
  std::unique_ptr<RecordMark[]> m_records;
  Structure m_structure;
  const char* m_begin = nullptr;
  std::size_t m_given = 0;
  std::uint32_t m_given_fields = 0;
};

inline bool RecordIndex::next(Found& found) {
  if (m_given == m_structure.record_count) return false;
  const RecordMark& record = m_records[m_given++];
  found = {{m_field_ends.get() + m_given_fields, record.fields - m_given_fields}, record.is_sound_text};
  m_given_fields = record.fields;
  return true;
}

inline RecordIndex::Rest RecordIndex::rest() const {
  return {m_field_ends.get(), m_given_fields, {m_records.get() + m_given, m_structure.record_count - m_given}};
}

inline void RecordIndex::skip(std::size_t records) {
  m_given += records;
  m_given_fields = m_records[m_given - 1].fields;
}

inline const char* RecordIndex::given_end() const {
  return m_given_fields == 0 ? m_begin : m_begin + m_field_ends[m_given_fields - 1] + 1;
}

}  // namespace oubli::csv
