/// What the readers have found wrong in one document, with its places and source lines.
#pragma once

#include "oubli/policy/document.hpp"
#include "oubli/policy/read.hpp"

#include <string>
#include <vector>

namespace oubli {

/// Collects the diagnostics of one document. The document outlives it.
class ReaderFindings {
 public:
  explicit ReaderFindings(const Document& document);

  void error(const SourceLocation& where, std::string code, std::string message, std::string hint = {});
  void warning(const SourceLocation& where, std::string code, std::string message, std::string hint = {});

  /// A complaint about the text of a scalar, at the very words it is about.
  void refuse(const Node& scalar, const Complaint& complaint);

  [[nodiscard]] bool has_error() const;

  /// Everything found, in the file's order, each once; what the document layer found comes with it.
  [[nodiscard]] std::vector<Diagnostic> take() &&;

 private:
  const Document& m_document;
  std::vector<Diagnostic> m_diagnostics;
};

}  // namespace oubli
