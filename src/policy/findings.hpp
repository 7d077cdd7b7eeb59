/// Collects what is wrong with a document while it is read.
#pragma once

#include "oubli/policy/document.hpp"
#include "policy/source_text.hpp"

#include <string>

namespace oubli {

/// Thrown, through yaml-cpp, when reading can't go on; what is wrong has been recorded.
struct ReadingStopped {};

/// The faults of one document, each with its place and source line.
class Findings {
 public:
  /// A hostile file may have a fault at every byte; after this many nobody reads on.
  static constexpr std::size_t k_most = 100;

  Findings(Document& document, SourceText& source) : m_document(document), m_source(source) {}

  [[nodiscard]] SourceLocation locate(Extent extent) { return m_source.locate(extent); }
  void add(Extent extent, std::string code, std::string message, std::string hint = {});
  [[noreturn]] void stop(Extent extent, std::string code, std::string message, std::string hint = {});

 private:
  Document& m_document;
  SourceText& m_source;
};

}  // namespace oubli
