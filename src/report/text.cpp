#include "report/text.hpp"

#include "diag/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <cstddef>
#include <cwchar>

namespace oubli::report {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Control characters, and those that hide, reorder or break what stands around them.
constexpr std::array k_escaped{Range{0x00, 0x1F},     Range{0x7F, 0x9F},     Range{0x00AD, 0x00AD},
                               Range{0x061C, 0x061C}, Range{0x200B, 0x200F}, Range{0x2028, 0x202E},
                               Range{0x2060, 0x206F}, Range{0xFEFF, 0xFEFF}, Range{0xE0000, 0xE007F}};

template <std::size_t size>
bool is_in(const std::array<Range, size>& ranges, char32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range r) { return r.first <= code && code <= r.last; });
}

Cell escaped(std::string text) {
  const int columns = static_cast<int>(text.size());
  return {std::move(text), columns};
}

Cell escaped_code(char32_t code) {
  const auto number = static_cast<std::uint32_t>(code);
  return escaped(number < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{{{:04x}}}", number));
}

/// While it lives, this thread's wcwidth knows all of Unicode: it answers by the locale, which a cron
/// job leaves at "C". The one asked for is part of the C library, so that it is never missing.
class UnicodeLocale {
 public:
  UnicodeLocale() : m_locale(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), m_former(::uselocale(m_locale)) {}
  ~UnicodeLocale() {
    ::uselocale(m_former);
    if (m_locale != nullptr) ::freelocale(m_locale);
  }
  UnicodeLocale(const UnicodeLocale&) = delete;
  UnicodeLocale& operator=(const UnicodeLocale&) = delete;

 private:
  ::locale_t m_locale;
  ::locale_t m_former;
};

/// REQUIRES: a UnicodeLocale is in force. A code without a glyph is escaped.
Cell cell_of(std::string_view bytes, char32_t code) {
  const int columns = is_in(k_escaped, code) ? -1 : ::wcwidth(static_cast<wchar_t>(code));
  return columns < 0 ? escaped_code(code) : Cell{std::string(bytes), columns};
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
  const UnicodeLocale locale;
  std::vector<Cell> result;
  for (std::size_t offset = 0; offset < text.size();) {
    const CodePoint next = code_point_at(text, offset);
    if (next.valid) {
      result.push_back(cell_of(text.substr(offset, next.length), next.value));
    } else {
      result.push_back(escaped(fmt::format("\\x{:02x}", static_cast<unsigned char>(text[offset]))));
    }
    offset += next.length;
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

std::string listed(const std::vector<std::string>& items, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) result += i + 1 == items.size() ? fmt::format(" {} ", last) : ", ";
    result += items[i];
  }
  return result;
}

}  // namespace oubli::report
