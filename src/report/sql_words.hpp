/// Rules as SQLite expressions a reader can check by hand. Only ever shown, never run by oubli.
#pragma once

#include "oubli/model/rules.hpp"

#include <string>
#include <utility>
#include <string_view>

namespace oubli::report {

/// How one table's columns are written in SQL.
class SqlWords {
 public:
  /// `empty_is_null`: fields imported from CSV, where an empty one is null (I3).
  enum class EmptyIsNull : std::uint8_t { no, yes };
  /// `prefix` stands before every column: "r.".
  SqlWords(const TableRules& rules, EmptyIsNull empty_is_null, std::string prefix = {})
      : m_rules(rules), m_empty_is_null(empty_is_null), m_prefix(std::move(prefix)) {}

  [[nodiscard]] std::string condition(const Condition& condition) const;

  /// True where the term's day is plausible and no later than `last`.
  [[nodiscard]] std::string is_due(const EventTerm& term, Day last) const;
  [[nodiscard]] std::string is_due(int event, Day last) const;
  /// True where an event has no value.
  [[nodiscard]] std::string is_missing(int event) const;
  [[nodiscard]] std::string is_missing(const EventTerm& term) const;
  /// True where the term gives no day.
  [[nodiscard]] std::string is_absent(const EventTerm& term) const;
  /// True where `later` has a plausible day after that of `event`.
  [[nodiscard]] std::string is_later(int later, int event) const;

 private:
  [[nodiscard]] std::string column(std::string_view name) const;
  [[nodiscard]] std::string rows_of_record(const OtherTableRule& rule) const;
  [[nodiscard]] std::string day_of_rows(const EventRule& event) const;
  [[nodiscard]] std::string day_of(const EventRule& event) const;
  [[nodiscard]] std::string day(int event) const;
  [[nodiscard]] std::string plausible_day(int event) const;
  [[nodiscard]] std::string day(const EventTerm& term) const;
  [[nodiscard]] std::string operand(const Condition& leaf) const;
  [[nodiscard]] std::string joined(const Condition& condition, std::string_view word) const;

  const TableRules& m_rules;
  EmptyIsNull m_empty_is_null;
  std::string m_prefix;
};

/// `"name"`, quotes within doubled.
[[nodiscard]] std::string sql_name(std::string_view name);

}  // namespace oubli::report
