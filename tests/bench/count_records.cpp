// The simplest loop that knows where a CSV's records end: counts the line ends outside quotes, and looks at
// nothing else. What any reader of CSV is measured against. Usage: count_records FILE
#include <bit>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <vector>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace {

std::uint64_t equal(const char* bytes, char wanted) {
  std::uint64_t mask = 0;
#if defined(__SSE2__)
  for (int i = 0; i < 4; ++i) {
    const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
    const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(part, _mm_set1_epi8(wanted)));
    mask |= std::uint64_t(static_cast<std::uint32_t>(found)) << (16 * i);
  }
#else
  for (int i = 0; i < 64; ++i) mask |= std::uint64_t(bytes[i] == wanted) << i;
#endif
  return mask;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const int file = ::open(arguments[1], O_RDONLY);
  if (file < 0) return 1;
  std::vector<char> buffer(256 * 1024 + 64);
  std::uint64_t inside = 0;
  std::int64_t records = 0;
  for (ssize_t got = 0; (got = ::read(file, buffer.data(), buffer.size() - 64)) > 0;) {
    for (ssize_t i = got; i % 64 != 0; ++i) buffer[static_cast<std::size_t>(i)] = ' ';
    for (ssize_t at = 0; at < got; at += 64) {
      std::uint64_t quotes = equal(buffer.data() + at, '"');
      for (unsigned shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
      quotes ^= inside;
      inside = 0 - (quotes >> 63);
      records += std::popcount(equal(buffer.data() + at, '\n') & ~quotes);
    }
  }
  std::printf("%lld\n", static_cast<long long>(records));
}
