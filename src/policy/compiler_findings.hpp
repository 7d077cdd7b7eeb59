/// What the compiler has found wrong in a config and the policies it names.
#pragma once

#include "oubli/model/config.hpp"
#include "oubli/model/policy.hpp"
#include "policy/reader_findings.hpp"

#include <list>
#include <string>
#include <vector>

namespace oubli {

/// ReaderFindings of several files, each with its source line.
class CompilerFindings {
 public:
  CompilerFindings(const Config& config, const std::vector<Policy>& policies);

  void error(const SourceLocation& where, std::string code, std::string message, std::string hint = {});
  void warning(const SourceLocation& where, std::string code, std::string message, std::string hint = {});

  [[nodiscard]] bool has_error() const;

  /// The config's first, then the policies', each in its file's order.
  [[nodiscard]] std::vector<Diagnostic> take() &&;

 private:
  struct File {
    explicit File(Document read) : document(std::move(read)), findings(document) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    Document document;
    ReaderFindings findings;
  };

  [[nodiscard]] ReaderFindings& of(const SourceLocation& where);

  std::list<File> m_files;  ///< findings refer to the document beside them, so no file may move
};

/// "did you mean 'email'?", or what there is where nothing is near.
[[nodiscard]] std::string suggestion(const std::string& word, const std::vector<std::string>& known);

}  // namespace oubli
