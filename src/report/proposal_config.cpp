// The proposed config: each guess on a line of its own, what it rests on behind it.
#include "model/figures.hpp"
#include "oubli/report/proposal_report.hpp"
#include "report/yaml_words.hpp"

#include <fmt/format.h>

#include <vector>

namespace oubli {

namespace {

using report::comment_lines;
using report::review_lines;
using report::review_mark;
using report::yaml_list;
using report::yaml_scalar;

using Quote = CsvDialect::Quote;
using Encoding = CsvDialect::Encoding;

constexpr auto k_head =
    "oubli: config/1\n"
    "# Proposed by `oubli init`. Each `# review:` is a guess and what it rests on: confirm or correct it, then\n"
    "# delete the word. `oubli approve` refuses while one is left; `oubli check` lists them.\n\n";

/// A line, and what stands behind it where it is a guess.
std::string line(int indent, std::string_view text, std::string_view evidence = {}) {
  return std::string(static_cast<std::size_t>(indent), ' ') + std::string(text) +
         (evidence.empty() ? "" : review_mark(evidence)) + '\n';
}

std::string one_or_list(const std::vector<std::string>& names) {
  return names.size() == 1 ? yaml_scalar(names.front()) : yaml_list(names, 10);
}

std::string pairs_text(const GuessedRelation& relation) {
  std::vector<std::string> pairs;
  for (const auto& [child, parent] : relation.on)
    pairs.push_back(fmt::format("{}: {}", yaml_scalar(child), yaml_scalar(parent)));
  return fmt::format("{{{}}}", fmt::join(pairs, ", "));
}

std::string_view quote_word(Quote quote) {
  if (quote == Quote::none) return "none";
  return quote == Quote::single_quote ? "single" : "double";
}

std::string_view encoding_word(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "utf-8";
    case Encoding::windows_1252:
      return "windows-1252";
    case Encoding::latin_1:
      return "latin-1";
    case Encoding::latin_9:
      return "latin-9";
    case Encoding::cp850:
      return "cp850";
  }
  return "";
}

std::string files_text(const GuessedFiles& guess) {
  const auto& dialect = guess.files.dialect;
  std::string text = line(8, "files:");
  text += line(10, "csv: " + yaml_scalar(guess.files.glob.string()));
  const std::string delimiter = dialect.delimiter == '\t' ? "tab" : fmt::format("\"{}\"", dialect.delimiter);
  text += line(10, "delimiter: " + delimiter, guess.delimiter);
  if (!guess.quote.empty()) text += line(10, fmt::format("quote: {}", quote_word(dialect.quote)), guess.quote);
  text += line(10, fmt::format("encoding: {}", encoding_word(dialect.encoding)), guess.encoding);
  if (dialect.header.empty()) return text + review_lines(guess.header, 10);
  return text + review_lines(guess.header, 10) + line(10, "header: " + yaml_list(dialect.header, 12));
}

std::string subject_text(const Guess<GuessedSubject>& subject) {
  if (!subject.value.via) return line(8, "data_subject: " + yaml_scalar(subject.value.column), subject.evidence);
  const auto& via = *subject.value.via;
  return line(8, fmt::format("data_subject: {{via: {}, on: {}}}", yaml_scalar(via.parent), pairs_text(via)),
              subject.evidence);
}

std::string relations_text(const ProposedTable& table) {
  if (table.relations.empty()) return {};
  std::string text = line(8, "relations:");
  for (const auto& relation : table.relations) {
    text += line(10, fmt::format("- {{parent: {}, on: {}}}", yaml_scalar(relation.parent), pairs_text(relation)),
                 relation.evidence);
  }
  return text;
}

std::string columns_text(const ProposedTable& table) {
  if (table.categories.empty()) return {};
  std::string text = line(8, "columns:");
  for (const auto& category : table.categories) {
    text += line(10, category.category + ":");
    for (const auto& column : category.columns) text += line(12, "- " + yaml_scalar(column.value), column.evidence);
  }
  return text;
}

std::string event_text(const GuessedEvent& event) {
  if (event.format == "iso")
    return line(10, fmt::format("{}: {}", event.event, yaml_scalar(event.column)), event.evidence);
  const std::string format = event.format.starts_with('[') ? event.format : yaml_scalar(event.format);
  return line(10, fmt::format("{}: {{column: {}, format: {}}}", event.event, yaml_scalar(event.column), format),
              event.evidence);
}

std::string events_text(const ProposedTable& table) {
  if (table.events.empty()) return {};
  std::string text = line(8, "events:");
  for (const auto& event : table.events) text += event_text(event);
  return text;
}

std::string gaps_text(const ProposedTable& table) {
  std::string text;
  for (const auto& gap : table.gaps) text += review_lines(gap, 8);
  if (table.undecided_columns.empty()) return text;
  return text + review_lines(fmt::format("say under which category these columns are, or that they are technical: {}",
                                         fmt::join(table.undecided_columns, ", ")),
                             8);
}

std::string records_in_words(const ProposedTable& table) {
  if (table.has_more) return fmt::format("more than {}", counted(table.records, "record"));
  return counted(table.records, "record");
}

std::string table_text(const ProposedTable& table) {
  std::string text = line(6, fmt::format("{}:  # {}", yaml_scalar(table.name), records_in_words(table)));
  if (table.files) text += files_text(*table.files);
  if (table.key) text += line(8, "key: " + one_or_list(table.key->value), table.key->evidence);
  if (table.data_subject) text += subject_text(*table.data_subject);
  if (table.follows) {
    text += line(8, "follows: " + yaml_scalar(table.follows->parent),
                 table.follows->evidence + ", and no purpose of its own");
    text += line(8, "on: " + pairs_text(*table.follows));
  }
  if (table.purpose)
    text += line(8, fmt::format("purposes: {{{}: {{}}}}", table.purpose->value), table.purpose->evidence);
  return text + relations_text(table) + columns_text(table) + events_text(table) + gaps_text(table);
}

std::string free_tables_text(const ProposedDataset& dataset) {
  if (dataset.free_tables.empty()) return {};
  std::string text =
      line(4, "no_personal_data:") + line(6, "because: nothing in them is about persons") + line(6, "tables:");
  for (const auto& table : dataset.free_tables) text += line(8, "- " + yaml_scalar(table.value), table.evidence);
  return text;
}

std::string dataset_text(const ProposedDataset& dataset) {
  std::string text = line(2, dataset.name + ":");
  if (dataset.kind == DatasetKind::sqlite) text += line(4, "sqlite: " + yaml_scalar(dataset.path));
  text += line(4, dataset.tables.empty() ? "tables: {}" : "tables:");
  for (const auto& table : dataset.tables) text += table_text(table);
  text += free_tables_text(dataset);
  for (const auto& left : dataset.left_out)
    text += comment_lines(fmt::format("left out: {}: {}", left.value, left.evidence), 4);
  return text;
}

}  // namespace

std::string config_text(const Proposal& proposal, const std::string& policy_file) {
  std::string text = k_head + fmt::format("policies: [{}]\nstate: state.db\narchive_dir: archive/\n\ndatasets:\n",
                                          yaml_scalar(policy_file));
  for (const auto& dataset : proposal.datasets) text += dataset_text(dataset);
  return text;
}

}  // namespace oubli
