/// The archive of a CSV dataset as its own passes and steps share it.
#pragma once

#include "source/csv/archive_files.hpp"
#include "source/csv/csv_dataset.hpp"

#include <map>
#include <memory>
#include <string>

namespace oubli::csv {

class ArchivedRoots;

class ArchivedDataset {
 public:
  /// Both arguments are copied. For enforcing, what an interrupted run had begun is finished.
  ArchivedDataset(RuledDataset rules, ArchiveTarget target, Access access);

  [[nodiscard]] const std::string& name() const { return m_rules.config.name; }
  [[nodiscard]] const RuledDataset& rules() const { return m_rules; }
  void set_rules(const RuledDataset& rules) { m_rules = rules; }
  [[nodiscard]] const ArchiveFolder& folder(const std::string& table) const { return *m_folders.at(table); }
  [[nodiscard]] bool is_mapped(const std::string& table) const { return m_folders.contains(table); }
  [[nodiscard]] const CsvDialect& dialect(const std::string& table) const;
  [[nodiscard]] TableLayout layout(const std::string& table) const { return table_layout(m_rules, table); }
  /// Folders of tables that the config no longer has, with records in them.
  [[nodiscard]] std::vector<std::string> unmapped_tables() const;

  /// Read once for all passes between two changes. REQUIRES: `child` follows a table.
  [[nodiscard]] std::shared_ptr<const ArchivedRoots> roots_of(const std::string& child);
  /// To be called after every change.
  void forget_roots() { m_roots.clear(); }

 private:
  RuledDataset m_rules;
  ArchiveTarget m_target;
  std::map<std::string, std::unique_ptr<ArchiveFolder>> m_folders;      ///< by table
  std::map<std::string, std::shared_ptr<const ArchivedRoots>> m_roots;  ///< by child table
};

}  // namespace oubli::csv
