#include "source/csv/archived_dataset.hpp"

#include "source/csv/archived_roots.hpp"
#include "source/csv/fault.hpp"

#include <algorithm>
#include <utility>

namespace oubli::csv {

ArchivedDataset::ArchivedDataset(RuledDataset rules, ArchiveTarget target, Access access)
    : m_rules(std::move(rules)), m_target(std::move(target)) {
  for (const auto& table : m_rules.config.tables) {
    with_context(name(), table.name, [&] {
      auto& folder = m_folders[table.name] = std::make_unique<ArchiveFolder>(m_target, name(), table.name);
      if (access == Access::enforce && folder->folder() != nullptr) folder->tidy_up();
    });
  }
}

const CsvDialect& ArchivedDataset::dialect(const std::string& table) const {
  const auto& tables = m_rules.config.tables;
  return std::find_if(tables.begin(), tables.end(), [&](const TableConfig& each) { return each.name == table; })
      ->files->dialect;
}

std::vector<std::string> ArchivedDataset::unmapped_tables() const {
  std::vector<std::string> tables;
  if (m_target.folder.empty() || !std::filesystem::exists(m_target.folder)) return tables;
  const std::string prefix = name() + '.';
  for (const auto& entry : std::filesystem::directory_iterator(m_target.folder)) {
    const std::string folder = entry.path().filename().string();
    if (!entry.is_directory() || !folder.starts_with(prefix) || is_mapped(folder.substr(prefix.size()))) continue;
    const std::string table = folder.substr(prefix.size());
    if (!ArchiveFolder(m_target, name(), table).settled().empty()) tables.push_back(table);
  }
  std::sort(tables.begin(), tables.end());
  return tables;
}

std::shared_ptr<const ArchivedRoots> ArchivedDataset::roots_of(const std::string& child) {
  auto& known = m_roots[child];
  if (!known) known = std::make_shared<const ArchivedRoots>(*this, child);
  return known;
}

}  // namespace oubli::csv
