/// The cases of the YAML test suite (yaml-test-suite, src/*.yaml).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace oubli::test {

struct SuiteCase {
  std::string id;  ///< "2G84/1": the second case of 2G84.yaml
  std::string text;
  bool is_valid = true;
  /// The parser events the suite expects, one a line without indentation, styles reduced to plain
  /// and quoted: "+MAP", "=VAL :plain", "=VAL \"quoted".
  std::vector<std::string> events;
};

/// All cases of a folder, by id. Reads the suite's files with the document layer itself.
[[nodiscard]] std::vector<SuiteCase> read_suite(const std::filesystem::path& folder);

}  // namespace oubli::test
