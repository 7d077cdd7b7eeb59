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
  if (message == YAML::ErrorMsg::UNKNOWN_TOKEN) return "a value can't start with this character";
  if (message == YAML::ErrorMsg::BLOCK_ENTRY) return "a list must start on a line of its own";
  if (message == YAML::ErrorMsg::FLOW_END) return "this bracket closes nothing";
  return fmt::format("not valid YAML: {}", message);
}

/// What is left open makes the parser, or the walk, stumble somewhere below: this is what to mend.
bool report_unclosed(const SourceWalk& walk, Findings& findings) {
  const Extent opener = walk.unclosed();
  if (opener.end == opener.begin) return false;
  const std::string_view character = walk.view(opener);
  if (character == "[" || character == "{") {
    findings.add(opener, "yaml-bracket", "this bracket isn't closed by its like", "close it");
  } else {
    findings.add(opener, "yaml-quote", "this quote doesn't close on its line",
                 "close it, or write a longer text as a block: `key: >`");
  }
  return true;
}

void report(const YAML::ParserException& error, const SourceText& source, Findings& findings) {
  const std::size_t at = std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)), source.text().size());
  if (error.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR) {
    findings.add({at, at + 1}, "yaml-alias", "aliases aren't read here", "write the value out, or put it in quotes");
    return;
  }
  findings.add({at, at + 1}, "yaml-syntax", complaint(error),
               "check the indentation, and put texts with `: `, ` #` or brackets in quotes");
}

/// One document: what follows it is the walk's to refuse, so the parser isn't asked for another.
Node parse(const SourceText& source, SourceWalk& walk, Findings& findings) {
  DocumentBuilder builder(walk, findings);
  std::istringstream stream(source.text());
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) walk.begin_document();
    walk.end_document();
  } catch (const YAML::ParserException& error) {
    if (!report_unclosed(walk, findings)) report(error, source, findings);
    throw ReadingStopped{};
  } catch (const ReadingStopped&) {
    if (walk.in_brackets()) report_unclosed(walk, findings);
    throw;
  }
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
  Document document{file, std::move(text), {}, {}, {}, {}};
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
    if (document.diagnostics.empty()) {
      SourceWalk walk(source, findings);
      document.root = parse(source, walk, findings);
      for (const Extent& mark : walk.review_marks()) document.review_marks.push_back(source.locate(mark));
    }
  } catch (const ReadingStopped&) {
    // The findings say why.
  }
  if (!document.diagnostics.empty()) document.root.reset();
  std::ranges::stable_sort(document.diagnostics, {}, [](const Diagnostic& diagnostic) {
    return std::pair(diagnostic.where.line, diagnostic.where.column);
  });
  return document;
}

}  // namespace oubli
