/// A small policy that reads without a finding, to be changed in one place by a test.
#pragma once

#include "oubli/policy/read.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace oubli::test {

inline const std::string k_example_policy = R"(oubli: policy/1
policy: {id: shop, version: 1, in_force_from: 2024-04-26}
controller: {name: Shop, contact: privacy@example.org}
timezone: Europe/Paris
data_subjects: {customer: Customers}
data_categories:
  identity: {title: Surname and first name}
events:
  last_contact: {kind: dated, title: Last exchange}
  closed: {kind: end, title: Account closed}
purposes:
  sales:
    title: Sales
    legal_basis: contract
    data: {customer: [identity]}
    active: {keep: 3 years, from: last_contact}
  access:
    title: Access
    legal_basis: contract
    data: {customer: [identity]}
    active: {until: closed}
)";

/// The example with its first `old_text` written as `new_text`.
inline std::string example_with(const std::string& old_text, const std::string& new_text) {
  const auto at = k_example_policy.find(old_text);
  if (at == std::string::npos) throw std::logic_error("the example doesn't say: " + old_text);
  return std::string(k_example_policy).replace(at, old_text.size(), new_text);
}

/// "14:5: error: message [code]; hint" for each.
inline std::vector<std::string> lines_of(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> lines;
  for (const auto& each : diagnostics) {
    lines.push_back(fmt::format("{}:{}: {}: {} [{}]; {}", each.where.line, each.where.column,
                                each.severity == Severity::error ? "error" : "warning", each.message, each.code,
                                each.hint));
  }
  return lines;
}

inline Checked<Policy> read_text(const std::string& text) { return read_policy(text, "policy.yaml"); }

}  // namespace oubli::test
