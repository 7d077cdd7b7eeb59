/// A small table: columns aligned by what is seen, numbers to the right, cut to a width.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

namespace oubli::report {

class Table {
 public:
  enum class Align : std::uint8_t { left, right };
  struct Column {
    std::string heading;
    Align align = Align::left;
  };

  explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}

  /// One text per column, as it is to be read: the table escapes it.
  void add(std::vector<std::string> row);

  /// Writes heading and rows, indented. Where they are wider than `columns`, the widest left-aligned
  /// column gives way, down to a few characters; numbers are never cut.
  void write(std::ostream& out, int columns, int indent) const;

 private:
  [[nodiscard]] std::vector<int> widths(int available) const;
  void write_row(std::ostream& out, const std::vector<std::string>& row, const std::vector<int>& widths) const;

  std::vector<Column> m_columns;
  std::vector<std::vector<std::string>> m_rows;
};

}  // namespace oubli::report
