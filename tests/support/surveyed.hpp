/// Columns and tables as a survey leaves them, from a few values.
#pragma once

#include "oubli/proposal/survey.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace oubli::test {

/// A table whose column is made of the values, each in a record of its own.
inline SurveyedColumn surveyed_column(SurveyedColumn column, const std::vector<Value>& values) {
  SurveyedTable table;
  table.columns.push_back(std::move(column));
  TableSurvey survey(std::move(table));
  for (const auto& value : values) survey.add({&value, 1});
  return std::move(survey).finish(false).columns.front();
}

inline SurveyedColumn column_of(std::string name, std::initializer_list<const char*> texts, std::string type = {}) {
  std::vector<Value> values;
  for (const char* text : texts) values.push_back(Value::of(std::string_view(text)));
  return surveyed_column({std::move(name), std::move(type)}, values);
}

inline SurveyedColumn column_of(std::string name, std::initializer_list<std::int64_t> numbers, std::string type = {}) {
  std::vector<Value> values;
  for (const auto number : numbers) values.push_back(Value::of(number));
  return surveyed_column({std::move(name), std::move(type)}, values);
}

inline SurveyedTable table_of(std::string name, std::vector<SurveyedColumn> columns,
                              std::vector<std::string> key = {}) {
  SurveyedTable table;
  table.name = std::move(name);
  table.records =
      columns.empty() ? 0 : static_cast<std::int64_t>(columns.front().sample.size()) + columns.front().empty;
  table.columns = std::move(columns);
  table.primary_key = key;
  if (!key.empty()) table.unique.push_back(std::move(key));
  return table;
}

}  // namespace oubli::test
