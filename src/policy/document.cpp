#include "oubli/policy/document.hpp"

#include "diag/utf8.hpp"
#include "policy/document_builder.hpp"
#include "policy/findings.hpp"
#include "policy/source_text.hpp"
#include "policy/source_walk.hpp"
#include "policy/text_checks.hpp"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace oubli {

namespace {

constexpr std::size_t k_largest = std::size_t{4} << 20;
/// Longer lines aren't shown: no terminal does them justice.
constexpr std::size_t k_longest_excerpt = 1'000;

/// The line as it may be shown: what can't be seen, or isn't UTF-8, has a replacement character.
std::string visible(std::string_view line) {
  std::string shown;
  for (std::size_t offset = 0; offset < line.size();) {
    const CodePoint point = code_point_at(line, offset);
    const bool is_shown = point.valid && !is_hidden_character(point.value);
    shown += is_shown ? line.substr(offset, point.length) : "\xEF\xBF\xBD";
    offset += point.length;
  }
  return shown;
}

std::string excerpt(const Document& document, int line) {
  if (line < 1 || static_cast<std::size_t>(line) > document.line_starts.size()) return {};
  const std::size_t start = document.line_starts[static_cast<std::size_t>(line) - 1];
  const std::size_t end = std::min(document.text.find('\n', start), document.text.size());
  std::string_view text = std::string_view(document.text).substr(start, end - start);
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (line == 1 && text.starts_with(k_byte_order_mark)) text.remove_prefix(k_byte_order_mark.size());
  return text.size() > k_longest_excerpt ? std::string() : visible(text);
}

/// Our words for what yaml-cpp complains of most; its own for the rest.
std::string complaint(const YAML::ParserException& error) {
  const std::string& message = error.msg;
  if (message == YAML::ErrorMsg::MAP_VALUE) return "a `:` can't stand here";
  if (message == YAML::ErrorMsg::END_OF_MAP) return "this doesn't fit the mapping above";
  if (message == YAML::ErrorMsg::END_OF_SEQ) return "this doesn't fit the list above";
  if (message == YAML::ErrorMsg::END_OF_SEQ_FLOW) return "a `,` or `]` is missing";
  if (message == YAML::ErrorMsg::END_OF_MAP_FLOW) return "a `,` or `}` is missing";
  if (message == YAML::ErrorMsg::FLOW_END) return "this bracket closes nothing";
  return fmt::format("not valid YAML: {}", message);
}

/// A quote left open makes the parser stumble somewhere below: the quote is what to mend.
void report(const YAML::ParserException& error, const SourceWalk& walk, const SourceText& source, Findings& findings) {
  const Extent quote = walk.unclosed_quote();
  if (quote.end > quote.begin) {
    findings.add(quote, "yaml-quote", "this quote doesn't close on its line",
                 "close it, or write a longer text as a block: `key: >`");
    return;
  }
  const std::size_t at = std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)), source.text().size());
  findings.add({at, at + 1}, "yaml-syntax", complaint(error),
               "check the indentation, and put texts with `: `, ` #` or brackets in quotes");
}

/// One document: what follows it is the walk's to refuse, so the parser isn't asked for another.
Node parse(const SourceText& source, Findings& findings) {
  SourceWalk walk(source, findings);
  DocumentBuilder builder(walk, findings);
  std::istringstream stream(source.text());
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) walk.begin_document();
  } catch (const YAML::ParserException& error) {
    report(error, walk, source, findings);
    throw ReadingStopped{};
  }
  walk.end_document();
  return builder.take_root();
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::ranges::find_if(entries, [&](const Entry& entry) { return entry.key.text == key; });
  return found == entries.end() ? nullptr : &found->value;
}

Diagnostic diagnostic_at(const Document& document, const SourceLocation& where, Severity severity, std::string code,
                         std::string message, std::string hint) {
  return {severity, std::move(code), where, std::move(message), std::move(hint), excerpt(document, where.line)};
}

Document read_document(std::string text, const std::filesystem::path& file) {
  Document document{file, std::move(text), {}, {}, {}};
  if (document.text.size() > k_largest) {
    document.diagnostics.push_back(diagnostic_at(document, {file, 0, 0, 1}, Severity::error, "yaml-size",
                                                 "the file is larger than 4 MiB", "split the file"));
    return document;
  }
  document.line_starts = line_starts(document.text);
  SourceText source(document.text, file);
  Findings findings(document, source);
  try {
    check_text(source, findings);
    if (!has_error(document.diagnostics)) document.root = parse(source, findings);
  } catch (const ReadingStopped&) {
    return document;
  }
  if (has_error(document.diagnostics)) document.root.reset();
  return document;
}

}  // namespace oubli
