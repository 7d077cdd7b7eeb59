#include "oubli/diag/diagnostic.hpp"

#include <algorithm>
#include <utility>

namespace oubli {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The most edits between words that may still be taken for one another: a third of the letters,
/// or short words would all look alike.
std::size_t allowed_edits(std::size_t length) { return std::clamp<std::size_t>(length / 3, 1, 4); }

/// Insertions, deletions, replacements and swaps of neighbours between two words, whatever their
/// case (Damerau-Levenshtein, no letter edited twice).
std::size_t edits_between(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> edits((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return edits[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  const auto same = [&](std::size_t i, std::size_t j) { return lower(a[i - 1]) == lower(b[j - 1]); };
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = at(i - 1, j - 1) + (same(i, j) ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replaced});
      const bool swapped = i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j);
      if (swapped) at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return edits.back();
}

}  // namespace

bool has_error(const std::vector<Diagnostic>& diagnostics) {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

Error::Error(Cause cause, Diagnostic diagnostic) : m_diagnostic(std::move(diagnostic)), m_cause(cause) {}

Error::Error(Cause cause, std::string message, std::string hint)
    : m_diagnostic{Severity::error, {}, {}, std::move(message), std::move(hint), {}}, m_cause(cause) {}

std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates) {
  const std::size_t allowed = allowed_edits(word.size());
  std::size_t fewest = allowed + 1;
  std::string nearest;
  for (const std::string& candidate : candidates) {
    const std::size_t longer = std::max(word.size(), candidate.size());
    const std::size_t shorter = std::min(word.size(), candidate.size());
    if (longer - shorter > allowed) continue;
    const std::size_t edits = edits_between(word, candidate);
    if (edits < fewest) {
      fewest = edits;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace oubli
