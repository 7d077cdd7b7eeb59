#include "diag/utf8.hpp"

#include <array>

namespace oubli {

namespace {

/// Length and smallest allowed value of a sequence, by its first byte.
struct SequenceKind {
  unsigned char mask;
  unsigned char lead;
  std::size_t length;
  char32_t smallest;
};

constexpr std::array<SequenceKind, 4> k_sequences{{
    {0x80, 0x00, 1, 0x0},
    {0xE0, 0xC0, 2, 0x80},
    {0xF0, 0xE0, 3, 0x800},
    {0xF8, 0xF0, 4, 0x10000},
}};

bool is_scalar_value(char32_t value) { return value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF); }

CodePoint read_sequence(std::string_view bytes, const SequenceKind& kind) {
  if (bytes.size() < kind.length) return {};
  auto value = static_cast<char32_t>(static_cast<unsigned char>(bytes[0]) & static_cast<unsigned char>(~kind.mask));
  for (const char c : bytes.substr(1, kind.length - 1)) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) return {};
    value = value << 6 | (byte & 0x3F);
  }
  if (value < kind.smallest || !is_scalar_value(value)) return {};
  return {value, kind.length, true};
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t offset) {
  const auto first = static_cast<unsigned char>(text[offset]);
  for (const SequenceKind& kind : k_sequences) {
    if ((first & kind.mask) == kind.lead) return read_sequence(text.substr(offset), kind);
  }
  return {};
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size(); offset += code_point_at(text, offset).length) ++count;
  return count;
}

}  // namespace oubli
