/// From a file's declared encoding to UTF-8, strictly: what can't be read is said, never replaced.
#pragma once

#include "oubli/model/config.hpp"
#include "source/csv/structure.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace oubli::csv {

class TextDecoder {
 public:
  /// The most bytes of UTF-8 that one byte of any of the encodings becomes.
  static constexpr std::size_t k_growth = 3;

  explicit TextDecoder(CsvDialect::Encoding encoding);

  /// `bytes` as UTF-8: themselves where nothing changes, else appended to `scratch`; nothing when
  /// they can't be decoded. REQUIRES: `scratch` has room for `k_growth` times the bytes, so that
  /// views into it stay valid.
  [[nodiscard]] std::optional<std::string_view> decode(std::string_view bytes, std::string& scratch) const;
  [[nodiscard]] bool can_decode(std::string_view bytes) const;
  /// `decode` of bytes that `can_decode` knows.
  [[nodiscard]] std::string_view decode_sound(std::string_view bytes, std::string& scratch) const;
  /// The other way; nothing where the encoding lacks a character. REQUIRES: valid UTF-8.
  [[nodiscard]] std::optional<std::string> encode(std::string_view utf8) const;

  /// How the reading of structure may tell what can be decoded.
  [[nodiscard]] TextCheck check() const { return m_check; }
  [[nodiscard]] const bool* has_meaning() const { return m_has_meaning.data(); }
  /// Whether text in this encoding is UTF-8 as it stands.
  [[nodiscard]] bool is_utf8() const { return m_is_utf8; }

 private:
  bool m_is_utf8;
  TextCheck m_check = TextCheck::utf8;
  std::array<bool, 256> m_has_meaning{};    ///< by byte, of a one-byte encoding
  std::array<std::string, 256> m_utf8_of;   ///< by byte, of a one-byte encoding; empty: stands for nothing
};

[[nodiscard]] bool is_ascii(std::string_view bytes);
/// Shortest forms only, no surrogates, nothing beyond U+10FFFF (RFC 3629).
[[nodiscard]] bool is_utf8(std::string_view bytes);

}  // namespace oubli::csv
