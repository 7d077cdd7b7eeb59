/// The SQLite source on databases that real programs made.
#include "support/places.hpp"
#include "support/sqlite_workbench.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace oubli;
using namespace oubli::test;

namespace {

/// Rules that read every column of a table and judge nothing.
RuledTable all_columns_of(const TableSchema& schema) {
  RuledTable table;
  table.rules.timezone = "UTC";
  table.rules.table = schema.name;
  for (const ColumnSchema& column : schema.columns) table.rules.columns.push_back(column.name);
  table.config.name = schema.name;
  table.root = schema.name;
  return table;
}

std::size_t records_of(DataSource& source, const TableSchema& schema) {
  const RuledTable table = all_columns_of(schema);
  const Matcher matcher(table.rules, k_days);
  TablePass pass;
  pass.table = &table;
  pass.matcher = &matcher;
  Seen seen;
  source.for_each(pass, seen);
  return seen.records.size();
}

}  // namespace

TEST_CASE("sqlite: real databases are read whole and left as they were", "[real][sqlite]") {
  const auto name = GENERATE(as<std::string>{}, "chinook/Chinook_Sqlite.sqlite", "firefox-profile/cookies.sqlite",
                             "firefox-profile/permissions.sqlite", "firefox-profile/places.sqlite");
  CAPTURE(name);
  const std::filesystem::path original = test::shared_folder() / "data" / name;
  if (!std::filesystem::exists(original)) {
    WARN("absent: " + name);
    return;
  }
  const TemporaryFolder folder;
  DatasetConfig config;
  config.name = "copy";
  config.path = folder / "copy.db";
  std::filesystem::copy_file(original, config.path);
  std::map<std::string, std::size_t> counts;
  {
    const auto source = open_sqlite_source(config, Access::read);
    for (const TableSchema& table : source->schema()) {
      if (table.is_plain_table) counts[table.name] = records_of(*source, table);
    }
  }
  CHECK_FALSE(counts.empty());
  CHECK(read_file(config.path) == read_file(original));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  for (const auto& [table, count] : counts)
    CHECK(query(config.path, "SELECT count(*) FROM \"" + table + "\"") == std::to_string(count) + "\n");
}
