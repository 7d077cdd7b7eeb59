#include "source/sqlite/open_archive.hpp"

#include "source/sqlite/identifiers.hpp"

#include <algorithm>

namespace oubli::sqlite {

OpenArchive::OpenArchive(const RuledDataset& dataset, const ArchiveTarget& target, Access archive_access)
    : rules(dataset), access(archive_access), file(target, dataset.config.name) {
  file.open_existing();
  if (!file.is_open()) return;
  if (access == Access::enforce) file.bring_up_to_date();
  tables = file.tables();
}

const ArchivedTable* OpenArchive::find(std::string_view table) const {
  const auto found =
      std::ranges::find_if(tables, [&](const ArchivedTable& each) { return same_name(each.name, table); });
  return found == tables.end() ? nullptr : &*found;
}

bool OpenArchive::has_columns(std::string_view table, const std::vector<std::string>& columns) const {
  const ArchivedTable* const archived = find(table);
  return archived != nullptr &&
         std::ranges::all_of(columns, [&](const std::string& column) { return archived->has_column(column); });
}

}  // namespace oubli::sqlite
