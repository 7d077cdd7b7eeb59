/// Splits a condition into tokens. Whoever writes one knows SQL or a programming language, so the
/// habits that don't apply here get a hint of their own.
#include "policy/condition_tokens.hpp"

#include "model/condition_words.hpp"

#include <array>
#include <optional>
#include <utility>

namespace oubli::condition {

namespace {

using Kind = Token::Kind;

struct Habit {
  std::string_view written;
  std::string_view hint;
};

/// Longest first where one begins another.
constexpr std::array<Habit, 11> k_habits{{{"==", "use = for equality"},
                                          {"=<", "use <= for less than or equal"},
                                          {"=>", "use >= for greater than or equal"},
                                          {"=~", "use like with % and _"},
                                          {"&&", "use and"},
                                          {"||", "use or"},
                                          {"--", "a condition has no comments"},
                                          {"/*", "a condition has no comments"},
                                          {"!", "use not"},
                                          {"`", "write a name with special characters in double quotes"},
                                          {"[", "write a name with special characters in double quotes"}}};

constexpr std::array<std::string_view, 7> k_comparisons{"<>", "!=", "<=", ">=", "<", ">", "="};

class Lexer {
 public:
  explicit Lexer(std::string_view text) : m_text(text) {}

  std::variant<std::vector<Token>, Complaint> run() {
    skip_spaces();
    while (m_at < m_text.size() && !m_complaint) {
      next();
      skip_spaces();
    }
    if (m_complaint) return *m_complaint;
    add(Kind::end, "", 0);
    return std::move(m_tokens);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return m_text.substr(m_at); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
  }

  void skip_spaces() {
    while (m_at < m_text.size() && std::string_view{" \t\r\n"}.find(peek()) != std::string_view::npos) ++m_at;
  }

  void add(Kind kind, std::string text, std::size_t length) {
    m_tokens.push_back({kind, std::move(text), m_at, length == 0 ? 1 : length});
    m_at += length;
  }

  void refuse(std::string message, std::string hint, std::size_t length) {
    m_complaint = complaint(std::move(message), std::move(hint), m_at, length);
  }

  void next() {
    if (begins_name(peek())) return word();
    if (peek() == '\'') return quoted(Kind::text, '\'');
    if (peek() == '"') return quoted(Kind::name, '"');
    if (is_digit(peek()) || (peek() == '-' && is_digit(peek(1)))) return number_or_day();
    if (peek() == '(') return add(Kind::open, "(", 1);
    if (peek() == ')') return add(Kind::close, ")", 1);
    if (peek() == ',') return add(Kind::comma, ",", 1);
    if (!comparison()) refuse_sign();
  }

  void word() {
    std::size_t length = 1;
    while (continues_name(peek(length))) ++length;
    const std::string written{rest().substr(0, length)};
    std::string lower = ascii_lower(written);
    if (is_keyword(lower)) return add(Kind::keyword, std::move(lower), length);
    add(Kind::name, written, length);
  }

  /// A quote inside is doubled, as in SQL.
  void quoted(Kind kind, char quote) {
    std::string content;
    std::size_t length = 1;
    for (; m_at + length < m_text.size(); ++length) {
      const bool is_quote = peek(length) == quote;
      if (is_quote && peek(length + 1) != quote) break;
      if (is_quote) ++length;
      content += peek(length);
    }
    if (m_at + length >= m_text.size()) {
      const std::string what = kind == Kind::text ? "the text" : "the name";
      return refuse(what + " that begins here has no end", "close the quote", 1);
    }
    if (kind == Kind::name && content.empty()) return refuse("the name is empty", "write the column's name", 2);
    add(kind, std::move(content), length + 1);
  }

  /// How many bytes from here make a day's shape, the day existing or not.
  [[nodiscard]] bool has_shape_of_day() const {
    constexpr std::string_view k_shape = "0000-00-00";
    if (rest().size() < k_shape.size()) return false;
    for (std::size_t i = 0; i < k_shape.size(); ++i) {
      if (k_shape[i] == '-' ? peek(i) != '-' : !is_digit(peek(i))) return false;
    }
    return true;
  }

  void number_or_day() {
    const bool is_day = has_shape_of_day();
    std::size_t length = is_day ? 10 : 1;
    while (!is_day && is_digit(peek(length))) ++length;
    if (!is_day && peek(length) == '.' && is_digit(peek(length + 1))) {
      for (++length; is_digit(peek(length));) ++length;
    }
    const std::string written{rest().substr(0, length)};
    if (continues_name(peek(length)) || peek(length) == '.') return refuse_after_number(is_day, length);
    if (is_day && !day_from_text(written)) return refuse(written + " is no day of the calendar", "", length);
    add(is_day ? Kind::day : Kind::number, written, length);
  }

  void refuse_after_number(bool is_day, std::size_t length) {
    while (continues_name(peek(length)) || peek(length) == '.') ++length;
    const std::string written{rest().substr(0, length)};
    if (is_day) return refuse("'" + written + "' is more than a day", "write a day as YYYY-MM-DD", length);
    refuse("'" + written + "' is neither a number nor a name",
           "write a text in single quotes, a name that begins with a digit in double quotes", length);
  }

  bool comparison() {
    if (habit()) return false;
    for (const auto written : k_comparisons) {
      if (!rest().starts_with(written)) continue;
      add(Kind::comparison, std::string{written}, written.size());
      return true;
    }
    return false;
  }

  [[nodiscard]] std::optional<Habit> habit() const {
    if (rest().starts_with("!=")) return std::nullopt;
    for (const auto& habit : k_habits) {
      if (rest().starts_with(habit.written)) return habit;
    }
    return std::nullopt;
  }

  void refuse_sign() {
    const auto known = habit();
    const std::string sign{known ? known->written : rest().substr(0, 1)};
    refuse("'" + sign + "' has no meaning in a condition",
           known ? std::string{known->hint} : "only columns, literals, comparisons, and, or, not and parentheses",
           sign.size());
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::vector<Token> m_tokens;
  std::optional<Complaint> m_complaint;
};

}  // namespace

Complaint complaint(std::string message, std::string hint, std::size_t offset, std::size_t length) {
  return {"condition", std::move(message), std::move(hint), static_cast<int>(offset), static_cast<int>(length)};
}

std::variant<std::vector<Token>, Complaint> tokens_of(std::string_view text) { return Lexer{text}.run(); }

}  // namespace oubli::condition
