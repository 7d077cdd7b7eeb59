/// Words about stops that text and JSON share.
#pragma once

#include "oubli/model/stop.hpp"

#include <string>
#include <string_view>

namespace oubli::report {

/// "crm.contacts where a condition holds, of one data subject", "everything of crm", "one data subject".
[[nodiscard]] std::string scope_words(const StopScope& scope);

/// "in force", "not yet", "over", "lifted".
[[nodiscard]] std::string_view state_words(const Stop& stop, Day today);

}  // namespace oubli::report
