#include "source/csv/foreign_rows.hpp"

#include "source/csv/archive_files.hpp"
#include "source/csv/fault.hpp"

namespace oubli::csv {

namespace {

void use_file(const Folder& folder, const TableFile& file, const CsvDialect& dialect, const ColumnChoice& choice,
              const events::ForeignRows::Use& use) {
  FileScan scan(folder, file, dialect, choice);
  for (ScannedRecord record; scan.next(record);) use(record.fields);
}

}  // namespace

void CsvRows::for_each_row(const std::string& table, const std::vector<std::string>& columns, Side side,
                           const Use& use) {
  with_context(m_dataset.name(), table, [&] {
    const CsvTable& its = m_dataset.table(table);
    ColumnChoice choice;
    choice.append(columns);
    if (side == Side::live) {
      for (const auto* files : {&its.files, &its.spared}) {
        for (const auto& file : *files) use_file(its.folder, file, its.dialect(), choice, use);
      }
      return;
    }
    const ArchiveFolder archive(m_target, m_dataset.name(), table);
    for (const auto& pair : archive.copies()) {
      use_file(*archive.folder(), present_file(*archive.folder(), pair.records), its.dialect(), choice, use);
    }
  });
}

bool CsvRows::shows_all(const std::string& table) const { return m_dataset.table(table).spared.empty(); }

std::vector<events::KeyComparison> CsvRows::comparisons(const Relation& relation) const {
  return std::vector<events::KeyComparison>(relation.child_columns.size());
}

}  // namespace oubli::csv
