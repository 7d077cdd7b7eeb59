// Two passes at most. The files are searched for all values at once. Only for what was found there are the
// records asked whether one of them holds it, which is rare: a pass over the bytes costs less than one over
// the records.
#include "source/sqlite/residue_search.hpp"

#include "diag/utf8.hpp"
#include "source/many_texts.hpp"
#include "source/sqlite/catalog.hpp"
#include "source/sqlite/identifiers.hpp"
#include "source/sqlite/value_statement.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <sqlite3.h>
#include <vector>

namespace oubli::sqlite {
namespace {

namespace fs = std::filesystem;

// Of a page of 512 bytes SQLite keeps no less of a field's beginning with its record.
constexpr std::size_t k_longest_beginning = 32;
constexpr std::size_t k_few_bytes = 3;
constexpr std::int64_t k_piece_bytes = 1'000'000;

/// Up to 32 bytes, whole characters.
std::string beginning_of(const std::string& value) {
  std::size_t end = std::min(value.size(), k_longest_beginning);
  while (end < value.size() && end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;
  return value.substr(0, end < ErasedSample::k_fewest_bytes ? k_longest_beginning : end);
}

void append_unit(std::string& text, unsigned unit, bool big_endian) {
  const auto low = static_cast<char>(unit & 0xFFU);
  const auto high = static_cast<char>(unit >> 8U);
  text += big_endian ? high : low;
  text += big_endian ? low : high;
}

void append_utf16(std::string& text, char32_t character, bool big_endian) {
  if (character < 0x10000) return append_unit(text, character, big_endian);
  append_unit(text, 0xD800U + ((character - 0x10000U) >> 10U), big_endian);
  append_unit(text, 0xDC00U + ((character - 0x10000U) & 0x3FFU), big_endian);
}

/// As the database holds it; what is no text stays as it is.
std::string encoded(const std::string& text, const std::string& encoding) {
  if (encoding == "UTF-8") return text;
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!point.valid) return text;
    append_utf16(result, point.value, encoding == "UTF-16be");
    at += point.length;
  }
  return result;
}

std::vector<std::string> beginnings_of(const ErasedSample& erased) {
  std::set<std::string> distinct;
  for (const std::string& value : erased.values()) distinct.insert(beginning_of(value));
  return {distinct.begin(), distinct.end()};
}

std::vector<std::string> as_stored(const std::vector<std::string>& texts, const std::string& encoding) {
  std::vector<std::string> stored;
  for (const std::string& each : texts) stored.push_back(encoded(each, encoding));
  return stored;
}

using ReadAt = std::function<void(char* to, std::int64_t count, std::int64_t offset)>;

void look_into(ManyTexts& texts, std::int64_t size, const ReadAt& read_at) {
  const auto overlap = static_cast<std::int64_t>(texts.longest());
  std::string piece;
  for (std::int64_t offset = 0; offset < size; offset += k_piece_bytes) {
    piece.resize(static_cast<std::size_t>(std::min(k_piece_bytes + overlap, size - offset)));
    read_at(piece.data(), static_cast<std::int64_t>(piece.size()), offset);
    texts.look_into(piece);
  }
}

/// Through SQLite's own descriptor: closing another one of the same file would end its locks on it.
void look_into_database(ManyTexts& texts, SQLite::Database& database) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(database.getHandle(), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file));
  sqlite3_int64 size = 0;
  if (file == nullptr || file->pMethods == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
    throw SQLite::Exception("the database can't be searched", SQLITE_IOERR);
  look_into(texts, size, [&](char* to, std::int64_t count, std::int64_t offset) {
    if (file->pMethods->xRead(file, to, static_cast<int>(count), offset) != SQLITE_OK)
      throw SQLite::Exception("the database can't be searched", SQLITE_IOERR);
  });
}

void look_into_file(ManyTexts& texts, const fs::path& path) {
  std::error_code none;
  const auto size = fs::file_size(path, none);
  std::ifstream file(path, std::ios::binary);
  if (none || size == 0 || !file) return;
  look_into(texts, static_cast<std::int64_t>(size), [&](char* to, std::int64_t count, std::int64_t offset) {
    file.seekg(offset).read(to, count);
  });
}

std::vector<std::string> stored_tables(SQLite::Database& database) {
  SQLite::Statement rows(database, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0");
  std::vector<std::string> names;
  while (rows.executeStep()) names.push_back(rows.getColumn(0).getString());
  return names;
}

/// A record's fields, one behind the other as in a page.
std::string joined(const ValueStatement& row) {
  std::string bytes;
  for (int i = 0; i < row.columns(); ++i) bytes += row.column(i).bytes;
  return bytes;
}

void look_into_records(ManyTexts& texts, SQLite::Database& database) {
  for (const std::string& table : stored_tables(database)) {
    ValueStatement rows(database, "SELECT * FROM " + main_table(table));
    while (rows.step()) texts.look_into(joined(rows));
  }
}

/// How many of these a record holds, or all but a few bytes at one end: what stands beside a field in a page, a
/// length or the field before it, may look like the rest. "2025-03-11" and "1 rue des Lilas" hold "11 rue des Lilas".
std::int64_t held_by_records(SQLite::Database& database, const std::vector<std::string>& texts) {
  if (texts.empty()) return 0;
  std::vector<std::string> cores;
  for (const std::string& text : texts) {
    cores.push_back(text.substr(k_few_bytes));
    cores.push_back(text.substr(0, text.size() - k_few_bytes));
  }
  ManyTexts in_records(cores);
  look_into_records(in_records, database);
  std::int64_t held = 0;
  for (std::size_t i = 0; i < cores.size(); i += 2) held += in_records.found()[i] || in_records.found()[i + 1] ? 1 : 0;
  return held;
}

std::vector<std::string> found_in_files(SQLite::Database& database, const fs::path& file,
                                        const std::vector<std::string>& texts) {
  ManyTexts in_files(as_stored(texts, text_encoding(database)));
  look_into_database(in_files, database);
  for (const char* const suffix : {"-wal", "-journal"}) look_into_file(in_files, file.string() + suffix);
  std::vector<std::string> found;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (in_files.found()[i]) found.push_back(texts[i]);
  }
  return found;
}

}  // namespace

ResidueSearch search_residue(SQLite::Database& database, const fs::path& file, const ErasedSample& erased) {
  const auto beginnings = beginnings_of(erased);
  if (beginnings.empty()) return {};
  const auto found = found_in_files(database, file, beginnings);
  const std::int64_t held = held_by_records(database, found);
  return {static_cast<std::int64_t>(beginnings.size()) - held, static_cast<std::int64_t>(found.size()) - held, held};
}

}  // namespace oubli::sqlite
