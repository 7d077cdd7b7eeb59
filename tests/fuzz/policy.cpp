/// A policy or a reference is read or refused with a diagnostic in the file, never by an exception.
#include "fuzz/target.hpp"
#include "oubli/policy/read.hpp"

namespace {

template <class T>
void require_told(const oubli::Checked<T>& read) {
  bool has_error = false;
  for (const auto& diagnostic : read.diagnostics) {
    has_error = has_error || diagnostic.severity == oubli::Severity::error;
    oubli::fuzz::require(!diagnostic.message.empty(), "a diagnostic says something");
    oubli::fuzz::require(!diagnostic.code.empty(), "a diagnostic has a code");
  }
  oubli::fuzz::require(read.value.has_value() != has_error, "what has no error has a value");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(oubli::fuzz::text_of(data, size));
  require_told(oubli::read_policy(text, "policy.yaml"));
  require_told(oubli::read_reference(text, "reference.yaml"));
  return 0;
}
