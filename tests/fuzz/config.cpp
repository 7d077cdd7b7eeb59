/// A config is read or refused with a diagnostic in the file, never by an exception.
#include "fuzz/target.hpp"
#include "oubli/policy/read.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = oubli::read_config(std::string(oubli::fuzz::text_of(data, size)), "/etc/oubli/oubli.yaml");
  bool has_error = false;
  for (const auto& diagnostic : read.diagnostics) {
    has_error = has_error || diagnostic.severity == oubli::Severity::error;
    oubli::fuzz::require(!diagnostic.message.empty(), "a diagnostic says something");
  }
  oubli::fuzz::require(read.value.has_value() != has_error, "what has no error has a value");
  return 0;
}
