#include "report/stop_words.hpp"

namespace oubli::report {

std::string scope_words(const StopScope& scope) {
  std::string words;
  if (!scope.table.empty()) {
    words = scope.dataset + "." + scope.table;
  } else if (!scope.dataset.empty()) {
    words = "everything of " + scope.dataset;
  }
  if (!scope.condition.empty()) words += " where a condition holds";
  if (!scope.subject) return words;
  return words.empty() ? "one data subject" : words + ", of one data subject";
}

std::string_view state_words(const Stop& stop, Day today) {
  if (stop.lifting) return "lifted";
  if (stop.from > today) return "not yet";
  return is_in_force(stop, today) ? "in force" : "over";
}

}  // namespace oubli::report
