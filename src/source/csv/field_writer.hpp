/// Writes fields of a record anew in its file's dialect and encoding, and leaves the rest of its
/// line as it is.
#pragma once

#include "source/csv/record_reader.hpp"
#include "source/csv/text_decoder.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace oubli::csv {

/// What a field is to say; empty: nothing.
struct FieldText {
  std::size_t place = 0;  ///< in the record, from 0
  std::string text;       ///< UTF-8
};

class FieldWriter {
 public:
  explicit FieldWriter(const CsvDialect& dialect) : m_dialect(dialect), m_decoder(dialect.encoding) {}

  /// Throws FileFault where the dialect or its encoding has no way to write this text in `column`.
  void require_writable(const std::string& column, const std::string& text) const;

  /// The record with these fields, its line end included. A field stays quoted where it was.
  [[nodiscard]] std::string rewritten(const RawRecord& record, std::vector<FieldText> fields) const;

 private:
  [[nodiscard]] bool has_quote() const { return m_dialect.quote != CsvDialect::Quote::none; }
  [[nodiscard]] char quote() const { return m_dialect.quote == CsvDialect::Quote::single_quote ? '\'' : '"'; }
  [[nodiscard]] bool needs_quotes(const std::string& bytes) const;
  [[nodiscard]] std::string quoted(const std::string& bytes) const;
  [[nodiscard]] std::string written(const std::string& text, bool was_quoted, bool is_alone) const;

  CsvDialect m_dialect;
  TextDecoder m_decoder;
};

}  // namespace oubli::csv
