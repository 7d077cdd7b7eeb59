/// Which findings stop the commands that read data.
#include "oubli/policy/read.hpp"

#include <algorithm>

namespace oubli {

bool has_unsupported(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& each) { return each.code == "not-supported"; });
}

}  // namespace oubli
