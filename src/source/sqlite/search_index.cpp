#include "source/sqlite/search_index.hpp"

#include "source/sqlite/identifiers.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <regex>
#include <vector>

namespace oubli::sqlite {
namespace {

/// Where a full-text table keeps its documents.
enum class Content { own, another_table, none };

struct SearchIndex {
  std::string name;
  Content content = Content::own;
};

Content content_of(const std::string& definition) {
  static const std::regex option(R"(\bcontent\s*=\s*(''|""|\S))", std::regex::icase);
  std::smatch found;
  if (!std::regex_search(definition, found, option)) return Content::own;
  return found[1].length() == 2 ? Content::none : Content::another_table;
}

std::vector<SearchIndex> search_indexes(SQLite::Database& database) {
  static const std::regex module(R"(\busing\s+["'`\[]?fts[345]\b)", std::regex::icase);
  SQLite::Statement rows(database, "SELECT name, sql FROM main.sqlite_schema WHERE type = 'table' AND rootpage = 0");
  std::vector<SearchIndex> indexes;
  while (rows.executeStep()) {
    const std::string definition = rows.getColumn(1).getString();
    if (std::regex_search(definition, module))
      indexes.push_back({rows.getColumn(0).getString(), content_of(definition)});
  }
  return indexes;
}

}  // namespace

void optimise_search_indexes(SQLite::Database& database) {
  for (const SearchIndex& index : search_indexes(database)) {
    const char* const command = index.content == Content::another_table ? "rebuild" : "optimize";
    database.exec(
        fmt::format("INSERT INTO {}({}) VALUES('{}')", main_table(index.name), quoted_name(index.name), command));
  }
}

std::optional<std::string> unreachable_search_index(SQLite::Database& database) {
  for (const SearchIndex& index : search_indexes(database)) {
    if (index.content == Content::none)
      return fmt::format("the full-text index {} has no text of its own and keeps the words of removed records",
                         index.name);
  }
  return std::nullopt;
}

}  // namespace oubli::sqlite
