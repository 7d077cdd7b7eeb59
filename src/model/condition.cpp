/// Prints conditions in the syntax they are read in.
#include "oubli/model/condition.hpp"

#include "model/condition_words.hpp"

#include <string_view>

namespace oubli {

namespace {

using Kind = Condition::Kind;

std::string in_quotes(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote) quoted += quote;
    quoted += c;
  }
  return quoted + quote;
}

std::string name_text(const std::string& name) { return condition::is_bare_name(name) ? name : in_quotes(name, '"'); }

std::string literal_text(const Literal& literal) {
  if (const auto* text = std::get_if<std::string>(&literal)) return in_quotes(*text, '\'');
  if (const auto* number = std::get_if<NumberLiteral>(&literal)) return number->text;
  return to_text(std::get<Day>(literal));
}

std::string literal_list(const std::vector<Literal>& literals) {
  std::string list;
  for (const auto& literal : literals) list += (list.empty() ? "" : ", ") + literal_text(literal);
  return "(" + list + ")";
}

/// A leaf, or its negation where the syntax has one of its own: `a not in (…)`.
std::string leaf_text(const Condition& leaf, bool negated) {
  const std::string name = name_text(leaf.name);
  const std::string no = negated ? "not " : "";
  if (leaf.kind == Kind::is_null) return name + " is " + no + "null";
  if (leaf.kind == Kind::one_of) return name + " " + no + "in " + literal_list(leaf.literals);
  if (leaf.kind == Kind::like) return name + " " + no + "like " + literal_text(leaf.literals.front());
  return name + " " + std::string{to_text(leaf.comparison)} + " " + literal_text(leaf.literals.front());
}

bool is_leaf(const Condition& condition) {
  return condition.kind != Kind::all_of && condition.kind != Kind::any_of && condition.kind != Kind::none_of;
}

/// `not` binds closest, then `and`, then `or`.
std::string part_text(const Condition& part, Kind around) {
  const bool needs_parentheses =
      part.kind == Kind::any_of ? around != Kind::any_of : part.kind == Kind::all_of && around == Kind::none_of;
  return needs_parentheses ? "(" + to_text(part) + ")" : to_text(part);
}

std::string negation_text(const Condition& negated) {
  if (is_leaf(negated) && negated.kind != Kind::compare) return leaf_text(negated, true);
  return "not " + part_text(negated, Kind::none_of);
}

}  // namespace

std::string_view to_text(Condition::Comparison comparison) {
  switch (comparison) {
    case Condition::Comparison::equal:
      return "=";
    case Condition::Comparison::not_equal:
      return "<>";
    case Condition::Comparison::less:
      return "<";
    case Condition::Comparison::less_equal:
      return "<=";
    case Condition::Comparison::greater:
      return ">";
    case Condition::Comparison::greater_equal:
      return ">=";
  }
  return "";
}

std::string to_text(const Condition& condition) {
  if (is_leaf(condition)) return leaf_text(condition, false);
  if (condition.kind == Kind::none_of) return negation_text(condition.parts.front());
  const std::string_view word = condition.kind == Kind::all_of ? " and " : " or ";
  std::string text;
  for (const auto& part : condition.parts) {
    if (!text.empty()) text += word;
    text += part_text(part, condition.kind);
  }
  return text;
}

}  // namespace oubli
