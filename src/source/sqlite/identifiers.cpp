#include "source/sqlite/identifiers.hpp"

#include <sqlite3.h>

namespace oubli::sqlite {

std::string quoted_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

std::string column_of(std::string_view alias, std::string_view name) {
  return std::string(alias) + '.' + quoted_name(name);
}

std::string main_table(std::string_view name) { return column_of("main", name); }

bool same_name(std::string_view left, std::string_view right) {
  return left.size() == right.size() && sqlite3_strnicmp(left.data(), right.data(), static_cast<int>(left.size())) == 0;
}

}  // namespace oubli::sqlite
