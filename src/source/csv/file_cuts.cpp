#include "source/csv/file_cuts.hpp"

#include "source/csv/record_parser.hpp"

#include <string>
#include <string_view>

namespace oubli::csv {

namespace {

constexpr std::size_t k_look_bytes = 64 * 1024;
constexpr int k_records_to_prove = 8;
constexpr int k_most_tries = 64;

/// Whether `text` begins with records that all have the width; the last may be cut.
bool begins_with_records(std::string_view text, RecordParser& parser, std::size_t width) {
  int records = 0;
  while (records < k_records_to_prove && !text.empty()) {
    if (parser.parse(text, false) != RecordParser::Result::complete) break;
    if (parser.is_malformed() || parser.field_ends().size() != width) return false;
    text.remove_prefix(parser.field_ends().back() + 1);
    ++records;
  }
  return records > 0;
}

}  // namespace

std::optional<std::int64_t> likely_record_begin(const FileScan& scan, const CsvDialect& dialect, std::int64_t from) {
  std::string bytes(k_look_bytes, '\0');
  bytes.resize(read_at(scan.descriptor(), bytes.data(), bytes.size(), from, scan.file().name));
  RecordParser parser(grammar_of(dialect));
  std::size_t line_end = bytes.find('\n');
  for (int tries = 0; tries < k_most_tries && line_end != std::string::npos; ++tries) {
    const std::size_t begin = line_end + 1;
    if (begins_with_records(std::string_view(bytes).substr(begin), parser, scan.width())) {
      return from + static_cast<std::int64_t>(begin);
    }
    line_end = bytes.find('\n', begin);
  }
  return std::nullopt;
}

}  // namespace oubli::csv
