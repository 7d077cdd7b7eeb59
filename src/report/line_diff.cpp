// A unified diff of two short texts, by their longest common subsequence of lines.

#include "oubli/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

namespace oubli {

namespace {

constexpr std::size_t k_context = 3;

struct Edit {
  char mark;  ///< ' ', '-' or '+'
  std::string_view line;
  std::size_t before;  ///< lines of the old text that come earlier
  std::size_t after;   ///< the same of the new text
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Lengths of the longest common subsequences of all tails: [i][j] of a from i and b from j.
std::vector<std::vector<std::size_t>> tail_lengths(const std::vector<std::string_view>& a,
                                                   const std::vector<std::string_view>& b) {
  std::vector<std::vector<std::size_t>> lengths(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = a.size(); i-- > 0;) {
    for (std::size_t j = b.size(); j-- > 0;) {
      lengths[i][j] = a[i] == b[j] ? lengths[i + 1][j + 1] + 1 : std::max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

std::vector<Edit> edits_between(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b) {
  const auto lengths = tail_lengths(a, b);
  std::vector<Edit> edits;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      edits.push_back({' ', a[i], i, j});
      ++i, ++j;
    } else if (j == b.size() || (i < a.size() && lengths[i + 1][j] >= lengths[i][j + 1])) {
      edits.push_back({'-', a[i], i, j});
      ++i;
    } else {
      edits.push_back({'+', b[j], i, j});
      ++j;
    }
  }
  return edits;
}

/// The end of the hunk that starts at `first`: its last change lies more than two contexts before
/// the next one.
std::size_t end_of_hunk(const std::vector<Edit>& edits, std::size_t first) {
  std::size_t last_change = first;
  for (std::size_t i = first; i < edits.size() && i <= last_change + 2 * k_context + 1; ++i) {
    if (edits[i].mark != ' ') last_change = i;
  }
  return std::min(last_change + k_context + 1, edits.size());
}

std::string range_text(std::size_t earlier, std::size_t count) {
  const std::size_t start = count == 0 ? earlier : earlier + 1;
  return count == 1 ? std::to_string(start) : fmt::format("{},{}", start, count);
}

std::string hunk_text(const std::vector<Edit>& edits, std::size_t first, std::size_t end) {
  std::size_t removed = 0;
  std::size_t added = 0;
  std::string body;
  for (std::size_t i = first; i < end; ++i) {
    removed += edits[i].mark == '+' ? 0 : 1;
    added += edits[i].mark == '-' ? 0 : 1;
    body += fmt::format("{}{}\n", edits[i].mark, edits[i].line);
  }
  return fmt::format("@@ -{} +{} @@\n{}", range_text(edits[first].before, removed),
                     range_text(edits[first].after, added), body);
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after) {
  const std::vector<Edit> edits = edits_between(lines_of(before), lines_of(after));
  std::string result;
  std::size_t written = 0;
  for (std::size_t i = 0; i < edits.size(); ++i) {
    if (edits[i].mark == ' ') continue;
    const std::size_t first = std::max(written, i < k_context ? 0 : i - k_context);
    written = end_of_hunk(edits, i);
    result += hunk_text(edits, first, written);
    i = written - 1;
  }
  return result;
}

}  // namespace oubli
