// UTF-8 proves itself: other encodings almost never form valid sequences. Of those of one byte, each has letters
// where the others have signs nobody writes:
//   0x80 to 0x9F   Windows-1252: quotes, dashes, the euro; CP850: é, à, ç, ê, è; ISO-8859: controls
//   0xC0 to 0xFF   Windows-1252 and ISO-8859: accented letters; CP850: mostly lines of boxes
//   0xA4, 0xBC..0xBE   ISO-8859-15: the euro, Œ, œ, Ÿ; Windows-1252: ¤, fractions
#include "proposal/encoding.hpp"

#include "audit/text_forms.hpp"
#include "diag/utf8.hpp"

#include <algorithm>

namespace oubli::proposal {

namespace {

using Encoding = CsvDialect::Encoding;

enum class Utf8 : std::uint8_t { no, ascii, yes };

Utf8 is_utf8(std::string_view bytes, bool is_whole) {
  constexpr std::size_t k_longest_sequence = 4;
  Utf8 result = Utf8::ascii;
  for (std::size_t offset = 0; offset < bytes.size();) {
    const CodePoint point = code_point_at(bytes, offset);
    const bool is_cut = !is_whole && bytes.size() - offset < k_longest_sequence;
    if (!point.valid) return is_cut ? result : Utf8::no;
    if (point.length > 1) result = Utf8::yes;
    offset += point.length;
  }
  return result;
}

/// Bytes beyond ASCII, by range; letters are those that stand beside a letter of ASCII.
struct Counts {
  int low = 0;  ///< 0x80 to 0x9F
  int low_letters = 0;
  int high_letters = 0;  ///< 0xC0 to 0xFF
  int latin_9 = 0;       ///< what ISO-8859-15 alone has as a letter or the euro
};

Counts counts_of(std::string_view bytes) {
  Counts counts;
  const auto is_letter_at = [&](std::size_t at) { return at < bytes.size() && audit::is_letter(bytes[at]); };
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte < 0x80) continue;
    const bool is_letter = is_letter_at(at + 1) || (at > 0 && is_letter_at(at - 1));
    if (byte < 0xA0) {
      ++counts.low;
      counts.low_letters += is_letter ? 1 : 0;
    } else if (byte >= 0xC0) {
      counts.high_letters += is_letter ? 1 : 0;
    } else if (byte == 0xA4 || (is_letter && byte >= 0xBC && byte <= 0xBE)) {
      ++counts.latin_9;
    }
  }
  return counts;
}

}  // namespace

Guess<Encoding> encoding_of(std::string_view bytes, bool is_whole) {
  switch (is_utf8(bytes, is_whole)) {
    case Utf8::ascii:
      return {Encoding::utf8, k_only_ascii};
    case Utf8::yes:
      return {Encoding::utf8, "all characters beyond ASCII are valid UTF-8"};
    case Utf8::no:
      break;
  }
  const Counts counts = counts_of(bytes);
  if (counts.low_letters > counts.high_letters) return {Encoding::cp850, "no UTF-8, and letters where CP850 has them"};
  if (counts.low == 0 && counts.latin_9 > 0)
    return {Encoding::latin_9, "no UTF-8, and signs that ISO-8859-15 alone has there"};
  return {Encoding::windows_1252, "no UTF-8, and letters where Windows-1252 has them"};
}

}  // namespace oubli::proposal
