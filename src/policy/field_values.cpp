/// The conversions of a scalar: what a text of a document means to a reader.
#include "policy/fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace oubli {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::size_t k_longest_identifier = 64;

bool is_identifier(std::string_view text) {
  const auto goes_on = [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; };
  return !text.empty() && text.size() <= k_longest_identifier && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), goes_on);
}

// "fr", "en-GB".
bool is_language(std::string_view text) {
  const auto primary = text.substr(0, text.find('-'));
  return (primary.size() == 2 || primary.size() == 3) && std::all_of(primary.begin(), primary.end(), is_letter) &&
         is_identifier(text);
}

std::optional<std::int64_t> integer_from_text(std::string_view text) {
  const auto digits = text.substr(!text.empty() && text.front() == '-' ? 1 : 0);
  // 010 is eight to some readers and ten to others.
  if (digits.empty() || !is_digit(digits.front()) || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> percentage_from_text(std::string_view text) {
  if (text.size() < 2 || text.back() != '%' || !is_digit(text.front())) return std::nullopt;
  const auto number = text.substr(0, text.size() - 1);
  double percentage = 0;
  const auto [end, fault] =
      std::from_chars(number.data(), number.data() + number.size(), percentage, std::chars_format::fixed);
  if (fault != std::errc() || end != number.data() + number.size() || percentage > 100) return std::nullopt;
  return percentage;
}

constexpr auto k_identifier_rule = "start with a letter, go on with letters, digits, '_' and '-', 64 at most";

}  // namespace

std::optional<std::string> Field::text() const {
  if (!expect(Node::Kind::scalar, "a text")) return std::nullopt;
  return m_node->text;
}

std::optional<std::string> Field::identifier() const {
  auto written = text();
  if (!written || is_identifier(*written)) return written;
  error("name", fmt::format("'{}' can't be a name", *written), k_identifier_rule);
  return std::nullopt;
}

bool Field::has_identifier_name() const {
  if (is_identifier(m_name)) return true;
  m_findings->error(m_name_where, "name", fmt::format("'{}' can't be a name", m_name), k_identifier_rule);
  return false;
}

std::optional<std::int64_t> Field::integer(std::int64_t least, std::int64_t most) const {
  if (!expect(Node::Kind::scalar, "a whole number")) return std::nullopt;
  const auto number = m_node->quoted ? std::nullopt : integer_from_text(m_node->text);
  if (number && *number >= least && *number <= most) return number;
  error("wrong-type", fmt::format("{} must be a whole number, but is '{}'", m_label, m_node->text),
        fmt::format("write a number from {} to {} without quotes", least, most));
  return std::nullopt;
}

std::optional<bool> Field::boolean() const {
  if (!expect(Node::Kind::scalar, "true or false")) return std::nullopt;
  if (!m_node->quoted && m_node->text == "true") return true;
  if (!m_node->quoted && m_node->text == "false") return false;
  error("wrong-type", fmt::format("{} must be true or false, but is '{}'", m_label, m_node->text),
        "write true or false, without quotes");
  return std::nullopt;
}

std::optional<Day> Field::day() const {
  const auto written = text();
  if (!written) return std::nullopt;
  const auto day = day_from_text(*written);
  if (!day) error("day", fmt::format("'{}' is not a day", *written), "write a day that exists as YYYY-MM-DD");
  return day;
}

std::optional<double> Field::share() const {
  if (!expect(Node::Kind::scalar, "a percentage")) return std::nullopt;
  const auto percentage = percentage_from_text(m_node->text);
  if (percentage) return *percentage / 100;
  error("wrong-type", fmt::format("{} must be a percentage, but is '{}'", m_label, m_node->text),
        "write a number from 0 to 100 and a per cent sign: 20%");
  return std::nullopt;
}

std::optional<std::string> Field::title() const {
  if (!is_mapping()) return text();
  std::optional<std::string> title;
  if (m_node->entries.empty()) error("too-few", fmt::format("{} has no text in any language", m_label), "write one");
  for (const auto& entry : entries()) {
    if (!is_language(entry.name())) {
      findings().error(entry.name_where(), "unknown-key", fmt::format("'{}' is not a language", entry.name()),
                       "write titles as {fr: …, en: …}");
    }
    const auto text = entry.text();
    if (text && (!title || entry.name() == "en")) title = text;
  }
  return title;
}

}  // namespace oubli
