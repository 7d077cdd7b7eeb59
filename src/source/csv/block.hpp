/// 64 bytes at once: the one place that knows the machine's instructions.
///
/// A block answers with masks, bit i for byte i: which bytes are `equal` to one, which are `at_least`
/// one that is 0x80 or more, as unsigned. Everything here belongs to the file that includes
/// it (hence no names shared with others): each is compiled for another instruction set, and the
/// linker must never take one's code for another's.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace oubli::csv {
namespace {

/// Plain C++, for every machine: eight bytes in a word, each with a highest bit that carries nothing over.
class ScalarBlock {
 public:
  explicit ScalarBlock(const char* bytes) : m_bytes(bytes) {}

  [[nodiscard]] std::uint64_t equal(char byte) const {
    const std::uint64_t wanted = k_ones * static_cast<unsigned char>(byte);
    return mask([wanted](std::uint64_t word) {
      const std::uint64_t differs = word ^ wanted;
      return ~(((differs & ~k_highest) + ~k_highest) | differs);
    });
  }
  [[nodiscard]] std::uint64_t at_least(unsigned char byte) const {
    const std::uint64_t to_highest = k_ones * (0x100U - byte);
    return mask([to_highest](std::uint64_t word) { return ((word & ~k_highest) + to_highest) & word; });
  }

 private:
  static constexpr std::uint64_t k_ones = 0x0101010101010101U;
  static constexpr std::uint64_t k_highest = 0x80 * k_ones;

  /// `test` sets the highest bit of the bytes that pass; what it leaves in others doesn't matter.
  template <class Test>
  [[nodiscard]] std::uint64_t mask(Test test) const {
    // Its product moves the lowest bit of byte i to bit 56 + i.
    constexpr std::uint64_t k_gather = 0x0102040810204080U;
    std::uint64_t result = 0;
    for (unsigned i = 0; i < 8; ++i) {
      const std::uint64_t passed = (test(word(i)) & k_highest) >> 7;
      result |= (passed * k_gather >> 56) << (8 * i);
    }
    return result;
  }

  /// The first byte is the lowest.
  [[nodiscard]] std::uint64_t word(unsigned index) const {
    std::uint64_t word = 0;
    std::memcpy(&word, m_bytes + sizeof word * index, sizeof word);
    return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
  }

  const char* m_bytes;
};

#if defined(__SSE2__)
/// What every x86-64 has.
class Sse2Block {
 public:
  explicit Sse2Block(const char* bytes) {
    for (std::size_t i = 0; i < 4; ++i) m_parts[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
  }

  [[nodiscard]] std::uint64_t equal(char byte) const {
    const __m128i wanted = _mm_set1_epi8(byte);
    return mask([wanted](__m128i part) { return _mm_cmpeq_epi8(part, wanted); });
  }
  [[nodiscard]] std::uint64_t at_least(unsigned char byte) const {
    const __m128i least = _mm_set1_epi8(static_cast<char>(byte));
    return mask([least](__m128i part) { return _mm_cmpeq_epi8(_mm_max_epu8(part, least), part); });
  }

 private:
  template <class Test>
  [[nodiscard]] std::uint64_t mask(Test test) const {
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      result |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(test(m_parts[i])))} << (16 * i);
    }
    return result;
  }

  __m128i m_parts[4];
};
#endif

#if defined(__AVX2__)
class Avx2Block {
 public:
  explicit Avx2Block(const char* bytes)
      : m_low(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes))),
        m_high(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + 32))) {}

  [[nodiscard]] std::uint64_t equal(char byte) const {
    const __m256i wanted = _mm256_set1_epi8(byte);
    return mask([wanted](__m256i part) { return _mm256_cmpeq_epi8(part, wanted); });
  }
  [[nodiscard]] std::uint64_t at_least(unsigned char byte) const {
    const __m256i least = _mm256_set1_epi8(static_cast<char>(byte));
    return mask([least](__m256i part) { return _mm256_cmpeq_epi8(_mm256_max_epu8(part, least), part); });
  }

 private:
  template <class Test>
  [[nodiscard]] std::uint64_t mask(Test test) const {
    const auto low = static_cast<std::uint32_t>(_mm256_movemask_epi8(test(m_low)));
    const auto high = static_cast<std::uint32_t>(_mm256_movemask_epi8(test(m_high)));
    return std::uint64_t{high} << 32 | low;
  }

  __m256i m_low;
  __m256i m_high;
};
#endif

/// How many bits are set.
inline unsigned count_of(std::uint64_t bits) {
#if defined(__POPCNT__)
  return static_cast<unsigned>(__builtin_popcountll(bits));
#else
  bits -= bits >> 1 & 0x5555555555555555U;
  bits = (bits & 0x3333333333333333U) + (bits >> 2 & 0x3333333333333333U);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0FU;
  return static_cast<unsigned>(bits * 0x0101010101010101U >> 56);
#endif
}

/// The place of the lowest bit that is set. REQUIRES: one is.
inline unsigned lowest_of(std::uint64_t bits) { return static_cast<unsigned>(__builtin_ctzll(bits)); }

/// Bit i: whether an odd number of bits is set up to and with i.
inline std::uint64_t parity_up_to(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

}  // namespace
}  // namespace oubli::csv
