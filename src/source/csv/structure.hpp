/// Where the records and fields of a stretch of CSV end, found 64 bytes at a time.
///
/// The quick way to read (README.md beside this file says how it works). It gives no answer where
/// quotes stand in an odd place: it stops there, and `RecordParser` reads on, byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oubli::csv {

/// The bytes that a dialect gives a meaning.
struct Grammar {
  char delimiter = ',';
  bool has_quote = true;
  char quote = '"';
};

/// What the bytes are held against as text, while they pass.
enum class TextCheck : std::uint8_t {
  none,      ///< every byte stands for something
  utf8,      ///< REQUIRES: an ASCII delimiter
  one_byte,  ///< some bytes stand for nothing
};

struct StructureQuestion {
  Grammar grammar{};
  TextCheck text_check = TextCheck::none;
  const bool* has_meaning = nullptr;  ///< by byte; for TextCheck::one_byte
};

/// The end of a record.
struct RecordMark {
  std::uint32_t fields;  ///< how many fields end in the stretch up to here
  bool is_sound_text;    ///< false: not known
};

/// The answer, in arrays of who asks.
struct Structure {
  std::uint32_t* field_ends;  ///< offsets of delimiters and of records' line ends, ascending
  std::size_t field_room;
  RecordMark* records;
  std::size_t record_room;

  std::size_t field_count = 0;
  std::size_t record_count = 0;
  std::size_t seen = 0;  ///< bytes of the stretch: fewer than all where something is odd, or room was short
};

inline constexpr std::size_t k_block_bytes = 64;

/// Finds the structure of `size` bytes that begin with a record. REQUIRES: `k_block_bytes` readable
/// bytes behind them.
using FindStructure = void (*)(const char* bytes, std::size_t size, const StructureQuestion& question,
                               Structure& structure);

/// Instruction sets that there is a finder for.
enum class Simd : std::uint8_t { scalar, sse2, avx2 };

[[nodiscard]] bool is_available(Simd simd);
[[nodiscard]] FindStructure finder(Simd simd);
/// What files are read with: the widest that this machine has, unless `use_simd` said another.
[[nodiscard]] Simd chosen_simd();
/// For tests of the whole program: "scalar", "sse2" or "avx2", before anything is read. Throws Error
/// (Cause::usage) for another word, or one that this machine lacks.
void use_simd(std::string_view name);

// One for each instruction set, in a file compiled for it; null where the compiler has none.
[[nodiscard]] FindStructure scalar_finder();
[[nodiscard]] FindStructure sse2_finder();
[[nodiscard]] FindStructure avx2_finder();

}  // namespace oubli::csv
