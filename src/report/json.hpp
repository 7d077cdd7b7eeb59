/// What every JSON report has in common (I7).
#pragma once

#include "oubli/diag/diagnostic.hpp"
#include "oubli/model/day.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <ostream>
#include <string_view>
#include <vector>

namespace oubli::report {

/// Keeps the order of its keys: a report is read by people, too.
using Json = nlohmann::ordered_json;

/// `{"schema": …, "version": …}`.
[[nodiscard]] Json json_document(std::string_view schema);

/// Null for no day.
[[nodiscard]] Json to_json(const std::optional<Day>& day);
[[nodiscard]] Json to_json(const std::vector<Diagnostic>& diagnostics);

/// One element per item.
template <typename Items, typename Convert>
[[nodiscard]] Json list_of(const Items& items, Convert convert) {
  Json result = Json::array();
  for (const auto& item : items) result.push_back(convert(item));
  return result;
}

/// Writes the document; bytes that are no UTF-8 become U+FFFD rather than an error.
void write_json(std::ostream& out, const Json& json);

}  // namespace oubli::report
