/// One folder a case: a policy, a config, the live schema as text, and the canonical dump of the
/// rules they compile to. UPDATE_GOLDEN=1 rewrites `rules.txt`.
#include "oubli/policy/compile.hpp"
#include "oubli/policy/read.hpp"
#include "support/live_schema_text.hpp"
#include "support/places.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace oubli;
namespace fs = std::filesystem;

namespace {

const fs::path k_golden = test::tests_folder() / "golden";

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  INFO(file.string());
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> cases() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(k_golden)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::string written(const Diagnostic& finding) {
  const auto place = finding.where.file.filename().string() + ":" + std::to_string(finding.where.line) + ":" +
                     std::to_string(finding.where.column);
  const std::string severity = finding.severity == Severity::error ? "error" : "warning";
  return place + ": " + severity + ": " + finding.message + " [" + finding.code + "]\n";
}

template <class T>
T checked(Checked<T> read, std::string& dump) {
  for (const auto& finding : read.diagnostics) dump += written(finding);
  INFO(dump);
  REQUIRE(read.value);
  return std::move(*read.value);
}

std::string dump_of(const RuledDataset& dataset) {
  std::string dump;
  for (const auto& relation : dataset.relations) {
    dump += "\nrelation: " + relation.child + " -> " + relation.parent + (relation.follows ? " follows" : "") + "\n";
    for (std::size_t i = 0; i < relation.child_columns.size(); ++i) {
      dump += "relation.columns: " + relation.child_columns[i] + " -> " + relation.parent_columns[i] + "\n";
    }
  }
  for (const auto& table : dataset.tables) dump += "\nroot: " + table.root + "\n" + canonical_dump(table.rules);
  return dump;
}

std::string dump_of(const fs::path& folder) {
  std::string dump;
  const auto config = checked(read_config(read_text(folder / "oubli.yaml"), folder / "oubli.yaml"), dump);
  std::vector<Policy> policies;
  for (const auto& file : config.policies) policies.push_back(checked(read_policy(read_text(file), file), dump));
  const auto schemas = test::schemas_from_text(read_text(folder / "schema.txt"));
  for (const auto& dataset : checked(compile(policies, config, schemas), dump)) dump += dump_of(dataset);
  return dump;
}

}  // namespace

TEST_CASE("compile: each golden case gives the rules it gave before", "[golden][compile]") {
  for (const auto& folder : cases()) {
    CAPTURE(folder.filename().string());
    const auto dump = dump_of(folder);
    if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(folder / "rules.txt", std::ios::binary) << dump;
    CHECK(dump == read_text(folder / "rules.txt"));
  }
}
