#include "report/table.hpp"

#include "report/text.hpp"

#include <algorithm>
#include <numeric>

namespace oubli::report {

namespace {

constexpr int k_gap = 2;
constexpr int k_least_width = 8;

int total_of(const std::vector<int>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0) + k_gap * (static_cast<int>(widths.size()) - 1);
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

void Table::add(std::vector<std::string> row) { m_rows.push_back(std::move(row)); }

std::vector<int> Table::widths(int available) const {
  std::vector<int> result;
  for (std::size_t i = 0; i < m_columns.size(); ++i) {
    int widest = width(m_columns[i].heading);
    for (const auto& row : m_rows) widest = std::max(widest, width(row[i]));
    result.push_back(widest);
  }
  while (total_of(result) > available) {
    int* widest = nullptr;
    for (std::size_t i = 0; i < result.size(); ++i) {
      const bool gives_way = m_columns[i].align == Align::left && result[i] > k_least_width;
      if (gives_way && (widest == nullptr || result[i] > *widest)) widest = &result[i];
    }
    if (widest == nullptr) break;
    --*widest;
  }
  return result;
}

void Table::write_row(std::ostream& out, const std::vector<std::string>& row, const std::vector<int>& widths) const {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string text = elided(row[i], widths[i]);
    if (i > 0) line += std::string(k_gap, ' ');
    line += m_columns[i].align == Align::right ? padded_left(text, widths[i]) : padded_right(text, widths[i]);
  }
  out << without_trailing_spaces(line) << '\n';
}

void Table::write(std::ostream& out, int columns, int indent) const {
  const std::vector<int> column_widths = widths(columns - indent);
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::vector<std::string> headings;
  for (const Column& column : m_columns) headings.push_back(column.heading);
  out << margin;
  write_row(out, headings, column_widths);
  for (const auto& row : m_rows) {
    out << margin;
    write_row(out, row, column_widths);
  }
}

}  // namespace oubli::report
