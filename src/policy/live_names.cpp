#include "policy/live_names.hpp"

#include "model/ascii.hpp"

#include <algorithm>

namespace oubli {

namespace {

/// `*` stands for any characters. Goes back to the last star only, so a long pattern costs no more
/// than its length times the name's.
bool glob_fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0;
  std::size_t star = std::string_view::npos, from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

bool LiveNames::same(std::string_view a, std::string_view b) const {
  return m_folds ? ascii_lower(a) == ascii_lower(b) : a == b;
}

const LiveTable* LiveNames::table(std::string_view name) const {
  if (m_schema == nullptr) return nullptr;
  const auto& tables = m_schema->tables;
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& t) { return same(t.name, name); });
  return found == tables.end() ? nullptr : &*found;
}

const std::string* LiveNames::column(const LiveTable& table, std::string_view name) const {
  const auto& columns = table.columns;
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return same(c, name); });
  return found == columns.end() ? nullptr : &*found;
}

bool LiveNames::fits(std::string_view pattern, std::string_view column) const {
  if (!m_folds) return glob_fits(pattern, column);
  return glob_fits(ascii_lower(pattern), ascii_lower(column));
}

std::vector<std::string> LiveNames::table_names() const {
  std::vector<std::string> names;
  if (m_schema == nullptr) return names;
  for (const auto& table : m_schema->tables) names.push_back(table.name);
  return names;
}

}  // namespace oubli
