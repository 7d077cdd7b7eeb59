#include "real/yaml_suite.hpp"

#include "oubli/policy/document.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace oubli::test {

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void replace_all(std::string& text, std::string_view mark, std::string_view meaning) {
  for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + meaning.size())) {
    text.replace(at, mark.size(), meaning);
  }
}

/// The suite shows what can't be seen by marks.
std::string without_marks(std::string text) {
  for (const std::string_view tab : {"———»", "——»", "—»", "»"}) replace_all(text, tab, "\t");
  replace_all(text, "—", "");
  replace_all(text, "␣", " ");
  replace_all(text, "↵", "");
  replace_all(text, "←", "\r");
  replace_all(text, "⇔", "\xEF\xBB\xBF");
  replace_all(text, "∎\n", "");
  return text;
}

/// `=VAL |text` and its like become `=VAL "text`; `+SEQ []` becomes `+SEQ`.
std::string reduced(std::string event) {
  if (event.starts_with("+MAP") || event.starts_with("+SEQ")) return event.substr(0, 4);
  constexpr std::size_t k_style = 5;
  const bool is_quoted =
      event.starts_with("=VAL ") && std::string_view("'\"|>").find(event[k_style]) != std::string::npos;
  if (is_quoted) event[k_style] = '"';
  return event;
}

std::vector<std::string> events_of(const std::string& tree) {
  std::vector<std::string> events;
  std::istringstream lines(tree);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string::npos) continue;
    const std::string event = line.substr(first);
    const std::string_view kind = std::string_view(event).substr(1, 3);
    if (kind != "STR" && kind != "DOC") events.push_back(reduced(event));
  }
  return events;
}

const std::string* text_of(const Node& fields, std::string_view name) {
  const Node* const field = fields.find(name);
  return field == nullptr ? nullptr : &field->text;
}

void add_cases(const std::filesystem::path& path, std::vector<SuiteCase>& cases) {
  const Document document = read_document(read_file(path), path.filename());
  if (!document.root) throw std::runtime_error("can't read " + path.string());
  std::vector<std::string> events;
  for (std::size_t i = 0; i < document.root->items.size(); ++i) {
    const Node& fields = document.root->items[i];
    // A case inherits the fields it leaves out, but for `fail`.
    if (const std::string* const tree = text_of(fields, "tree")) events = events_of(without_marks(*tree));
    const std::string id = document.root->items.size() == 1 ? "" : "/" + std::to_string(i);
    cases.push_back({path.stem().string() + id, without_marks(*text_of(fields, "yaml")),
                     text_of(fields, "fail") == nullptr, events});
  }
}

}  // namespace

std::vector<SuiteCase> read_suite(const std::filesystem::path& folder) {
  std::vector<SuiteCase> cases;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) add_cases(entry.path(), cases);
  std::ranges::sort(cases, {}, &SuiteCase::id);
  return cases;
}

}  // namespace oubli::test
