/// Conditions in three truth values (I3).
#include "engine/numbers.hpp"
#include "oubli/engine/decide.hpp"

#include <algorithm>
#include <cmath>
#include <compare>

namespace oubli {
namespace {

/// How a value compares with a literal; nothing when it can't be compared.
using Order = std::optional<std::partial_ordering>;

Truth truth(bool holds) { return holds ? Truth::yes : Truth::no; }

Truth opposite(Truth value) {
  if (value == Truth::unknown) return Truth::unknown;
  return truth(value == Truth::no);
}

/// Exact for every pair: a long double holds each int64 and each double.
std::partial_ordering compare_exactly(std::int64_t integer, double real) {
  return static_cast<long double>(integer) <=> static_cast<long double>(real);
}

Order compare_integer(std::int64_t value, const NumberLiteral& literal) {
  if (literal.is_integer) return value <=> literal.integer;
  return compare_exactly(value, literal.real);
}

Order compare_real(double value, const NumberLiteral& literal) {
  if (std::isnan(value)) return std::nullopt;
  if (literal.is_integer) return 0 <=> compare_exactly(literal.integer, value);
  return value <=> literal.real;
}

Order compare_decimal(std::string_view text, const NumberLiteral& literal) {
  const auto decimal = decimal_from_text(text);
  if (!decimal) return std::nullopt;
  if (const auto integer = decimal->integer()) return compare_integer(*integer, literal);
  const auto real = decimal->real();
  return real ? compare_real(*real, literal) : std::nullopt;
}

Order compare(const Value& value, const std::string& literal) {
  if (value.type != Value::Type::text) return std::nullopt;
  return value.bytes <=> std::string_view(literal);
}

/// At a glance: texts of one length that begin alike are left to `compare`.
bool is_other_text(const Value& value, std::string_view literal) {
  if (value.type != Value::Type::text) return false;
  return value.bytes.size() != literal.size() || (!literal.empty() && value.bytes.front() != literal.front());
}

Order compare(const Value& value, const NumberLiteral& literal) {
  switch (value.type) {
    case Value::Type::integer:
      return compare_integer(value.integer, literal);
    case Value::Type::real:
      return compare_real(value.real, literal);
    case Value::Type::text:
      return compare_decimal(value.bytes, literal);
    default:
      return std::nullopt;
  }
}

Order compare(const EventReading& reading, Day literal) {
  if (reading.state != EventReading::State::known) return std::nullopt;
  return reading.day <=> literal;
}

bool satisfies(std::partial_ordering order, Condition::Comparison comparison) {
  switch (comparison) {
    case Condition::Comparison::equal:
      return order == 0;
    case Condition::Comparison::not_equal:
      return order != 0;
    case Condition::Comparison::less:
      return order < 0;
    case Condition::Comparison::less_equal:
      return order <= 0;
    case Condition::Comparison::greater:
      return order > 0;
    case Condition::Comparison::greater_equal:
      return order >= 0;
  }
  return false;
}

/// The bytes of the UTF-8 character that starts at `position`.
std::size_t character_length(std::string_view text, std::size_t position) {
  std::size_t end = position + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return end - position;
}

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// `%` is any text, `_` one character, ASCII letters in either case. On a mismatch the last `%`
/// takes one character more: earlier ones need never change.
bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  std::size_t after_any = std::string_view::npos;
  std::size_t taken_to = 0;
  while (at < text.size()) {
    const bool pattern_left = in_pattern < pattern.size();
    if (pattern_left && pattern[in_pattern] == '%') {
      after_any = ++in_pattern;
      taken_to = at;
    } else if (pattern_left && pattern[in_pattern] == '_') {
      ++in_pattern;
      at += character_length(text, at);
    } else if (pattern_left && folded(pattern[in_pattern]) == folded(text[at])) {
      ++in_pattern;
      ++at;
    } else if (after_any != std::string_view::npos) {
      taken_to += character_length(text, taken_to);
      at = taken_to;
      in_pattern = after_any;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('%', in_pattern) == std::string_view::npos;
}

/// One evaluation: a record's values and readings.
class Evaluation {
 public:
  Evaluation(std::span<const Value> values, std::span<const EventReading> events)
      : m_values(values), m_events(events) {}

  [[nodiscard]] Truth of(const Condition& condition) const {
    switch (condition.kind) {
      case Condition::Kind::all_of:
        return all_of(condition.parts);
      case Condition::Kind::any_of:
        return any_of(condition.parts);
      case Condition::Kind::none_of:
        return opposite(any_of(condition.parts));
      case Condition::Kind::compare:
        return compared(condition, condition.literals.front());
      case Condition::Kind::one_of:
        return one_of(condition);
      case Condition::Kind::like:
        return like(condition);
      case Condition::Kind::is_null:
        return truth(value_of(condition).is_null());
    }
    return Truth::unknown;
  }

 private:
  [[nodiscard]] const Value& value_of(const Condition& leaf) const {
    return m_values[static_cast<std::size_t>(leaf.slot)];
  }

  /// Where events can't be asked for, their days are unknown.
  [[nodiscard]] EventReading reading_of(const Condition& leaf) const {
    const auto slot = static_cast<std::size_t>(leaf.slot);
    return slot < m_events.size() ? m_events[slot] : EventReading{};
  }

  [[nodiscard]] Order order(const Condition& leaf, const Literal& literal) const {
    if (const auto* const text = std::get_if<std::string>(&literal)) return compare(value_of(leaf), *text);
    if (const auto* const number = std::get_if<NumberLiteral>(&literal)) return compare(value_of(leaf), *number);
    return compare(reading_of(leaf), std::get<Day>(literal));
  }

  [[nodiscard]] Truth compared(const Condition& leaf, const Literal& literal) const {
    const Order found = order(leaf, literal);
    return found ? truth(satisfies(*found, leaf.comparison)) : Truth::unknown;
  }

  [[nodiscard]] Truth one_of(const Condition& leaf) const {
    Truth result = Truth::no;
    for (const Literal& literal : leaf.literals) {
      const auto* const text = std::get_if<std::string>(&literal);
      if (text != nullptr && is_other_text(value_of(leaf), *text)) continue;
      const Order found = order(leaf, literal);
      if (found && *found == 0) return Truth::yes;
      if (!found) result = Truth::unknown;
    }
    return result;
  }

  [[nodiscard]] Truth like(const Condition& leaf) const {
    const Value& value = value_of(leaf);
    if (value.type != Value::Type::text) return Truth::unknown;
    return truth(is_like(value.bytes, std::get<std::string>(leaf.literals.front())));
  }

  [[nodiscard]] Truth all_of(const std::vector<Condition>& parts) const {
    Truth result = Truth::yes;
    for (const Condition& part : parts) {
      const Truth value = of(part);
      if (value == Truth::no) return Truth::no;
      if (value == Truth::unknown) result = Truth::unknown;
    }
    return result;
  }

  [[nodiscard]] Truth any_of(const std::vector<Condition>& parts) const {
    Truth result = Truth::no;
    for (const Condition& part : parts) {
      const Truth value = of(part);
      if (value == Truth::yes) return Truth::yes;
      if (value == Truth::unknown) result = Truth::unknown;
    }
    return result;
  }

  std::span<const Value> m_values;
  std::span<const EventReading> m_events;
};

}  // namespace

Truth evaluate(const Condition& condition, std::span<const Value> values, std::span<const EventReading> events) {
  return Evaluation(values, events).of(condition);
}

}  // namespace oubli
