#include "report/yaml_words.hpp"

#include "model/ascii.hpp"
#include "oubli/model/proposal.hpp"
#include "report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace oubli::report {

namespace {

constexpr std::size_t k_widest_line = 110;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What YAML reads as something else than a text.
bool is_word_with_a_meaning(std::string_view text) {
  static const std::set<std::string, std::less<>> k_words{"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  return k_words.contains(ascii_lower(text));
}

bool is_plain(std::string_view text) {
  const auto is_allowed = [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || std::string_view("_-./").find(c) != std::string_view::npos;
  };
  return !text.empty() && (is_letter(text.front()) || text.front() == '_') && std::ranges::all_of(text, is_allowed) &&
         !is_word_with_a_meaning(text);
}

std::string flow_list(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("[{}]", fmt::join(items, separator));
}

}  // namespace

std::string yaml_scalar(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string yaml_list(const std::vector<std::string>& texts, int indent) {
  std::vector<std::string> items;
  for (const auto& text : texts) items.push_back(yaml_scalar(text));
  auto line = flow_list(items, ", ");
  if (line.size() <= k_widest_line) return line;
  return flow_list(items, fmt::format(",\n{}", std::string(static_cast<std::size_t>(indent), ' ')));
}

std::string review_mark(std::string_view evidence) {
  return fmt::format("  # {} {}", k_review_mark, printable(evidence));
}

std::string comment_lines(std::string_view text, int indent) {
  const std::string margin = std::string(static_cast<std::size_t>(indent), ' ') + "# ";
  std::string lines;
  const std::string broken = wrapped(printable(text), static_cast<int>(k_widest_line) - indent, 0, 0);
  for (std::size_t begin = 0; begin < broken.size();) {
    const auto end = std::min(broken.find('\n', begin), broken.size());
    lines += margin + broken.substr(begin, end - begin) + '\n';
    begin = end + 1;
  }
  return lines;
}

std::string review_lines(std::string_view text, int indent) {
  return comment_lines(fmt::format("{} {}", k_review_mark, text), indent);
}

}  // namespace oubli::report
