/// Reads conditions (I3) by recursive descent:
///
///     any      = all { "or" all }
///     all      = negation { "and" negation }
///     negation = "not" negation | "(" any ")" | leaf
///     leaf     = name ( comparison literal | ["not"] "in" "(" literal {"," literal} ")"
///                     | ["not"] "like" text | "is" ["not"] "null" )
///
/// What SQL would allow beyond that (functions, subqueries, sums) is refused by name: a condition
/// has to mean the same on every source.
#include "model/ascii.hpp"
#include "oubli/policy/read.hpp"
#include "policy/condition_tokens.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

namespace oubli {

namespace {

using condition::Token;
using Kind = Condition::Kind;
using Comparison = Condition::Comparison;

constexpr std::size_t k_longest = 4'096;  // bytes
constexpr int k_deepest = 32;             // parentheses and `not` within each other

constexpr std::string_view k_only = "only columns, literals, comparisons, and, or, not and parentheses";

/// Leaves the descent at the first fault; never leaves this file.
struct Refused {
  Complaint complaint;
};

[[noreturn]] void refuse(const Token& at, std::string message, std::string_view hint) {
  throw Refused{condition::complaint(std::move(message), std::string{hint}, at.offset, at.length)};
}

std::string described(const Token& token) {
  switch (token.kind) {
    case Token::Kind::end:
      return "the end";
    case Token::Kind::text:
      return "a text";
    case Token::Kind::number:
      return "the number " + token.text;
    case Token::Kind::day:
      return "the day " + token.text;
    default:
      return "'" + token.text + "'";
  }
}

NumberLiteral number_literal(const Token& token) {
  NumberLiteral number;
  number.text = token.text;
  const char* const begin = token.text.data();
  const char* const end = begin + token.text.size();
  if (std::from_chars(begin, end, number.real).ec != std::errc{}) {
    refuse(token, "the number is too large", "compare with a number a column can hold");
  }
  const auto whole = std::from_chars(begin, end, number.integer);
  number.is_integer = whole.ec == std::errc{} && whole.ptr == end;
  if (!number.is_integer) number.integer = 0;
  return number;
}

Comparison comparison_of(const std::string& sign) {
  if (sign == "=") return Comparison::equal;
  if (sign == "<") return Comparison::less;
  if (sign == "<=") return Comparison::less_equal;
  if (sign == ">") return Comparison::greater;
  if (sign == ">=") return Comparison::greater_equal;
  return Comparison::not_equal;
}

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens) : m_text(text), m_tokens(std::move(tokens)) {}

  Condition run() {
    if (is(Token::Kind::end)) refuse(token(), "the condition is empty", "leave it out to mean every record");
    Condition condition = any();
    if (is(Token::Kind::close)) refuse(token(), "this parenthesis closes nothing", "remove it");
    if (!is(Token::Kind::end)) refuse(token(), described(token()) + " doesn't follow", "join with and, or");
    return condition;
  }

 private:
  [[nodiscard]] const Token& token() const { return m_tokens[m_at]; }
  [[nodiscard]] bool is(Token::Kind kind) const { return token().kind == kind; }
  [[nodiscard]] bool is_word(std::string_view word) const { return is(Token::Kind::keyword) && token().text == word; }
  Token take() { return m_tokens[m_at++]; }
  bool took_word(std::string_view word) {
    if (!is_word(word)) return false;
    ++m_at;
    return true;
  }

  Condition any() {
    return joined("or", Kind::any_of, [this] { return all(); });
  }
  Condition all() {
    return joined("and", Kind::all_of, [this] { return negation(); });
  }

  /// `a and (b and c)` is `a and b and c`: one tree for one meaning.
  template <class Part>
  Condition joined(std::string_view word, Kind kind, Part part) {
    Condition first = part();
    if (!is_word(word)) return first;
    Condition whole;
    whole.kind = kind;
    append(whole, std::move(first));
    while (took_word(word)) append(whole, part());
    return whole;
  }

  static void append(Condition& whole, Condition part) {
    if (part.kind != whole.kind) return whole.parts.push_back(std::move(part));
    for (auto& inner : part.parts) whole.parts.push_back(std::move(inner));
  }

  Condition negation() {
    if (is_word("not"))
      return deeper([this] {
        take();
        return negated(negation());
      });
    if (is(Token::Kind::open)) return deeper([this] { return parenthesised(); });
    return leaf();
  }

  template <class Part>
  Condition deeper(Part part) {
    if (++m_depth > k_deepest) refuse(token(), "the condition is nested too deeply", "use fewer parentheses");
    Condition inner = part();
    --m_depth;
    return inner;
  }

  static Condition negated(Condition condition) {
    Condition whole;
    whole.kind = Kind::none_of;
    whole.parts.push_back(std::move(condition));
    return whole;
  }

  Condition parenthesised() {
    const Token open = take();
    Condition inner = any();
    if (is(Token::Kind::end)) refuse(open, "this parenthesis is not closed", "add the closing )");
    if (!is(Token::Kind::close)) refuse(token(), described(token()) + " doesn't follow", "join with and, or");
    take();
    return inner;
  }

  Condition leaf() {
    if (!is(Token::Kind::name)) refuse_as_name();
    const Token name = take();
    if (is(Token::Kind::open)) refuse(name, "'" + name.text + "(…)' is a function", k_only);
    Condition leaf;
    leaf.name = name.text;
    leaf.column = column_of(name);
    if (is(Token::Kind::comparison)) return compared(std::move(leaf));
    if (took_word("is")) return null_test(std::move(leaf));
    if (took_word("not")) return negated(membership(std::move(leaf), name));
    return membership(std::move(leaf), name);
  }

  [[noreturn]] void refuse_as_name() const {
    const bool is_literal = is(Token::Kind::text) || is(Token::Kind::number) || is(Token::Kind::day);
    if (is_literal) refuse(token(), "a comparison begins with a column", "write the column first, then the literal");
    refuse(token(), "a column is expected before " + described(token()), "write for example status = 'closed'");
  }

  Condition compared(Condition leaf) {
    leaf.kind = Kind::compare;
    leaf.comparison = comparison_of(take().text);
    leaf.literals.push_back(literal());
    leaf.names_event = std::holds_alternative<Day>(leaf.literals.front());
    return leaf;
  }

  Condition null_test(Condition leaf) {
    const bool negative = took_word("not");
    if (!took_word("null")) {
      refuse(token(), "null is expected before " + described(token()), "write is null or is not null");
    }
    leaf.kind = Kind::is_null;
    return negative ? negated(std::move(leaf)) : leaf;
  }

  Condition membership(Condition leaf, const Token& name) {
    if (took_word("in")) return one_of(std::move(leaf));
    if (took_word("like")) return like(std::move(leaf));
    const bool is_between = is(Token::Kind::name) && ascii_lower(token().text) == "between";
    refuse(token(), "a comparison is expected after '" + name.text + "'",
           is_between ? "write x >= a and x <= b" : "write =, <>, <, <=, >, >=, in (…), like or is null");
  }

  Condition one_of(Condition leaf) {
    leaf.kind = Kind::one_of;
    if (!is(Token::Kind::open)) refuse(token(), "a list is expected after in", "write in ('a', 'b')");
    const Token open = take();
    if (is(Token::Kind::close)) refuse(open, "the list is empty", "name at least one literal");
    leaf.literals.push_back(literal());
    while (is(Token::Kind::comma)) {
      take();
      leaf.literals.push_back(literal());
    }
    if (is(Token::Kind::end)) refuse(open, "this parenthesis is not closed", "add the closing )");
    if (!is(Token::Kind::close)) refuse(token(), described(token()) + " doesn't follow", "separate literals by commas");
    take();
    leaf.names_event = all_days(leaf, open);
    return leaf;
  }

  static bool all_days(const Condition& leaf, const Token& list) {
    const auto is_day = [](const Literal& literal) { return std::holds_alternative<Day>(literal); };
    const auto days = std::count_if(leaf.literals.begin(), leaf.literals.end(), is_day);
    if (days == 0) return false;
    if (static_cast<std::size_t>(days) == leaf.literals.size()) return true;
    refuse(list, "the list mixes days with other literals", "a day may only be compared with an event");
  }

  Condition like(Condition leaf) {
    if (!is(Token::Kind::text)) {
      refuse(token(), "like compares with a text", "write like '%…', with % for any text and _ for one character");
    }
    leaf.kind = Kind::like;
    leaf.literals.emplace_back(take().text);
    return leaf;
  }

  Literal literal() {
    if (is(Token::Kind::text)) return take().text;
    if (is(Token::Kind::number)) return number_literal(take());
    if (is(Token::Kind::day)) return *day_from_text(take().text);
    if (is_word("null")) refuse(token(), "nothing equals null", "write is null or is not null");
    if (is(Token::Kind::name)) refuse_name_as_literal();
    if (is(Token::Kind::open)) refuse(token(), "a literal is expected before '('", k_only);
    refuse(token(), "a literal is expected before " + described(token()), "write a text in single quotes or a number");
  }

  [[noreturn]] void refuse_name_as_literal() const {
    if (m_tokens[m_at + 1].kind == Token::Kind::open)
      refuse(token(), "'" + token().text + "(…)' is a function", k_only);
    refuse(token(), "a column is compared with a literal, '" + token().text + "' is a name",
           "write a text in single quotes: '" + token().text + "'");
  }

  /// In characters, which is what a person counts.
  [[nodiscard]] int column_of(const Token& at) const {
    const std::string_view before = m_text.substr(0, at.offset);
    const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<int>(std::count_if(before.begin(), before.end(), begins_character)) + 1;
  }

  std::string_view m_text;
  std::vector<Token> m_tokens;
  std::size_t m_at = 0;
  int m_depth = 0;
};

}  // namespace

std::variant<Condition, Complaint> condition_from_text(std::string_view text) {
  if (text.size() > k_longest) {
    return condition::complaint("the condition is longer than 4096 bytes", "write a shorter one", 0, 1);
  }
  auto tokens = condition::tokens_of(text);
  if (auto* const complaint = std::get_if<Complaint>(&tokens)) return std::move(*complaint);
  try {
    return Parser{text, std::get<std::vector<Token>>(std::move(tokens))}.run();
  } catch (Refused& refused) {
    return std::move(refused.complaint);
  }
}

}  // namespace oubli
