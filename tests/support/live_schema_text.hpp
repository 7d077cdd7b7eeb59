/// Live schemas written as text, for tests that compile rules without a database:
///
///     [crm] sqlite
///     contacts: id* email two_words
///     view active: id
///     orders.contact_id -> contacts.id
///
/// A column with `*` identifies a row by itself, one with `!` refuses NULL, one with `=` is computed
/// from others; `csv` instead of `sqlite` enforces no keys.
#pragma once

#include "oubli/policy/compile.hpp"

#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

namespace oubli::test {

namespace detail {

inline LiveTable table_from_words(std::istringstream& words, const std::string& table_name) {
  LiveTable table{table_name, {}, {}, true};
  for (std::string column; words >> column;) {
    const std::string name = column.substr(0, column.find_first_of("*!="));
    const auto is_marked = [&](char mark) { return column.find(mark) != std::string::npos; };
    table.columns.push_back(name);
    if (is_marked('*')) table.unique.push_back({name});
    if (is_marked('!')) table.not_null.push_back(name);
    if (is_marked('=')) table.generated.push_back(name);
  }
  return table;
}

inline std::pair<std::string, std::string> at_dot(const std::string& text) {
  const auto dot = text.find('.');
  if (dot == std::string::npos) throw std::runtime_error("not table.column: " + text);
  return {text.substr(0, dot), text.substr(dot + 1)};
}

inline void add_line(LiveSchema& schema, const std::string& line) {
  std::istringstream words(line);
  std::string first, second;
  words >> first;
  if (first == "view") {
    words >> first;
    schema.tables.push_back(table_from_words(words, first.substr(0, first.size() - 1)));
    schema.tables.back().is_plain_table = false;
  } else if (first.back() == ':') {
    schema.tables.push_back(table_from_words(words, first.substr(0, first.size() - 1)));
  } else if (words >> second >> second) {
    const auto [child, child_column] = at_dot(first);
    const auto [parent, parent_column] = at_dot(second);
    schema.foreign_keys.push_back({child, {child_column}, parent, {parent_column}, false});
  } else {
    throw std::runtime_error("not a line of a schema: " + line);
  }
}

}  // namespace detail

[[nodiscard]] inline std::map<std::string, LiveSchema> schemas_from_text(const std::string& text) {
  std::map<std::string, LiveSchema> schemas;
  LiveSchema* schema = nullptr;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    if (line.front() == '[') {
      schema = &schemas[line.substr(1, line.find(']') - 1)];
      schema->enforces_keys = line.find("csv") == std::string::npos;
    } else if (schema == nullptr) {
      throw std::runtime_error("no dataset before: " + line);
    } else {
      detail::add_line(*schema, line);
    }
  }
  return schemas;
}

}  // namespace oubli::test
