/// A record of a CSV file as it stands there, byte for byte.
#pragma once

#include "source/csv/structure.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace oubli::csv {

/// A field as it stands in the file, without the quotes around it.
struct RawField {
  std::string_view bytes;
  bool has_doubled_quotes = false;
};

/// The fields of one record. Where each ends is known; what is in one is only looked at when asked.
class RawFields {
 public:
  RawFields() = default;
  /// `ends`: where each field ends, counted from `base`; the last one ends with `content`, too.
  /// REQUIRES: what begins with a quote ends with one.
  RawFields(std::string_view content, const char* base, std::span<const std::uint32_t> ends, Grammar grammar)
      : m_content(content), m_base(base), m_ends(ends), m_grammar(grammar) {}

  [[nodiscard]] std::size_t size() const { return m_ends.size(); }
  [[nodiscard]] bool empty() const { return m_ends.empty(); }
  [[nodiscard]] RawField operator[](std::size_t place) const;

 private:
  std::string_view m_content;
  const char* m_base = nullptr;
  std::span<const std::uint32_t> m_ends;
  Grammar m_grammar{};
};

inline RawField RawFields::operator[](std::size_t place) const {
  const char* const begin = place == 0 ? m_content.data() : m_base + m_ends[place - 1] + 1;
  const bool is_last = place + 1 == m_ends.size();
  const char* const end = is_last ? m_content.data() + m_content.size() : m_base + m_ends[place];
  const std::string_view bytes(begin, static_cast<std::size_t>(end - begin));
  if (!m_grammar.has_quote || bytes.empty() || bytes.front() != m_grammar.quote) return {bytes};
  const std::string_view quoted = bytes.substr(1, bytes.size() - 2);
  return {quoted, quoted.find(m_grammar.quote) != std::string_view::npos};
}

/// A record as it stands in the file. The views live until the next one is read.
struct RawRecord {
  std::int64_t begin = 0;      ///< offsets in the file…
  std::int64_t end = 0;        ///< …with the line end
  std::string_view bytes;      ///< all of it, line end included; empty when too long
  std::string_view content;    ///< without the line end; empty when too long
  RawFields fields;            ///< empty when malformed
  bool malformed = false;      ///< text after a closing quote, or too long
  bool is_sound_text = false;  ///< known to be text in the file's encoding; false: nobody looked
};

}  // namespace oubli::csv
