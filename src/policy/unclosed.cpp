#include "policy/unclosed.hpp"

#include <algorithm>
#include <vector>

namespace oubli {

namespace {

bool contains(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

char closer_of(char opener) { return opener == '[' ? ']' : '}'; }

}  // namespace

std::size_t closing_quote(std::string_view text, std::size_t start) {
  const char quote = text[start];
  for (std::size_t at = start + 1; at < text.size(); ++at) {
    if (text[at] == '\\' && quote == '"') {
      ++at;
    } else if (text[at] == quote && quote == '\'' && at + 1 < text.size() && text[at + 1] == quote) {
      ++at;
    } else if (text[at] == quote) {
      return at;
    }
  }
  return std::string_view::npos;
}

Extent find_unclosed(std::string_view text, std::size_t from) {
  std::vector<std::size_t> open;
  bool may_start = true;  // a value may start here: in the middle of a text quotes and brackets are text
  for (std::size_t at = from; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '#' && (at == 0 || contains(" \t\n", text[at - 1]))) {
      at = std::min(text.find('\n', at), text.size()) - 1;
    } else if (may_start && contains("'\"", c)) {
      const std::size_t close = closing_quote(text, at);
      if (close >= text.find('\n', at)) return {at, at + 1};
      at = close;
      may_start = false;
    } else if (may_start && contains("[{", c)) {
      open.push_back(at);
    } else if (!open.empty() && contains("]}", c)) {
      if (c != closer_of(text[open.back()])) return {open.back(), open.back() + 1};
      open.pop_back();
    } else if (!contains(" \t", c)) {
      may_start = contains("\n:-?,", c);
    }
  }
  return open.empty() ? Extent{from, from} : Extent{open.front(), open.front() + 1};
}

}  // namespace oubli
