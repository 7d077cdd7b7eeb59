#include "oubli/model/audit_report.hpp"

#include <algorithm>

namespace oubli {

std::string_view to_text(CheckState state) {
  switch (state) {
    case CheckState::not_applicable:
      return "not_applicable";
    case CheckState::pass:
      return "pass";
    case CheckState::warn:
      return "warn";
    case CheckState::fail:
      return "fail";
  }
  return "";
}

std::string in_words(const FindingPlace& place) {
  std::string words = place.dataset;
  if (!place.table.empty()) words += (words.empty() ? "" : ".") + place.table;
  if (!place.column.empty()) words += "." + place.column;
  if (place.side == Side::archive) words += " (archive)";
  if (!place.purpose.empty()) words += (words.empty() ? "purpose " : ", purpose ") + place.purpose;
  return words;
}

CheckState AuditReport::result() const {
  const auto worst = std::ranges::max_element(checks, {}, &AuditCheck::state);
  return worst == checks.end() ? CheckState::fail : worst->state;
}

std::size_t AuditReport::count(CheckState state) const {
  return static_cast<std::size_t>(std::ranges::count(checks, state, &AuditCheck::state));
}

}  // namespace oubli
