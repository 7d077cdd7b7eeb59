/// The word for a severity, the same in text and JSON.
#pragma once

#include "oubli/diag/diagnostic.hpp"

#include <string_view>

namespace oubli::report {

[[nodiscard]] constexpr std::string_view word_for(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::finding:
      return "finding";
  }
  return "error";
}

}  // namespace oubli::report
