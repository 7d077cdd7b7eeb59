#include "policy/compiler_findings.hpp"

#include "policy/source_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace oubli {

namespace {

/// More names than this help nobody who looks for one.
constexpr std::size_t k_most_listed = 12;

/// A document for its places alone: what it says has been read before.
Document places_of(const std::filesystem::path& file, const std::string& text) {
  return {file, text, line_starts(text), std::nullopt, {}};
}

}  // namespace

CompilerFindings::CompilerFindings(const Config& config, const std::vector<Policy>& policies) {
  m_files.emplace_back(places_of(config.file, config.text));
  for (const auto& policy : policies) m_files.emplace_back(places_of(policy.file, policy.text));
}

ReaderFindings& CompilerFindings::of(const SourceLocation& where) {
  for (auto& file : m_files) {
    if (file.document.file == where.file) return file.findings;
  }
  return m_files.front().findings;
}

void CompilerFindings::error(const SourceLocation& where, std::string code, std::string message, std::string hint) {
  of(where).error(where, std::move(code), std::move(message), std::move(hint));
}

void CompilerFindings::warning(const SourceLocation& where, std::string code, std::string message, std::string hint) {
  of(where).warning(where, std::move(code), std::move(message), std::move(hint));
}

bool CompilerFindings::has_error() const {
  return std::any_of(m_files.begin(), m_files.end(), [](const File& file) { return file.findings.has_error(); });
}

std::vector<Diagnostic> CompilerFindings::take() && {
  std::vector<Diagnostic> all;
  for (auto& file : m_files) {
    auto findings = std::move(file.findings).take();
    std::move(findings.begin(), findings.end(), std::back_inserter(all));
  }
  return all;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
  const std::string nearest = nearest_word(word, known);
  if (!nearest.empty()) return fmt::format("did you mean '{}'?", nearest);
  if (known.empty()) return "";
  if (known.size() <= k_most_listed) return fmt::format("there are: {}", fmt::join(known, ", "));
  const auto last = known.begin() + static_cast<std::ptrdiff_t>(k_most_listed);
  return fmt::format("there are: {}, …", fmt::join(known.begin(), last, ", "));
}

}  // namespace oubli
