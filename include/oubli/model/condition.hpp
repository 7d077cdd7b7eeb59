/// Conditions of a config: `where` and `when` (I3).
#pragma once

#include "oubli/model/day.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace oubli {

/// SQL's third truth value is a result of its own here: a condition that is unknown for a record
/// makes that record undetermined, which keeps it (S12).
enum class Truth : std::uint8_t { no, yes, unknown };

/// A number literal. An integer that fits is compared exactly; `real` is its value in any case.
struct NumberLiteral {
  bool is_integer = true;
  std::int64_t integer = 0;
  double real = 0;
  std::string text;  ///< as written

  friend bool operator==(const NumberLiteral&, const NumberLiteral&) = default;
};

/// Text, number, or day; a day may only be compared with an event.
using Literal = std::variant<std::string, NumberLiteral, Day>;

/// A condition as a tree. Pure data: evaluated by the engine, printed by the report.
struct Condition {
  enum class Kind : std::uint8_t { all_of, any_of, none_of, compare, one_of, like, is_null };
  enum class Comparison : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };

  Kind kind = Kind::all_of;
  std::vector<Condition> parts;    ///< all_of, any_of: two or more; none_of (`not`): exactly one
  std::string name;                ///< leaf: the column, or the event when a literal is a day
  bool names_event = false;        ///< leaf: `name` is an event
  int slot = -1;                   ///< leaf: index into TableRules::columns, or ::events; set by the compiler
  Comparison comparison = Comparison::equal;
  std::vector<Literal> literals;   ///< compare, like: one; one_of: one or more
  int column = 0;                  ///< where `name` starts in the text of the condition, from 1

  friend bool operator==(const Condition&, const Condition&) = default;
};

/// "=", "<>", "<=": the same in a condition and in SQL.
[[nodiscard]] std::string_view to_text(Condition::Comparison comparison);

/// The condition in the syntax of I3, with only the parentheses it needs.
[[nodiscard]] std::string to_text(const Condition& condition);

}  // namespace oubli
