#include "source/csv/text_decoder.hpp"

#include "source/csv/file_system.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iconv.h>

namespace oubli::csv {

namespace {

const char* iconv_name(CsvDialect::Encoding encoding) {
  switch (encoding) {
    case CsvDialect::Encoding::windows_1252:
      return "CP1252";
    case CsvDialect::Encoding::latin_1:
      return "ISO-8859-1";
    case CsvDialect::Encoding::latin_9:
      return "ISO-8859-15";
    case CsvDialect::Encoding::cp850:
      return "CP850";
    case CsvDialect::Encoding::utf8:
      break;
  }
  return "UTF-8";
}

constexpr std::uint64_t k_high_bits = 0x8080808080808080ULL;

std::uint64_t word_at(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// How many bytes of ASCII there are before the first other one, counted by whole words, then by bytes.
std::size_t leading_ascii(std::string_view bytes) {
  std::size_t count = 0;
  while (count + sizeof k_high_bits <= bytes.size() && (word_at(bytes.data() + count) & k_high_bits) == 0) {
    count += sizeof k_high_bits;
  }
  while (count < bytes.size() && static_cast<unsigned char>(bytes[count]) < 0x80) ++count;
  return count;
}

class Converter {
 public:
  explicit Converter(const char* from) : m_handle(::iconv_open("UTF-8", from)) {
    if (m_handle == reinterpret_cast<::iconv_t>(-1)) {
      throw FileFault(std::string("this system can't convert from ") + from, "install the C library's conversions");
    }
  }
  ~Converter() { ::iconv_close(m_handle); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  /// Empty where the byte stands for nothing.
  [[nodiscard]] std::string convert(char byte) {
    std::array<char, 8> out{};
    char* from = &byte;
    char* to = out.data();
    std::size_t from_left = 1;
    std::size_t to_left = out.size();
    ::iconv(m_handle, nullptr, nullptr, nullptr, nullptr);
    if (::iconv(m_handle, &from, &from_left, &to, &to_left) == static_cast<std::size_t>(-1)) return {};
    return {out.data(), out.size() - to_left};
  }

 private:
  ::iconv_t m_handle;
};

/// How many bytes the sequence at `at` has when it is well formed, else 0.
std::size_t sequence_length(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const auto continues = [&](std::size_t i) { return i < bytes.size() && (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4 || !continues(at + 1)) return 0;
  if (first < 0xE0) return 2;
  const unsigned second = byte(at + 1);
  if (!continues(at + 2) || (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F)) return 0;
  if (first < 0xF0) return 3;
  if (!continues(at + 3) || (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) return 0;
  return 4;
}

}  // namespace

bool is_ascii(std::string_view bytes) {
  std::uint64_t seen = 0;
  while (bytes.size() >= sizeof seen) {
    seen |= word_at(bytes.data());
    bytes.remove_prefix(sizeof seen);
  }
  for (const char byte : bytes) seen |= static_cast<unsigned char>(byte);
  return (seen & k_high_bits) == 0;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    at += leading_ascii(bytes.substr(at));
    if (at == bytes.size()) break;
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

TextDecoder::TextDecoder(CsvDialect::Encoding encoding) : m_is_utf8(encoding == CsvDialect::Encoding::utf8) {
  if (m_is_utf8) return;
  Converter converter(iconv_name(encoding));
  for (std::size_t byte = 0; byte < m_utf8_of.size(); ++byte) {
    m_utf8_of[byte] = converter.convert(static_cast<char>(byte));
    m_has_meaning[byte] = !m_utf8_of[byte].empty();
  }
  const bool all_mean_something = std::ranges::find(m_has_meaning, false) == m_has_meaning.end();
  m_check = all_mean_something ? TextCheck::none : TextCheck::one_byte;
}

bool TextDecoder::can_decode(std::string_view bytes) const {
  if (is_ascii(bytes)) return true;
  if (m_is_utf8) return csv::is_utf8(bytes);
  const auto stands_for_something = [&](char byte) { return m_has_meaning[static_cast<unsigned char>(byte)]; };
  return std::all_of(bytes.begin(), bytes.end(), stands_for_something);
}

std::optional<std::string_view> TextDecoder::decode(std::string_view bytes, std::string& scratch) const {
  return can_decode(bytes) ? std::optional(decode_sound(bytes, scratch)) : std::nullopt;
}

std::string_view TextDecoder::decode_sound(std::string_view bytes, std::string& scratch) const {
  if (m_is_utf8 || is_ascii(bytes)) return bytes;
  const std::size_t begin = scratch.size();
  for (const char byte : bytes) scratch += m_utf8_of[static_cast<unsigned char>(byte)];
  return std::string_view(scratch).substr(begin);
}

std::optional<std::string> TextDecoder::encode(std::string_view utf8) const {
  if (m_is_utf8 || is_ascii(utf8)) return std::string(utf8);
  std::string bytes;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::string_view character = utf8.substr(at, sequence_length(utf8, at));
    const auto byte = std::find(m_utf8_of.begin(), m_utf8_of.end(), character);
    if (character.empty() || byte == m_utf8_of.end()) return std::nullopt;
    bytes += static_cast<char>(byte - m_utf8_of.begin());
    at += character.size();
  }
  return bytes;
}

}  // namespace oubli::csv
