#include "policy/findings.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace oubli {
namespace {

int count_code_points(std::string_view text) {
  const auto starts = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; };
  return static_cast<int>(std::count_if(text.begin(), text.end(), starts));
}

// Where a quoted scalar has escapes or a scalar spans lines, its text no longer lies column by column in the file.
bool lies_as_written(const Node& scalar) {
  const int quotes = scalar.quoted ? 2 : 0;
  return scalar.where.length == count_code_points(scalar.text) + quotes;
}

SourceLocation place_in(const Node& scalar, int offset, int length) {
  if (!lies_as_written(scalar)) return scalar.where;
  const std::string_view text = scalar.text;
  const auto start = std::min(text.size(), static_cast<std::size_t>(offset));
  SourceLocation where = scalar.where;
  where.column += count_code_points(text.substr(0, start)) + (scalar.quoted ? 1 : 0);
  where.length = std::max(1, count_code_points(text.substr(start, static_cast<std::size_t>(length))));
  return where;
}

auto order_of(const Diagnostic& finding) {
  return std::tie(finding.where.line, finding.where.column, finding.code, finding.message);
}

}  // namespace

Findings::Findings(const Document& document) : m_document(document), m_diagnostics(document.diagnostics) {}

void Findings::error(const SourceLocation& where, std::string code, std::string message, std::string hint) {
  m_diagnostics.push_back(
      diagnostic_at(m_document, where, Severity::error, std::move(code), std::move(message), std::move(hint)));
}

void Findings::warning(const SourceLocation& where, std::string code, std::string message, std::string hint) {
  m_diagnostics.push_back(
      diagnostic_at(m_document, where, Severity::warning, std::move(code), std::move(message), std::move(hint)));
}

void Findings::refuse(const Node& scalar, const Complaint& complaint) {
  error(place_in(scalar, complaint.offset, complaint.length), complaint.code, complaint.message, complaint.hint);
}

bool Findings::has_error() const { return oubli::has_error(m_diagnostics); }

std::vector<Diagnostic> Findings::take() && {
  const auto before = [](const auto& left, const auto& right) { return order_of(left) < order_of(right); };
  const auto same = [](const auto& left, const auto& right) { return order_of(left) == order_of(right); };
  std::stable_sort(m_diagnostics.begin(), m_diagnostics.end(), before);
  // A block of `defaults` is read once for every purpose and would repeat itself.
  m_diagnostics.erase(std::unique(m_diagnostics.begin(), m_diagnostics.end(), same), m_diagnostics.end());
  return std::move(m_diagnostics);
}

}  // namespace oubli
