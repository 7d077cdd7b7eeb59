#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace oubli::report {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The C library's wcwidth answers by the process's locale, which a cron job leaves at "C".
constexpr std::array k_zero_width{
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A}, Range{0x064B, 0x065F},
    Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF},
    Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}};
constexpr std::array k_double_width{Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0x4DBF},
                                    Range{0x4E00, 0xA4CF},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
                                    Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
                                    Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF},
                                    Range{0x20000, 0x3FFFD}};
// Control characters, and those that hide, reorder or break what stands around them.
constexpr std::array k_escaped{Range{0x00, 0x1F},     Range{0x7F, 0x9F},     Range{0x00AD, 0x00AD},
                               Range{0x061C, 0x061C}, Range{0x200B, 0x200F}, Range{0x2028, 0x202E},
                               Range{0x2060, 0x206F}, Range{0xFEFF, 0xFEFF}, Range{0xE0000, 0xE007F}};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range r) { return r.first <= code && code <= r.last; });
}

struct Decoded {
  char32_t code;
  std::size_t bytes;
};

unsigned char byte_at(std::string_view text, std::size_t position) {
  return static_cast<unsigned char>(text[position]);
}

/// How many bytes a character takes that starts with this one; 0 when none does.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

bool is_code_point(char32_t code, std::size_t length) {
  constexpr std::array<char32_t, 5> k_least{0, 0, 0x80, 0x800, 0x10000};
  return code >= k_least[length] && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF);
}

/// The first character of non-empty text; nothing when its first byte starts no UTF-8.
std::optional<Decoded> decode(std::string_view text) {
  const std::size_t length = sequence_length(byte_at(text, 0));
  if (length == 0 || length > text.size()) return std::nullopt;
  if (length == 1) return Decoded{byte_at(text, 0), 1};
  char32_t code = byte_at(text, 0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0U) != 0x80U) return std::nullopt;
    code = (code << 6U) | (byte_at(text, i) & 0x3FU);
  }
  if (!is_code_point(code, length)) return std::nullopt;
  return Decoded{code, length};
}

Cell escaped(std::string text) {
  const int columns = static_cast<int>(text.size());
  return {std::move(text), columns};
}

Cell escaped_code(char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  return escaped(number < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{{{:04x}}}", number));
}

int width_of(char32_t code) {
  if (is_in(k_zero_width, code)) return 0;
  return is_in(k_double_width, code) ? 2 : 1;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

}  // namespace

std::vector<Cell> cells(std::string_view text) {
  std::vector<Cell> result;
  while (!text.empty()) {
    const std::optional<Decoded> next = decode(text);
    if (!next) {
      result.push_back(escaped(fmt::format("\\x{:02x}", byte_at(text, 0))));
    } else if (is_in(k_escaped, next->code)) {
      result.push_back(escaped_code(next->code));
    } else {
      result.push_back({std::string(text.substr(0, next->bytes)), width_of(next->code)});
    }
    text.remove_prefix(next ? next->bytes : 1);
  }
  return result;
}

std::string printable(std::string_view text) {
  std::string result;
  for (const Cell& cell : cells(text)) result += cell.text;
  return result;
}

int width(std::string_view text) {
  int columns = 0;
  for (const Cell& cell : cells(text)) columns += cell.width;
  return columns;
}

std::string elided(std::string_view text, int columns) {
  if (width(text) <= columns) return printable(text);
  std::string result;
  int used = 1;  // of the `…`
  for (const Cell& cell : cells(text)) {
    if (used + cell.width > columns) break;
    result += cell.text;
    used += cell.width;
  }
  return result + "…";
}

std::string padded_left(std::string_view text, int columns) {
  return std::string(static_cast<std::size_t>(std::max(0, columns - width(text))), ' ') + std::string(text);
}

std::string padded_right(std::string_view text, int columns) {
  return std::string(text) + std::string(static_cast<std::size_t>(std::max(0, columns - width(text))), ' ');
}

std::string wrapped(std::string_view text, int columns, int indent, int hang) {
  std::string result(static_cast<std::size_t>(indent), ' ');
  int used = indent;
  bool line_is_empty = true;
  for (const std::string_view word : words_of(text)) {
    if (!line_is_empty && used + 1 + width(word) > columns) {
      result += "\n" + std::string(static_cast<std::size_t>(hang), ' ');
      used = hang;
      line_is_empty = true;
    }
    result += (line_is_empty ? "" : " ") + printable(word);
    used += width(word) + (line_is_empty ? 0 : 1);
    line_is_empty = false;
  }
  return result + "\n";
}

std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first_digit = number < 0 ? 1 : 0;
  for (std::size_t end = digits.size(); end > first_digit + 3; end -= 3) digits.insert(end - 3, "\u202F");
  return digits;
}

std::string counted(std::int64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& items, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) result += i + 1 == items.size() ? fmt::format(" {} ", last) : ", ";
    result += items[i];
  }
  return result;
}

}  // namespace oubli::report
