/// The stages of finding structure, for a block type of any instruction set. README.md says how
/// they fit together. As in block.hpp, everything belongs to the file that includes it.
#pragma once

#include "source/csv/block.hpp"
#include "source/csv/structure.hpp"

namespace oubli::csv {
namespace {

constexpr unsigned k_last_bit = 63;
constexpr std::uint64_t k_highest_bit = std::uint64_t{1} << k_last_bit;

/// Which bytes stand inside quotes, and whether every quote stands where the grammar knows it.
class QuoteStage {
 public:
  /// Set from an opening quote up to the byte before the closing one.
  std::uint64_t inside(std::uint64_t quotes) {
    if (quotes == 0) return m_inside;
    const std::uint64_t mask = parity_up_to(quotes) ^ m_inside;
    m_inside = 0 - (mask >> k_last_bit);
    return mask;
  }

  /// True where a quote opens that isn't a field's first byte, or text follows a closing one. Up to
  /// there parity and grammar agree, for they agreed on every quote before.
  /// `ends`: of fields, outside quotes. `valid`: bytes that are there.
  template <class Block>
  bool is_odd(const Block& block, std::uint64_t quotes, std::uint64_t inside, std::uint64_t ends, std::uint64_t valid) {
    if ((quotes | m_closed | m_one_return | m_two_returns) == 0) {
      m_may_open = ends >> k_last_bit;
      return false;
    }
    const std::uint64_t closing = quotes & ~inside;
    const std::uint64_t may_open = (ends | closing) << 1 | m_may_open;
    const std::uint64_t after = (closing << 1 | m_closed) & ~(ends | quotes) & valid;
    m_may_open = (ends | closing) >> k_last_bit;
    m_closed = closing >> k_last_bit;
    if ((quotes & inside & ~may_open) != 0) return true;
    return (after | m_one_return | m_two_returns) != 0 && returns_are_odd(block, after, valid);
  }

 private:
  /// After a closing quote a line end may stand that is CR LF or CR CR LF.
  template <class Block>
  bool returns_are_odd(const Block& block, std::uint64_t after, std::uint64_t valid) {
    const std::uint64_t returns = block.equal('\r');
    const std::uint64_t line_ends = block.equal('\n');
    const std::uint64_t first = after & returns;
    const std::uint64_t second = (first << 1 | m_one_return) & valid;
    const std::uint64_t third = ((second & returns) << 1 | m_two_returns) & valid;
    m_one_return = first >> k_last_bit;
    m_two_returns = (second & returns) >> k_last_bit;
    return ((after & ~returns) | (second & ~(returns | line_ends)) | (third & ~line_ends)) != 0;
  }

  // All bits or none; whether the byte before this block…
  std::uint64_t m_inside = 0;       // …is inside quotes
  std::uint64_t m_may_open = 1;     // …lets a quote open, as the begin of a record does
  std::uint64_t m_closed = 0;       // …is a closing quote
  std::uint64_t m_one_return = 0;   // …is a CR right after one
  std::uint64_t m_two_returns = 0;  // …is a second CR
};

/// Whether a block's bytes can't be told at a glance to be text. The doubt is for a slower look to
/// settle: it may be unfounded, but no fault goes without it.
class TextStage {
 public:
  explicit TextStage(const StructureQuestion& question)
      : m_check(question.text_check), m_meaning(question.has_meaning) {}

  template <class Block>
  bool doubts(const Block& block, const char* bytes, std::uint64_t valid) {
    if (m_check == TextCheck::none) return false;
    const std::uint64_t high = block.at_least(0x80) & valid;
    if (high == 0) return ends_sequences();
    return m_check == TextCheck::utf8 ? doubts_utf8(block, high, valid) : doubts_bytes(bytes, high);
  }

 private:
  bool ends_sequences() {
    const bool is_cut = m_expected != 0;
    m_expected = 0;
    return is_cut;
  }

  /// RFC 3629 by masks: continuation bytes stand where lead bytes ask for them, and nowhere else.
  /// Lead bytes that only some continuations may follow, or none, are left to the slower look.
  template <class Block>
  bool doubts_utf8(const Block& block, std::uint64_t high, std::uint64_t valid) {
    const std::uint64_t leads = block.at_least(0xC0) & valid;
    const std::uint64_t long_leads = block.at_least(0xE0) & valid;
    const std::uint64_t expected = (leads << 1 | long_leads << 2 | m_expected) & valid;
    m_expected = leads >> k_last_bit | long_leads >> (k_last_bit - 1);
    std::uint64_t intricate = leads & ~block.at_least(0xC2);
    if (long_leads != 0) intricate |= long_leads & (block.equal('\xE0') | block.equal('\xED') | block.at_least(0xF0));
    return (high & ~leads) != expected || intricate != 0;
  }

  bool doubts_bytes(const char* bytes, std::uint64_t high) const {
    for (; high != 0; high &= high - 1) {
      if (!m_meaning[static_cast<unsigned char>(bytes[lowest_of(high)])]) return true;
    }
    return false;
  }

  TextCheck m_check;
  const bool* m_meaning;
  std::uint64_t m_expected = 0;  // where the next block must have continuation bytes
};

/// Writes down what was found.
class IndexStage {
 public:
  explicit IndexStage(Structure& structure) : m_structure(structure) {}

  [[nodiscard]] bool has_room() const {
    return m_structure.field_count + k_block_bytes <= m_structure.field_room &&
           m_structure.record_count + k_block_bytes <= m_structure.record_room;
  }

  void note(std::uint64_t ends, std::uint64_t line_ends, std::uint32_t offset, bool is_doubtful) {
    note_records(ends, line_ends, is_doubtful);
    std::uint32_t* to = m_structure.field_ends + m_structure.field_count;
    m_structure.field_count += count_of(ends);
    // A few at a time, how many there are: a branch for each would be guessed wrong as often. What is written
    // too much is written over, or never read.
    for (; ends != 0; to += k_at_once) {
      for (std::size_t i = 0; i < k_at_once; ++i, ends &= ends - 1) to[i] = offset + lowest_of(ends | k_highest_bit);
    }
  }

 private:
  /// The doubt about a block is one about all records that lie in it, and about the next: what the
  /// block expects of the bytes after it may be no part of that.
  void note_records(std::uint64_t ends, std::uint64_t line_ends, bool is_doubtful) {
    bool is_sound = !m_doubts_open_record && !is_doubtful;
    m_doubts_open_record = !is_sound;
    for (; line_ends != 0; line_ends &= line_ends - 1) {
      const std::uint64_t up_to_here = line_ends ^ (line_ends - 1);
      const auto fields = static_cast<std::uint32_t>(m_structure.field_count) + count_of(ends & up_to_here);
      m_structure.records[m_structure.record_count++] = {fields, is_sound};
      is_sound = !is_doubtful;
      m_doubts_open_record = is_doubtful;
    }
  }

  static constexpr std::size_t k_at_once = 4;
  Structure& m_structure;
  bool m_doubts_open_record = false;
};

template <class Block>
void find_structure(const char* bytes, std::size_t size, const StructureQuestion& question, Structure& structure) {
  const Grammar grammar = question.grammar;
  QuoteStage quote_stage;
  TextStage text_stage(question);
  IndexStage index_stage(structure);
  for (std::size_t offset = 0; offset < size && index_stage.has_room(); offset += k_block_bytes) {
    const Block block(bytes + offset);
    const std::size_t left = size - offset;
    const std::uint64_t valid = left >= k_block_bytes ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    const std::uint64_t quotes = grammar.has_quote ? block.equal(grammar.quote) & valid : 0;
    const std::uint64_t inside = quote_stage.inside(quotes);
    const std::uint64_t line_ends = block.equal('\n') & ~inside & valid;
    const std::uint64_t ends = (block.equal(grammar.delimiter) & ~inside & valid) | line_ends;
    if (quote_stage.is_odd(block, quotes, inside, ends, valid)) return;
    const bool is_doubtful = text_stage.doubts(block, bytes + offset, valid);
    index_stage.note(ends, line_ends, static_cast<std::uint32_t>(offset), is_doubtful);
    structure.seen = left >= k_block_bytes ? offset + k_block_bytes : size;
  }
}

}  // namespace
}  // namespace oubli::csv
