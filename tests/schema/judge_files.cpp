/// The reader's side of the schema test: for each file one line `accept` or `refuse`, then what was
/// found as `line:column error|warning code message`, each indented.
///
///     judge_files policy FILE…
///     judge_files config FILE…
///     judge_files reference FILE…
///     judge_files baseline FILE…
#include "oubli/policy/baseline.hpp"
#include "oubli/policy/read.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

template <class T>
void print(const oubli::Checked<T>& checked) {
  fmt::print("{}\n", checked.value ? "accept" : "refuse");
  for (const auto& found : checked.diagnostics) {
    fmt::print("  {}:{} {} {} {}\n", found.where.line, found.where.column,
               found.severity == oubli::Severity::error ? "error" : "warning", found.code, found.message);
  }
}

int judge(const std::string& kind, const std::string& path, const std::vector<oubli::FoundReference>& references) {
  if (kind == "policy") {
    print(oubli::read_policy(bytes_of(path), path, references));
  } else if (kind == "config") {
    print(oubli::read_config(bytes_of(path), path));
  } else if (kind == "reference") {
    print(oubli::read_reference(bytes_of(path), path));
  } else if (kind == "baseline") {
    print(oubli::read_baseline(bytes_of(path), path));
  } else {
    return 2;
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const std::string fr = OUBLI_REFERENCES "fr.yaml";
  const std::vector<oubli::FoundReference> references{{"fr", oubli::read_reference(bytes_of(fr), fr)}};
  for (int i = 2; i < count; ++i) {
    if (const int failed = judge(arguments[1], arguments[i], references)) return failed;
  }
}
