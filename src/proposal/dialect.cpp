#include "oubli/proposal/dialect.hpp"

#include "model/figures.hpp"
#include "proposal/csv_lines.hpp"
#include "proposal/encoding.hpp"
#include "proposal/evidence.hpp"
#include "proposal/header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace oubli {

namespace {

using namespace proposal;
using Quote = CsvDialect::Quote;

constexpr std::size_t k_looked_at = 256 * 1024;
constexpr std::string_view k_utf8_mark = "\xEF\xBB\xBF";

/// One way to read the lines, and how evenly it cuts them.
struct Reading {
  char delimiter = ',';
  Quote quote = Quote::double_quote;
  Lines lines{};
  std::size_t width = 0;  ///< fields that most lines have
  std::int64_t even = 0;  ///< lines that have so many

  [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(lines.records.size()); }
  [[nodiscard]] double share() const {
    return count() == 0 ? 0 : static_cast<double>(even) / static_cast<double>(count());
  }
};

Reading reading_of(std::string_view text, bool is_whole, char delimiter, Quote quote) {
  Reading reading{delimiter, quote, lines_of(text, is_whole, delimiter, quote)};
  std::map<std::size_t, std::int64_t> widths;
  for (const auto& record : reading.lines.records) ++widths[record.size()];
  for (const auto& [width, lines] : widths) {
    if (lines > reading.even) std::tie(reading.width, reading.even) = std::pair(width, lines);
  }
  return reading;
}

/// More even lines first, then more columns. A mark that cuts nothing explains nothing.
bool is_better(const Reading& reading, const Reading& than) {
  if ((reading.width > 1) != (than.width > 1)) return reading.width > 1;
  if (reading.lines.odd_quotes != than.lines.odd_quotes) return reading.lines.odd_quotes < than.lines.odd_quotes;
  if (reading.share() != than.share()) return reading.share() > than.share();
  return reading.width > than.width;
}

/// Whether anything speaks for another quote than the usual one: fields that stand in it, or usual ones in odd places.
bool is_called_for(const Reading& reading, const Reading& best) {
  if (reading.quote == Quote::single_quote) return reading.lines.quoted > 0;
  return reading.quote == Quote::double_quote || best.lines.odd_quotes > 0;
}

Reading best_reading(std::string_view text, bool is_whole) {
  constexpr std::array k_delimiters{',', ';', '\t', '|', ':'};
  auto best = reading_of(text, is_whole, k_delimiters.front(), Quote::double_quote);
  for (const auto quote : {Quote::double_quote, Quote::none, Quote::single_quote}) {
    for (const char delimiter : k_delimiters) {
      auto reading = reading_of(text, is_whole, delimiter, quote);
      if (is_called_for(reading, best) && is_better(reading, best)) best = std::move(reading);
    }
  }
  return best;
}

std::string delimiter_evidence(const Reading& reading) {
  if (reading.width <= 1) return "one column: no line has a mark that cuts it";
  const auto lines = counted(reading.count(), "line");
  if (reading.even == reading.count()) return fmt::format("{} columns in {}", reading.width, lines);
  return fmt::format("{} columns in {} % of {}", reading.width, percent_of(reading.even, reading.count()), lines);
}

std::string quote_evidence(const Reading& reading) {
  if (reading.quote == Quote::none) return "quotes stand inside values, unpaired";
  if (reading.lines.quoted > 0) return "whole fields stand in them";
  return "";
}

bool is_binary(std::string_view head) { return head.find('\0') != std::string_view::npos; }

void set_header(const Reading& reading, GuessedFiles& guess) {
  const auto header = header_of(reading.lines.records);
  guess.header = header.evidence;
  if (header.is_there) return;
  for (std::size_t i = 1; i <= reading.width; ++i) guess.files.dialect.header.push_back(fmt::format("column_{}", i));
}

}  // namespace

std::variant<GuessedFiles, NoDialect> guess_dialect(std::string_view head, bool is_whole) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
    return NoDialect{"it is in UTF-16: convert it to UTF-8"};
  if (is_binary(head)) return NoDialect{"it is no text"};
  GuessedFiles guess;
  const auto encoding = encoding_of(head, is_whole);
  if (head.starts_with(k_utf8_mark)) head.remove_prefix(k_utf8_mark.size());
  const auto reading = best_reading(head.substr(0, k_looked_at), is_whole && head.size() <= k_looked_at);
  if (reading.lines.records.empty()) return NoDialect{"it has no line"};
  guess.files.dialect.delimiter = reading.delimiter;
  guess.files.dialect.quote = reading.quote;
  guess.files.dialect.encoding = encoding.value;
  guess.delimiter = delimiter_evidence(reading);
  guess.quote = quote_evidence(reading);
  guess.encoding = encoding.evidence;
  guess.is_ascii = encoding.evidence == k_only_ascii;
  set_header(reading, guess);
  return guess;
}

}  // namespace oubli
