/// Which findings stop the commands that read data, and which stop an approval.
#include "oubli/policy/read.hpp"

#include <algorithm>
#include <iterator>

namespace oubli {

bool has_unsupported(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& each) { return each.code == "not-supported"; });
}

std::vector<Diagnostic> review_marks(const std::vector<Diagnostic>& diagnostics) {
  std::vector<Diagnostic> marks;
  std::copy_if(diagnostics.begin(), diagnostics.end(), std::back_inserter(marks),
               [](const Diagnostic& each) { return each.code == "review"; });
  return marks;
}

}  // namespace oubli
