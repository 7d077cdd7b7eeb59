/// The files of a CSV table and how they are written. Everything is declared: a guessed delimiter
/// or encoding would make a record of another.
#include "model/condition_words.hpp"
#include "policy/config_readers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace oubli {

namespace {

using Quote = CsvDialect::Quote;
using Encoding = CsvDialect::Encoding;

constexpr Word<Quote> k_quotes[] = {{"none", Quote::none},
                                    {"double", Quote::double_quote},
                                    {"single", Quote::single_quote},
                                    {"\"", Quote::double_quote},
                                    {"'", Quote::single_quote}};

/// The names people know first, then those of iconv.
constexpr Word<Encoding> k_encodings[] = {{"utf-8", Encoding::utf8},          {"windows-1252", Encoding::windows_1252},
                                          {"latin-1", Encoding::latin_1},     {"latin-9", Encoding::latin_9},
                                          {"cp850", Encoding::cp850},         {"utf8", Encoding::utf8},
                                          {"cp1252", Encoding::windows_1252}, {"iso-8859-1", Encoding::latin_1},
                                          {"latin1", Encoding::latin_1},      {"iso-8859-15", Encoding::latin_9},
                                          {"latin9", Encoding::latin_9},      {"ibm850", Encoding::cp850}};

std::optional<Encoding> read_encoding(const Field& field) {
  const auto text = field.text();
  if (!text) return std::nullopt;
  const std::string lower = ascii_lower(*text);
  for (const auto& word : k_encodings) {
    if (word.text == lower) return word.value;
  }
  field.refuse_word({"utf-8", "windows-1252", "latin-1", "latin-9", "cp850"});
  return std::nullopt;
}

/// Letters and digits are data in every file.
bool can_delimit(char c) {
  return c > '\0' && c < '\x7F' && c != '\n' && c != '\r' && (c == '_' || !condition::continues_name(c));
}

std::optional<char> read_delimiter(const Field& field) {
  const auto text = field.text();
  if (!text) return std::nullopt;
  if (*text == "tab" || *text == "\\t") return '\t';
  if (text->size() == 1 && can_delimit(text->front())) return text->front();
  field.error("unknown-value", fmt::format("'{}' can't be a delimiter", *text),
              "write one ASCII character that is no letter, digit or line end, or tab");
  return std::nullopt;
}

void check_delimiter(const Field& field, const CsvDialect& dialect) {
  const bool is_quote = (dialect.quote == Quote::double_quote && dialect.delimiter == '"') ||
                        (dialect.quote == Quote::single_quote && dialect.delimiter == '\'');
  if (!is_quote) return;
  field.error("conflict", "the delimiter is the quote too", "write 'quote: none', or another delimiter");
}

std::vector<std::string> read_header(const Field& list) {
  std::vector<std::string> header;
  if (!list) return header;
  std::set<std::string> seen;
  for (const auto& item : list.items()) {
    const auto name = read_name(item).name;
    if (!name.empty() && !seen.insert(name).second) {
      item.error("duplicate", fmt::format("column '{}' is named twice", name), "give each column a name of its own");
    }
    header.push_back(name);
  }
  if (list.is_list() && header.empty()) {
    list.error("missing-key", "'header' names no column", "leave it out where the first line is the header");
  }
  return header;
}

CsvDialect read_dialect(Fields& block) {
  CsvDialect dialect;
  const Field delimiter = block.optional("delimiter");
  dialect.delimiter = read_delimiter(delimiter).value_or(dialect.delimiter);
  dialect.quote = block.optional("quote").one_of(k_quotes).value_or(dialect.quote);
  if (delimiter) check_delimiter(delimiter, dialect);
  dialect.encoding = read_encoding(block.optional("encoding")).value_or(dialect.encoding);
  dialect.header = read_header(block.optional("header"));
  return dialect;
}

}  // namespace

void set_glob(const Field& field, const std::filesystem::path& folder, CsvFiles& files) {
  const auto path = read_path(field, folder);
  if (!path) return;
  files.glob = *path;
  files.where = field.where();
  // Only what the config says: the folder it lies in may have any name.
  const auto written = std::filesystem::path(field.node()->text).parent_path().string();
  if (written.find_first_of("*?[") != std::string::npos) {
    field.error("glob", "only the last part of a path may have *, ? or [", "name each folder");
  } else if (!files.glob.has_filename()) {
    field.error("glob", "the path names a folder", "name the files: exports/*.csv");
  }
}

CsvFiles read_csv_files(Fields& block, const std::filesystem::path& folder) {
  CsvFiles files;
  files.dialect = read_dialect(block);
  files.leave_newest = block.optional("leave_newest").integer(0, 1).value_or(0) == 1;
  files.may_be_empty = block.optional("may_be_empty").boolean().value_or(false);
  if (const Field glob = block.optional("csv")) set_glob(glob, folder, files);
  return files;
}

}  // namespace oubli
