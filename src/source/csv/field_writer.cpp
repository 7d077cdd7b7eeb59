#include "source/csv/field_writer.hpp"

#include "source/csv/file_system.hpp"

#include <algorithm>

namespace oubli::csv {

bool FieldWriter::needs_quotes(const std::string& bytes) const {
  const auto is_special = [&](char c) {
    return c == m_dialect.delimiter || c == '\n' || c == '\r' || (has_quote() && c == quote());
  };
  return std::any_of(bytes.begin(), bytes.end(), is_special);
}

std::string FieldWriter::quoted(const std::string& bytes) const {
  std::string text(1, quote());
  for (const char c : bytes) {
    text += c;
    if (c == quote()) text += c;
  }
  return text + quote();
}

// An empty line is no record at the end of a file: a record of one field must not become one.
std::string FieldWriter::written(const std::string& text, bool was_quoted, bool is_alone) const {
  const auto bytes = m_decoder.encode(text);
  if (!bytes) throw FileFault("a mask has characters that the encoding of the file lacks", "choose another mask");
  const bool would_vanish = is_alone && bytes->empty();
  if (!was_quoted && !needs_quotes(*bytes) && !would_vanish) return *bytes;
  if (!has_quote()) throw FileFault("a mask can't be written without quotes", "choose a mask without the delimiter");
  return quoted(*bytes);
}

void FieldWriter::require_writable(const std::string& column, const std::string& text) const {
  try {
    static_cast<void>(written(text, false, false));
  } catch (const FileFault& fault) {
    throw FileFault("column `" + column + "`: " + fault.what(), fault.hint);
  }
}

std::string FieldWriter::rewritten(const RawRecord& record, std::vector<FieldText> fields) const {
  std::sort(fields.begin(), fields.end(), [](const FieldText& a, const FieldText& b) { return a.place < b.place; });
  std::string line;
  std::size_t copied = 0;
  for (const FieldText& field : fields) {
    const RawField old = record.fields[field.place];
    auto begin = static_cast<std::size_t>(old.bytes.data() - record.bytes.data());
    auto end = begin + old.bytes.size();
    // What stands before an unquoted field is a delimiter, or nothing.
    const bool was_quoted = has_quote() && begin > 0 && record.bytes[begin - 1] == quote();
    if (was_quoted) {
      --begin;
      ++end;
    }
    line += record.bytes.substr(copied, begin - copied);
    line += written(field.text, was_quoted, record.fields.size() == 1);
    copied = end;
  }
  line += record.bytes.substr(copied);
  return line;
}

}  // namespace oubli::csv
