/// The reader's side of the schema test: for each file one line `accept` or `refuse`, then what was
/// found as `line:column error|warning code message`, each indented.
///
///     judge_files policy FILE…
///     judge_files config FILE…
#include "oubli/policy/read.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>

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

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const std::string kind = arguments[1];
  if (kind != "policy" && kind != "config") return 2;
  for (int i = 2; i < count; ++i) {
    const std::string path = arguments[i];
    if (kind == "policy") {
      print(oubli::read_policy(bytes_of(path), path));
    } else {
      print(oubli::read_config(bytes_of(path), path));
    }
  }
}
