#include "policy/reader_findings.hpp"

#include "diag/utf8.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace oubli {
namespace {

int columns_of(std::string_view text) { return static_cast<int>(count_code_points(text)); }

// Where a quoted scalar has escapes or a scalar spans lines, its text no longer lies column by column in the file.
bool lies_as_written(const Node& scalar) {
  const int quotes = scalar.quoted ? 2 : 0;
  return scalar.where.length == columns_of(scalar.text) + quotes;
}

SourceLocation place_in(const Node& scalar, int offset, int length) {
  if (!lies_as_written(scalar)) return scalar.where;
  const std::string_view text = scalar.text;
  const auto start = std::min(text.size(), static_cast<std::size_t>(offset));
  SourceLocation where = scalar.where;
  where.column += columns_of(text.substr(0, start)) + (scalar.quoted ? 1 : 0);
  where.length = std::max(1, columns_of(text.substr(start, static_cast<std::size_t>(length))));
  return where;
}

auto order_of(const Diagnostic& finding) {
  return std::tie(finding.where.line, finding.where.column, finding.code, finding.message);
}

}  // namespace

ReaderFindings::ReaderFindings(const Document& document) : m_document(document), m_diagnostics(document.diagnostics) {
  for (const auto& mark : document.review_marks) {
    warning(mark, "review", "a guess that nobody has confirmed yet", "confirm or correct it, then delete `review:`");
  }
}

void ReaderFindings::error(const SourceLocation& where, std::string code, std::string message, std::string hint) {
  m_diagnostics.push_back(
      diagnostic_at(m_document, where, Severity::error, std::move(code), std::move(message), std::move(hint)));
}

void ReaderFindings::warning(const SourceLocation& where, std::string code, std::string message, std::string hint) {
  m_diagnostics.push_back(
      diagnostic_at(m_document, where, Severity::warning, std::move(code), std::move(message), std::move(hint)));
}

void ReaderFindings::refuse(const Node& scalar, const Complaint& complaint) {
  error(place_in(scalar, complaint.offset, complaint.length), complaint.code, complaint.message, complaint.hint);
}

bool ReaderFindings::has_error() const { return oubli::has_error(m_diagnostics); }

std::vector<Diagnostic> ReaderFindings::take() && {
  const auto before = [](const auto& left, const auto& right) { return order_of(left) < order_of(right); };
  const auto same = [](const auto& left, const auto& right) { return order_of(left) == order_of(right); };
  std::stable_sort(m_diagnostics.begin(), m_diagnostics.end(), before);
  // A block of `defaults` is read once for every purpose and would repeat itself.
  m_diagnostics.erase(std::unique(m_diagnostics.begin(), m_diagnostics.end(), same), m_diagnostics.end());
  return std::move(m_diagnostics);
}

}  // namespace oubli
